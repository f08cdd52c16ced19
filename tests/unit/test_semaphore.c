/* test_semaphore.c - calls that come soon, and permits for coroutines. */
#include <string.h>

#include "coro.h"
#include "coro_semaphore.h"
#include "unit.h"

static struct call_queue calls;
static char said[64];

/* ---- call_soon ------------------------------------------------------------------------------- */

static void
say(void *arg)
{
	strcat(said, arg);
}

static struct call a, b, c;
static char name_a[] = "a", name_b[] = "b", name_c[] = "c";

static void
say_and_wake_c(void *arg)
{
	strcat(said, arg);
	call_soon(&c);
	call_soon(&c);
}

static void
make_calls(void)
{
	said[0] = '\0';
	call_queue_init(&calls);
	call_init(&a, &calls, say, name_a);
	call_init(&b, &calls, say_and_wake_c, name_b);
	call_init(&c, &calls, say, name_c);
}

START_TEST(calls_come_in_order_and_not_before_the_queue_runs)
{
	call_soon(&c);
	call_soon(&a);
	ck_assert_str_eq(said, "");
	call_queue_run(&calls);
	ck_assert_str_eq(said, "ca");
	call_queue_run(&calls);
	ck_assert_str_eq(said, "ca");
}
END_TEST

START_TEST(a_call_comes_once_however_often_it_is_asked_for)
{
	for (int i = 0; i < 5; i++)
		call_soon(&a);
	call_queue_run(&calls);
	call_soon(&a);
	call_queue_run(&calls);
	ck_assert_str_eq(said, "aa");
}
END_TEST

START_TEST(what_a_call_asks_for_comes_in_the_same_run)
{
	call_soon(&b);
	call_soon(&a);
	call_queue_run(&calls);
	ck_assert_str_eq(said, "bac");
}
END_TEST

START_TEST(a_cancelled_call_does_not_come)
{
	call_soon(&a);
	call_soon(&c);
	call_cancel(&a);
	call_cancel(&b);
	call_queue_run(&calls);
	ck_assert_str_eq(said, "c");
}
END_TEST

/* ---- semaphore ------------------------------------------------------------------------------- */

/* Acquires a permit, keeps it until told, and releases it. */
struct holder {
	struct coro coro;
	struct call wake;
	struct semaphore_waiter waiter;
	bool has, may_go, done;
};

static struct semaphore semaphore;
static struct holder holders[4];

static enum coro_status
run(struct holder *self)
{
	CORO_BEGIN(&self->coro);
	CORO_AWAIT(&self->coro, semaphore_acquire(&semaphore, &self->waiter));
	self->has = true;
	CORO_AWAIT(&self->coro, self->may_go);
	self->has = false;
	semaphore_release(&semaphore);
	self->done = true;
	CORO_END(&self->coro);
}

static void
hold(void *arg)
{
	struct holder *holder = arg;

	if (!holder->done)
		run(holder);
}

static void
let_go(struct holder *holder)
{
	holder->may_go = true;
	call_soon(&holder->wake);
	call_queue_run(&calls);
}

static void
make_holders(unsigned permits)
{
	semaphore_init(&semaphore, permits);
	for (size_t i = 0; i < UNIT_COUNT(holders); i++) {
		holders[i] = (struct holder){ 0 };
		call_init(&holders[i].wake, &calls, hold, &holders[i]);
		semaphore_waiter_init(&holders[i].waiter, &holders[i].wake);
		hold(&holders[i]);
	}
}

static unsigned
held(void)
{
	unsigned count = 0;

	for (size_t i = 0; i < UNIT_COUNT(holders); i++)
		count += holders[i].has;
	return count;
}

START_TEST(no_more_than_its_permits_are_held)
{
	for (unsigned permits = 1; permits <= UNIT_COUNT(holders); permits++) {
		make_holders(permits);
		ck_assert_uint_eq(held(), permits);
		for (size_t i = 0; i < UNIT_COUNT(holders); i++) {
			let_go(&holders[i]);
			ck_assert_uint_le(held(), permits);
		}
		ck_assert_uint_eq(held(), 0);
		ck_assert_uint_eq(semaphore.permits, permits);
	}
}
END_TEST

START_TEST(those_that_wait_get_permits_in_their_order)
{
	make_holders(1);
	for (size_t i = 0; i < UNIT_COUNT(holders); i++) {
		ck_assert(holders[i].has);
		let_go(&holders[i]);
	}
}
END_TEST

START_TEST(nobody_overtakes_who_has_been_granted_a_permit)
{
	struct semaphore_waiter late;

	make_holders(1);
	semaphore_waiter_init(&late, &a);
	holders[0].may_go = true;
	run(&holders[0]); /* the permit is meant for holders[1], which has not run */
	ck_assert(!semaphore_acquire(&semaphore, &late));
	call_queue_run(&calls);
	ck_assert(holders[1].has);
	semaphore_forget(&semaphore, &late);
}
END_TEST

START_TEST(a_cancelled_waiter_is_passed_over)
{
	make_holders(1);
	semaphore_forget(&semaphore, &holders[1].waiter);
	let_go(&holders[0]);
	ck_assert(!holders[1].has);
	ck_assert(holders[2].has);
}
END_TEST

START_TEST(a_permit_granted_to_who_is_cancelled_goes_to_the_next)
{
	make_holders(1);
	holders[0].may_go = true;
	run(&holders[0]);
	call_cancel(&holders[1].wake);
	semaphore_forget(&semaphore, &holders[1].waiter);
	call_queue_run(&calls);
	ck_assert(!holders[1].has);
	ck_assert(holders[2].has);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, make_calls, NULL);
	tcase_add_test(tests, calls_come_in_order_and_not_before_the_queue_runs);
	tcase_add_test(tests, a_call_comes_once_however_often_it_is_asked_for);
	tcase_add_test(tests, what_a_call_asks_for_comes_in_the_same_run);
	tcase_add_test(tests, a_cancelled_call_does_not_come);
	tcase_add_test(tests, no_more_than_its_permits_are_held);
	tcase_add_test(tests, those_that_wait_get_permits_in_their_order);
	tcase_add_test(tests, nobody_overtakes_who_has_been_granted_a_permit);
	tcase_add_test(tests, a_cancelled_waiter_is_passed_over);
	tcase_add_test(tests, a_permit_granted_to_who_is_cancelled_goes_to_the_next);
}

UNIT_MAIN("semaphore", add_tests)
