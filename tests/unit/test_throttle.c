/* test_throttle.c - as many in each round as there is time for, in the order in which they came. */
#include <string.h>

#include "throttle.h"
#include "unit.h"
#include "wire.h"

#define MAX_VISITORS 5

/* Passes `left` times, and each time is written down. */
struct visitor {
	struct throttle_ticket ticket;
	char name;
	int left;
};

static struct throttle *throttle;
static struct visitor visitors[MAX_VISITORS];
static char passed[100];

static void
try(void *arg)
{
	struct visitor *visitor = arg;

	while (visitor->left > 0 && throttle_pass(throttle, &visitor->ticket)) {
		visitor->left--;
		strncat(passed, &visitor->name, 1);
	}
}

static void
make(void)
{
	wire_make_loop();
	throttle = throttle_new(wire_base, 0);
	ck_assert_ptr_nonnull(throttle);
	passed[0] = '\0';
	for (int i = 0; i < MAX_VISITORS; i++)
		visitors[i] = (struct visitor){
			.ticket = { .turn = try, .arg = &visitors[i] },
			.name = (char)('a' + i),
		};
}

static void
release(void)
{
	throttle_free(throttle);
	wire_free_loop();
}

static void
come(int visitor, int times)
{
	visitors[visitor].left = times;
	try(&visitors[visitor]);
}

START_TEST(one_passes_at_once)
{
	come(0, 1);
	ck_assert_str_eq(passed, "a");
}
END_TEST

START_TEST(one_passes_in_a_round_that_is_spent)
{
	come(0, 1);
	come(1, 1);
	come(2, 1);
	ck_assert_str_eq(passed, "a");
	wire_run_once();
	ck_assert_str_eq(passed, "ab");
	wire_run_once();
	ck_assert_str_eq(passed, "abc");
}
END_TEST

START_TEST(those_who_come_again_come_after_the_others)
{
	come(0, 3);
	come(1, 2);
	come(2, 2);
	wire_run_on();
	ck_assert_str_eq(passed, "aabcabc");
}
END_TEST

START_TEST(those_who_leave_hold_up_nobody)
{
	come(0, 1);
	come(1, 1);
	come(2, 1);
	come(3, 1);
	throttle_leave(throttle, &visitors[1].ticket);
	throttle_leave(throttle, &visitors[2].ticket);
	throttle_leave(throttle, &visitors[4].ticket); /* who has not come */
	wire_run_on();
	ck_assert_str_eq(passed, "ad");
}
END_TEST

START_TEST(all_pass_in_a_round_that_has_the_time)
{
	throttle_free(throttle);
	throttle = throttle_new(wire_base, UINT64_MAX);
	come(0, 1);
	come(1, 3);
	come(2, 1);
	ck_assert_str_eq(passed, "abbbc");
}
END_TEST

START_TEST(those_who_wait_pass_before_those_who_come)
{
	come(0, 1);
	come(1, 1);
	wire_run_once();
	come(2, 1);
	come(3, 1);
	wire_run_on();
	ck_assert_str_eq(passed, "abcd");
}
END_TEST

START_TEST(nobody_is_called_without_waiting)
{
	come(0, 1);
	wire_run_on();
	come(1, 1);
	ck_assert_str_eq(passed, "ab");
	wire_run_on();
	throttle_free(NULL);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, make, release);
	tcase_add_test(tests, one_passes_at_once);
	tcase_add_test(tests, one_passes_in_a_round_that_is_spent);
	tcase_add_test(tests, those_who_come_again_come_after_the_others);
	tcase_add_test(tests, those_who_leave_hold_up_nobody);
	tcase_add_test(tests, all_pass_in_a_round_that_has_the_time);
	tcase_add_test(tests, those_who_wait_pass_before_those_who_come);
	tcase_add_test(tests, nobody_is_called_without_waiting);
}

UNIT_MAIN("throttle", add_tests)
