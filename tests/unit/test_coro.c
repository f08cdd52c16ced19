/* test_coro.c - coroutines: functions that wait in the middle. */
#include <signal.h>
#include <stdbool.h>

#include "coro.h"
#include "unit.h"

/* Does a step, waits until it may go on, and so on, in a loop. */
struct walker {
	struct coro coro;
	int steps;   /* done */
	int asked;   /* how often the conditions have been tested */
	int allowed; /* steps that may be done */
	int round;   /* must survive the await */
};

static bool
may_step(struct walker *walker)
{
	walker->asked++;
	return walker->steps < walker->allowed;
}

static enum coro_status
walk(struct walker *walker)
{
	CORO_BEGIN(&walker->coro);
	for (walker->round = 0; walker->round < 3; walker->round++) {
		CORO_AWAIT(&walker->coro, may_step(walker));
		walker->steps++;
		if (walker->round == 1)
			CORO_AWAIT(&walker->coro, may_step(walker));
		walker->steps++;
	}
	CORO_END(&walker->coro);
}

START_TEST(runs_to_its_end_if_it_need_not_wait)
{
	struct walker walker = { .allowed = 100 };

	ck_assert_int_eq(walk(&walker), CORO_DONE);
	ck_assert_int_eq(walker.steps, 6);
	ck_assert_int_eq(walker.asked, 4);
}
END_TEST

START_TEST(waits_where_its_condition_is_false)
{
	struct walker walker = { .allowed = 0 };

	ck_assert_int_eq(walk(&walker), CORO_WAITING);
	ck_assert_int_eq(walker.steps, 0);
	ck_assert_int_eq(walker.asked, 1);
	walker.allowed = 1;
	ck_assert_int_eq(walk(&walker), CORO_WAITING);
	ck_assert_int_eq(walker.steps, 2);
	walker.allowed = 3;
	ck_assert_int_eq(walk(&walker), CORO_WAITING);
	ck_assert_int_eq(walker.steps, 3); /* at the await in the second round */
	ck_assert_int_eq(walker.round, 1);
	walker.allowed = 100;
	ck_assert_int_eq(walk(&walker), CORO_DONE);
	ck_assert_int_eq(walker.steps, 6);
}
END_TEST

START_TEST(tests_its_condition_once_each_time_it_is_called)
{
	struct walker walker = { .allowed = 0 };

	for (int times = 1; times <= 10; times++) {
		ck_assert_int_eq(walk(&walker), CORO_WAITING);
		ck_assert_int_eq(walker.asked, times);
		ck_assert_int_eq(walker.steps, 0);
	}
}
END_TEST

START_TEST(two_of_them_do_not_disturb_each_other)
{
	struct walker first = { .allowed = 0 }, second = { .allowed = 3 };

	ck_assert_int_eq(walk(&first), CORO_WAITING);
	ck_assert_int_eq(walk(&second), CORO_WAITING);
	first.allowed = second.allowed = 100;
	ck_assert_int_eq(walk(&second), CORO_DONE);
	ck_assert_int_eq(first.steps, 0);
	ck_assert_int_eq(walk(&first), CORO_DONE);
	ck_assert_int_eq(first.steps, second.steps);
}
END_TEST

START_TEST(begins_anew_when_all_is_zero)
{
	struct walker walker = { .allowed = 100 };

	ck_assert_int_eq(walk(&walker), CORO_DONE);
	walker = (struct walker){ .allowed = 100 };
	ck_assert_int_eq(walk(&walker), CORO_DONE);
}
END_TEST

START_TEST(aborts_if_it_is_called_after_its_end)
{
	struct walker walker = { .allowed = 100 };

	walk(&walker);
	walk(&walker);
}
END_TEST

START_TEST(aborts_at_a_place_that_is_no_await)
{
	struct walker walker = { .coro = { 1 } };

	walk(&walker);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, runs_to_its_end_if_it_need_not_wait);
	tcase_add_test(tests, waits_where_its_condition_is_false);
	tcase_add_test(tests, tests_its_condition_once_each_time_it_is_called);
	tcase_add_test(tests, two_of_them_do_not_disturb_each_other);
	tcase_add_test(tests, begins_anew_when_all_is_zero);
	tcase_add_test_raise_signal(tests, aborts_if_it_is_called_after_its_end, SIGABRT);
	tcase_add_test_raise_signal(tests, aborts_at_a_place_that_is_no_await, SIGABRT);
}

UNIT_MAIN("coro", add_tests)
