/* test_as_completed.c - answers in the order of the queries, or as they come. */
#include "as_completed.h"
#include "seeded.h"
#include "unit.h"

enum { QUERIES = 1000 };

static struct as_completed as_completed;
static struct query queries[QUERIES];

static void
begin(bool ordered)
{
	UNIT_HOLDS(as_completed_init(&as_completed, ordered));
	for (unsigned i = 0; i < QUERIES; i++) {
		queries[i] = (struct query){ .sequence = i };
		as_completed_begin(&as_completed, &queries[i]);
	}
}

static void
end(void)
{
	as_completed_release(&as_completed);
}

START_TEST(in_order_whatever_the_order_in_which_they_are_completed)
{
	struct seeded seeded = { 17 };
	unsigned order[QUERIES] = { 0 }, next = 0;
	const struct query *query;

	begin(true);
	for (unsigned i = 0; i < QUERIES; i++) {
		unsigned other = seeded_below(&seeded, i + 1);

		order[i] = order[other];
		order[other] = i;
	}
	for (unsigned i = 0; i < QUERIES; i++) {
		as_completed_put(&as_completed, &queries[order[i]]);
		while ((query = as_completed_next(&as_completed)) != NULL)
			UNIT_HOLDS(query == &queries[next++]);
		/* it stops at one that is not completed */
		UNIT_HOLDS(next == QUERIES || !queries[next].completed);
		UNIT_HOLDS(as_completed_due(&as_completed) == (next < QUERIES ? &queries[next] : NULL));
	}
	ck_assert_uint_eq(next, QUERIES);
	end();
}
END_TEST

START_TEST(unordered_they_come_as_they_are_completed)
{
	begin(false);
	for (unsigned i = QUERIES; i-- > 0;) {
		ck_assert_ptr_null(as_completed_next(&as_completed));
		as_completed_put(&as_completed, &queries[i]);
		ck_assert_ptr_eq(as_completed_next(&as_completed), &queries[i]);
	}
	ck_assert_ptr_null(as_completed_due(&as_completed));
	end();
}
END_TEST

START_TEST(what_waits_behind_one_is_bounded)
{
	static struct query first;
	uint64_t sequence = 0;

	UNIT_HOLDS(as_completed_init(&as_completed, true));
	first = (struct query){ 0 };
	as_completed_begin(&as_completed, &first);
	while (as_completed_has_room(&as_completed, ++sequence))
		;
	ck_assert_uint_eq(sequence, AS_COMPLETED_SPAN);
	as_completed_put(&as_completed, &first);
	ck_assert_ptr_eq(as_completed_next(&as_completed), &first);
	ck_assert(as_completed_has_room(&as_completed, sequence));
	end();
	/* as they come, nobody waits behind anybody */
	UNIT_HOLDS(as_completed_init(&as_completed, false));
	ck_assert(as_completed_has_room(&as_completed, UINT64_MAX));
	end();
}
END_TEST

START_TEST(the_rest_is_what_is_completed_and_not_due)
{
	for (int ordered = 0; ordered <= 1; ordered++) {
		unsigned rest = 0;

		begin(ordered);
		for (unsigned i = 1; i < QUERIES; i += 2)
			as_completed_put(&as_completed, &queries[i]);
		if (ordered)
			ck_assert_ptr_null(as_completed_next(&as_completed));
		while (as_completed_rest(&as_completed) != NULL)
			rest++;
		ck_assert_uint_eq(rest, QUERIES / 2);
		end();
	}
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, in_order_whatever_the_order_in_which_they_are_completed);
	tcase_add_test(tests, unordered_they_come_as_they_are_completed);
	tcase_add_test(tests, what_waits_behind_one_is_bounded);
	tcase_add_test(tests, the_rest_is_what_is_completed_and_not_due);
}

UNIT_MAIN("as_completed", add_tests)
