/* test_deadline.c - who has waited too long, and that the others are not looked at. */
#include <string.h>

#include "deadline.h"
#include "unit.h"

#define MANY 1000

static struct deadlines deadlines;
static struct waiter waiters[MANY];

static void
make(void)
{
	static const struct wait_limits limits = { .idle = 3, .line = 1, .answer = 0 };

	deadlines_init(&deadlines, &limits);
	memset(waiters, 0, sizeof(waiters));
}

/* How many expire when a second passes; they are let go. */
static unsigned
pass_a_second(void)
{
	unsigned count = 0;

	deadlines_tick(&deadlines);
	while (deadlines_expired(&deadlines) != NULL)
		count++;
	return count;
}

static void
must_expire_after(unsigned seconds, unsigned count)
{
	for (unsigned i = 1; i < seconds; i++)
		ck_assert_uint_eq(pass_a_second(), 0);
	ck_assert_uint_eq(pass_a_second(), count);
}

START_TEST(the_second_that_has_begun_does_not_count)
{
	deadline_begin(&deadlines, &waiters[0], WAIT_REQUEST);
	must_expire_after(4, 1);
	ck_assert_uint_eq(waiters[0].wait, WAIT_REQUEST);
	ck_assert_uint_eq(pass_a_second(), 0);
}
END_TEST

START_TEST(each_kind_has_its_limit)
{
	deadline_begin(&deadlines, &waiters[0], WAIT_REQUEST);
	deadline_begin(&deadlines, &waiters[1], WAIT_REQUEST_END);
	deadline_begin(&deadlines, &waiters[2], WAIT_PROXY_HEADER);
	must_expire_after(2, 2);
	must_expire_after(2, 1);
}
END_TEST

START_TEST(none_is_for_ever)
{
	deadline_begin(&deadlines, &waiters[0], WAIT_READER);
	deadline_begin(&deadlines, &waiters[1], WAIT_NONE);
	must_expire_after(1000, 0);
	deadline_end(&deadlines, &waiters[0]);
}
END_TEST

START_TEST(a_wait_that_begins_anew_has_all_its_time)
{
	deadline_begin(&deadlines, &waiters[0], WAIT_REQUEST);
	deadline_begin(&deadlines, &waiters[0], WAIT_REQUEST);
	ck_assert_uint_eq(pass_a_second(), 0);
	ck_assert_uint_eq(pass_a_second(), 0);
	deadline_begin(&deadlines, &waiters[0], WAIT_REQUEST);
	must_expire_after(4, 1);
}
END_TEST

START_TEST(who_waits_for_something_else_does_not_expire_for_the_first)
{
	deadline_begin(&deadlines, &waiters[0], WAIT_REQUEST_END);
	deadline_begin(&deadlines, &waiters[0], WAIT_REQUEST);
	deadline_begin(&deadlines, &waiters[1], WAIT_REQUEST_END);
	deadline_end(&deadlines, &waiters[1]);
	must_expire_after(4, 1);
}
END_TEST

START_TEST(those_who_began_first_expire_first)
{
	for (int i = 0; i < MANY; i++) {
		deadline_begin(&deadlines, &waiters[i], WAIT_REQUEST);
		if (i == MANY / 2)
			ck_assert_uint_eq(pass_a_second(), 0);
	}
	ck_assert_uint_eq(pass_a_second(), 0);
	ck_assert_uint_eq(pass_a_second(), 0);
	ck_assert_uint_eq(pass_a_second(), MANY / 2 + 1);
	ck_assert_uint_eq(pass_a_second(), MANY - MANY / 2 - 1);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, make, NULL);
	tcase_add_test(tests, the_second_that_has_begun_does_not_count);
	tcase_add_test(tests, each_kind_has_its_limit);
	tcase_add_test(tests, none_is_for_ever);
	tcase_add_test(tests, a_wait_that_begins_anew_has_all_its_time);
	tcase_add_test(tests, who_waits_for_something_else_does_not_expire_for_the_first);
	tcase_add_test(tests, those_who_began_first_expire_first);
}

UNIT_MAIN("deadline", add_tests)
