/* unit.h - what all programs of unit tests share: their main(), and how long a test may
 * take. */
#ifndef UNIT_H
#define UNIT_H

#include <check.h>
#include <stdlib.h>

/* Seconds. A test needs a small part of them, also under valgrind. */
#define UNIT_DEADLINE 300

/* ck_assert() for loops of thousands: Check writes down where each of its own is. */
#define UNIT_HOLDS(condition) \
	do { \
		if (!(condition)) \
			ck_abort_msg("Assertion '%s' failed", #condition); \
	} while (0)

#define UNIT_COUNT(array) (sizeof(array) / sizeof((array)[0]))

static inline int
unit_run(const char *module, void (*add_tests)(TCase *tests))
{
	Suite *suite = suite_create(module);
	TCase *tests = tcase_create(module);
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_set_timeout(tests, UNIT_DEADLINE);
	add_tests(tests);
	suite_add_tcase(suite, tests);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* The program: the tests that `add_tests` adds. */
#define UNIT_MAIN(module, add_tests) \
	int main(void) \
	{ \
		return unit_run(module, add_tests); \
	}

#endif
