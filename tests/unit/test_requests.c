/* test_requests.c - what a connection has in flight, in order, in a ring that goes round. */
#include "requests.h"

#include "batch_query.h"
#include "unit.h"

enum { ROOM = 3 };

static struct query queries[2];

START_TEST(they_are_answered_in_their_order_however_often_it_goes_round)
{
	struct requests requests;
	uint64_t put = 0, taken = 0;

	ck_assert(requests_init(&requests, ROOM));
	ck_assert_ptr_null(requests_first(&requests));
	for (int turn = 0; turn < 10; turn++) {
		while (requests_have_room(&requests)) {
			requests_put(&requests, &queries[put % 2], put);
			put++;
		}
		ck_assert_uint_eq(put - taken, ROOM);
		for (int n = 0; n <= turn % ROOM; n++, taken++) {
			ck_assert_uint_eq(requests_first(&requests)->sent_at, taken);
			ck_assert_ptr_eq(requests_first(&requests)->query, &queries[taken % 2]);
			requests_take(&requests);
		}
	}
	requests_clear(&requests);
	ck_assert_ptr_null(requests_first(&requests));
	requests_release(&requests);
}
END_TEST

/* Their answers still come, and are passed over. */
START_TEST(those_of_a_query_that_is_let_go_keep_their_places)
{
	struct requests requests;

	ck_assert(requests_init(&requests, ROOM));
	requests_put(&requests, &queries[0], 1);
	requests_put(&requests, &queries[1], 2);
	requests_put(&requests, &queries[0], 3);
	requests_forget(&requests, &queries[0]);
	ck_assert(!requests_have_room(&requests));
	ck_assert_ptr_null(requests_first(&requests)->query);
	requests_take(&requests);
	ck_assert_ptr_eq(requests_first(&requests)->query, &queries[1]);
	requests_take(&requests);
	ck_assert_ptr_null(requests_first(&requests)->query);
	requests_release(&requests);
}
END_TEST

START_TEST(a_pause_of_ours_is_nobodys_fault)
{
	struct requests requests;

	ck_assert(requests_init(&requests, ROOM));
	requests_put(&requests, &queries[0], 5);
	requests_put(&requests, &queries[1], 6);
	requests_excuse(&requests, 100);
	ck_assert_uint_eq(requests_first(&requests)->sent_at, 105);
	requests_take(&requests);
	ck_assert_uint_eq(requests_first(&requests)->sent_at, 106);
	requests_release(&requests);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, they_are_answered_in_their_order_however_often_it_goes_round);
	tcase_add_test(tests, those_of_a_query_that_is_let_go_keep_their_places);
	tcase_add_test(tests, a_pause_of_ours_is_nobodys_fault);
}

UNIT_MAIN("requests", add_tests)
