/* test_task.c - the life of tasks: spawned, resumed, cancelled, cleaned up once. */
#include <stdbool.h>

#include "task.h"
#include "unit.h"

/* Waits until it has been resumed `left` times. */
struct countdown {
	struct task task; /* first */
	struct coro coro;
	int left;
};

static struct task_group group;
static int runs, cleanups, emptied;
static unsigned count_when_emptied, cleanups_when_emptied;

static enum coro_status
run(struct task *task)
{
	struct countdown *countdown = (struct countdown *)task;

	runs++;
	CORO_BEGIN(&countdown->coro);
	CORO_AWAIT(&countdown->coro, countdown->left-- <= 0);
	CORO_END(&countdown->coro);
}

static void
cleanup(struct task *task)
{
	cleanups++;
	free(task);
}

static const struct task_kind kind = { run, cleanup };

static void
on_emptied(void *arg)
{
	emptied++;
	ck_assert_ptr_eq(arg, &group);
	count_when_emptied = group.count;
	cleanups_when_emptied = (unsigned)cleanups;
}

static void
make_group(void)
{
	runs = cleanups = emptied = 0;
	task_group_init(&group, on_emptied, &group);
}

static struct task *
spawn(int left)
{
	struct countdown *countdown = calloc(1, sizeof(*countdown));

	UNIT_HOLDS(countdown != NULL);
	countdown->left = left;
	task_spawn(&countdown->task, &kind, &group);
	return &countdown->task;
}

START_TEST(spawning_runs_to_the_first_await)
{
	struct task *task = spawn(5);

	ck_assert_int_eq(runs, 1);
	ck_assert_int_eq(cleanups, 0);
	ck_assert_uint_eq(group.count, 1);
	task_cancel(task);
}
END_TEST

START_TEST(a_task_that_need_not_wait_is_cleaned_up_when_spawned)
{
	spawn(0);
	ck_assert_int_eq(runs, 1);
	ck_assert_int_eq(cleanups, 1);
	ck_assert_uint_eq(group.count, 0);
	ck_assert_int_eq(emptied, 1);
}
END_TEST

START_TEST(resuming_goes_on_to_the_next_await_and_the_end)
{
	struct task *task = spawn(2);

	task_resume(task);
	ck_assert_int_eq(runs, 2);
	ck_assert_int_eq(cleanups, 0);
	task_resume(task);
	ck_assert_int_eq(runs, 3);
	ck_assert_int_eq(cleanups, 1);
	ck_assert_uint_eq(group.count, 0);
}
END_TEST

START_TEST(cancelling_cleans_up_once_and_does_not_run)
{
	struct task *task = spawn(2);

	task_cancel(task);
	ck_assert_int_eq(runs, 1);
	ck_assert_int_eq(cleanups, 1);
	ck_assert_uint_eq(group.count, 0);
	ck_assert_int_eq(emptied, 1);
}
END_TEST

START_TEST(cancelling_one_leaves_the_others)
{
	struct task *first = spawn(1), *second = spawn(1), *third = spawn(1);

	task_cancel(second);
	ck_assert_uint_eq(group.count, 2);
	ck_assert_int_eq(emptied, 0);
	task_resume(third);
	ck_assert_uint_eq(group.count, 1);
	ck_assert_int_eq(emptied, 0);
	task_resume(first);
	ck_assert_int_eq(cleanups, 3);
	ck_assert_int_eq(emptied, 1);
}
END_TEST

START_TEST(a_group_is_emptied_after_its_last_cleanup)
{
	struct task *task = spawn(1);

	task_resume(task);
	ck_assert_int_eq(emptied, 1);
	ck_assert_uint_eq(count_when_emptied, 0);
	ck_assert_uint_eq(cleanups_when_emptied, 1);
	/* and again, if it is filled again */
	task_cancel(spawn(1));
	ck_assert_int_eq(emptied, 2);
}
END_TEST

START_TEST(a_group_needs_no_one_to_tell_that_it_is_empty)
{
	task_group_init(&group, NULL, NULL);
	spawn(0);
	task_cancel(spawn(1));
	ck_assert_int_eq(cleanups, 2);
	ck_assert_int_eq(emptied, 0);
}
END_TEST

START_TEST(cancelling_a_group_cleans_up_each_task_once)
{
	for (int i = 0; i < 10; i++)
		spawn(1);
	ck_assert_uint_eq(group.count, 10);
	task_group_cancel(&group);
	ck_assert_int_eq(cleanups, 10);
	ck_assert_int_eq(runs, 10);
	ck_assert_uint_eq(group.count, 0);
	ck_assert_int_eq(emptied, 1);
}
END_TEST

START_TEST(cancelling_a_group_of_none_does_nothing)
{
	task_group_cancel(&group);
	ck_assert_int_eq(cleanups, 0);
	ck_assert_int_eq(emptied, 0);
}
END_TEST

START_TEST(a_visit_may_end_the_task_it_is_given)
{
	for (int i = 0; i < 10; i++)
		spawn(1 + i % 2);
	task_group_each(&group, task_resume); /* ends every other */
	ck_assert_int_eq(runs, 20);
	ck_assert_int_eq(cleanups, 5);
	ck_assert_uint_eq(group.count, 5);
	task_group_each(&group, task_resume);
	ck_assert_int_eq(runs, 25);
	ck_assert_int_eq(cleanups, 10);
	ck_assert_int_eq(emptied, 1);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, make_group, NULL);
	tcase_add_test(tests, spawning_runs_to_the_first_await);
	tcase_add_test(tests, a_task_that_need_not_wait_is_cleaned_up_when_spawned);
	tcase_add_test(tests, resuming_goes_on_to_the_next_await_and_the_end);
	tcase_add_test(tests, cancelling_cleans_up_once_and_does_not_run);
	tcase_add_test(tests, cancelling_one_leaves_the_others);
	tcase_add_test(tests, a_group_is_emptied_after_its_last_cleanup);
	tcase_add_test(tests, a_group_needs_no_one_to_tell_that_it_is_empty);
	tcase_add_test(tests, cancelling_a_group_cleans_up_each_task_once);
	tcase_add_test(tests, cancelling_a_group_of_none_does_nothing);
	tcase_add_test(tests, a_visit_may_end_the_task_it_is_given);
}

UNIT_MAIN("task", add_tests)
