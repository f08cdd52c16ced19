/* unit.h - what all programs of unit tests share: their main(), and how long a test may
 * take. */
#ifndef UNIT_H
#define UNIT_H

#include <check.h>
#include <stdint.h>
#include <stdlib.h>

/* Seconds until a test, and a wait in one, is taken to hang: long, for a busy machine. Check
 * multiplies the first by CK_TIMEOUT_MULTIPLIER, and so do we the second: the build sets it for
 * sanitizers and valgrind. */
#define UNIT_DEADLINE 300
#define UNIT_PATIENCE 60

/* ck_assert() for loops of thousands: Check writes down where each of its own is. */
#define UNIT_HOLDS(condition) \
	do { \
		if (!(condition)) \
			ck_abort_msg("Assertion '%s' failed", #condition); \
	} while (0)

#define UNIT_COUNT(array) (sizeof(array) / sizeof((array)[0]))

static inline int
unit_slowness(void)
{
	const char *times = getenv("CK_TIMEOUT_MULTIPLIER");

	return times != NULL && atoi(times) > 0 ? atoi(times) : 1;
}

/* In a test that goes through all there is: how far from one to the next. `make check-long` takes
 * each, `make check` every `step`th. */
static inline uint32_t
unit_step(uint32_t step)
{
	const char *wish = getenv("CHARFINDER_LONG");

	return wish != NULL && *wish != '\0' ? 1 : step;
}

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
