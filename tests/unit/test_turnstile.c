/* test_turnstile.c - one in each round, in the order in which they came. */
#include <string.h>

#include "turnstile.h"
#include "unit.h"
#include "wire.h"

#define MAX_VISITORS 5

/* Passes `left` times, and each time is written down. */
struct visitor {
	struct turnstile_ticket ticket;
	char name;
	int left;
};

static struct turnstile *turnstile;
static struct visitor visitors[MAX_VISITORS];
static char passed[100];

static void
try(void *arg)
{
	struct visitor *visitor = arg;

	while (visitor->left > 0 && turnstile_pass(turnstile, &visitor->ticket)) {
		visitor->left--;
		strncat(passed, &visitor->name, 1);
	}
}

static void
make(void)
{
	wire_make_loop();
	turnstile = turnstile_new(wire_base);
	ck_assert_ptr_nonnull(turnstile);
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
	turnstile_free(turnstile);
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

START_TEST(one_passes_in_a_round)
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
	turnstile_leave(turnstile, &visitors[1].ticket);
	turnstile_leave(turnstile, &visitors[2].ticket);
	turnstile_leave(turnstile, &visitors[4].ticket); /* who has not come */
	wire_run_on();
	ck_assert_str_eq(passed, "ad");
}
END_TEST

START_TEST(nobody_is_called_without_waiting)
{
	come(0, 1);
	wire_run_on();
	come(1, 1);
	ck_assert_str_eq(passed, "ab");
	wire_run_on();
	turnstile_free(NULL);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, make, release);
	tcase_add_test(tests, one_passes_at_once);
	tcase_add_test(tests, one_passes_in_a_round);
	tcase_add_test(tests, those_who_come_again_come_after_the_others);
	tcase_add_test(tests, those_who_leave_hold_up_nobody);
	tcase_add_test(tests, nobody_is_called_without_waiting);
}

UNIT_MAIN("turnstile", add_tests)
