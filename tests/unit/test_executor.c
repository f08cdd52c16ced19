/* test_executor.c - blocking work on a thread, awaited on a loop. */
#include <event2/event.h>
#include <pthread.h>
#include <sys/resource.h>

#include "coro.h"
#include "executor.h"
#include "thread.h"
#include "unit.h"

/* Has work done three times, one after the other. */
struct worker {
	struct coro coro;
	struct executor *executor;
	int round;
	bool done;
	/* the thread's */
	int sum;
	pthread_t thread;
};

static struct event_base *base;

static void
add(void *arg)
{
	struct worker *worker = arg;

	worker->sum += worker->round;
	worker->thread = pthread_self();
}

static enum coro_status
run(struct worker *worker)
{
	CORO_BEGIN(&worker->coro);
	for (worker->round = 1; worker->round <= 3; worker->round++) {
		UNIT_HOLDS(executor_start(worker->executor, add, worker));
		CORO_AWAIT(&worker->coro, executor_done(worker->executor));
		UNIT_HOLDS(!pthread_equal(worker->thread, pthread_self()));
	}
	worker->done = true;
	CORO_END(&worker->coro);
}

static void
resume(void *arg)
{
	struct worker *worker = arg;

	run(worker);
	if (worker->done)
		event_base_loopbreak(base);
}

START_TEST(work_is_done_elsewhere_and_the_coroutine_goes_on_here)
{
	struct worker worker = { 0 };

	worker.executor = executor_new(base, resume, &worker);
	UNIT_HOLDS(worker.executor != NULL);
	ck_assert(executor_done(worker.executor));
	ck_assert_int_eq(run(&worker), CORO_WAITING);
	ck_assert(!executor_done(worker.executor));
	event_base_dispatch(base);
	ck_assert(worker.done);
	ck_assert_int_eq(worker.sum, 6);
	executor_free(worker.executor);
}
END_TEST

START_TEST(freeing_waits_for_work_that_has_been_given)
{
	for (int i = 0; i < 100; i++) {
		struct worker worker = { .round = 5 };

		worker.executor = executor_new(base, resume, &worker);
		UNIT_HOLDS(worker.executor != NULL);
		UNIT_HOLDS(executor_start(worker.executor, add, &worker));
		executor_free(worker.executor);
		UNIT_HOLDS(worker.sum == 5);
	}
}
END_TEST

START_TEST(one_that_never_works_has_nothing_to_wait_for)
{
	executor_free(executor_new(base, resume, NULL));
	executor_free(NULL);
}
END_TEST

static void
make_base(void)
{
	base = event_base_new();
	UNIT_HOLDS(base != NULL);
}

static void
free_base(void)
{
	event_base_free(base);
}

static void *
measure_stack(void *arg)
{
	pthread_attr_t attributes;

	if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
		pthread_attr_getstacksize(&attributes, arg);
		pthread_attr_destroy(&attributes);
	}
	return NULL;
}

/* By the limit on stacks the system would choose. */
START_TEST(a_thread_has_the_same_stack_wherever_it_runs)
{
	struct rlimit before, small;
	pthread_t thread;
	size_t size = 0;

	ck_assert_int_eq(getrlimit(RLIMIT_STACK, &before), 0);
	small = before;
	small.rlim_cur = 128 * 1024;
	ck_assert_int_eq(setrlimit(RLIMIT_STACK, &small), 0);
	ck_assert_int_eq(thread_start(&thread, measure_stack, &size), 0);
	pthread_join(thread, NULL);
	setrlimit(RLIMIT_STACK, &before);
	ck_assert_uint_ge(size, 1024 * 1024);
	ck_assert_uint_lt(size, 2 * 1024 * 1024);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, make_base, free_base);
	tcase_add_test(tests, work_is_done_elsewhere_and_the_coroutine_goes_on_here);
	tcase_add_test(tests, freeing_waits_for_work_that_has_been_given);
	tcase_add_test(tests, a_thread_has_the_same_stack_wherever_it_runs);
	tcase_add_test(tests, one_that_never_works_has_nothing_to_wait_for);
}

UNIT_MAIN("executor", add_tests)
