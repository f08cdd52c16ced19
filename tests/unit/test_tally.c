/* test_tally.c - the counts, the report, the exit status, repeated answers and the rate: by a clock
 * that the tests turn. */
#include <string.h>

#include "pace.h"
#include "repeat.h"
#include "tally.h"
#include "unit.h"

#define MS 1000000u

static struct tally tally;

static void
make_tally(void)
{
	tally = (struct tally){ 0 };
}

static void
add(enum outcome outcome, uint64_t line, const char *problem, uint64_t latency)
{
	struct query query = { .outcome = outcome, .line = line };

	strcpy(query.problem, problem);
	tally_add(&tally, &query, latency);
}

static void
must_report(const struct tally_whole *whole, const char *expected)
{
	struct strbuf text = { 0 };

	tally_report(&tally, whole, &text);
	strbuf_putc(&text, '\0');
	ck_assert_str_eq(text.text, expected);
	strbuf_release(&text);
}

START_TEST(the_report_says_what_became_of_all)
{
	for (int i = 0; i < 97801; i++)
		add(OUTCOME_FOUND, 1, "", 1 * MS);
	for (int i = 0; i < 2195; i++)
		add(OUTCOME_NO_MATCH, 1, "", 4 * MS);
	add(OUTCOME_NO_MATCH, 1, "", 31 * MS);
	add(OUTCOME_WRONG, 88, "column 8: no", 1 * MS);
	add(OUTCOME_TIMED_OUT, 7, "no answer in 10 s", 10000u * MS);
	add(OUTCOME_TIMED_OUT, 3, "no answer in 10 s", 10000u * MS);
	tally.reopened = 1;
	must_report(&(struct tally_whole){ "to localhost:2323, 4 connections, 16 in flight each", NULL,
	                5000u * (uint64_t)MS, true },
	    "100,000 queries to localhost:2323, 4 connections, 16 in flight each, in 5.00 s\n"
	    "     97,801 found          20,000/s\n"
	    "      2,196 no match       p50 1.0 ms, p99 4.0 ms, worst 31 ms\n"
	    "          3 errors         1 not understood (line 88: column 8: no), "
	    "2 timed out (line 7: no answer in 10 s)\n"
	    "          1 connection was lost and opened again\n");
}
END_TEST

START_TEST(the_report_of_nothing)
{
	must_report(&(struct tally_whole){ "of the index, 1 thread", "interrupted", 0, false },
	    "0 queries of the index, 1 thread, in 0.00 s: interrupted\n"
	    "          0 found\n"
	    "          0 no match\n"
	    "          0 errors\n");
}
END_TEST

START_TEST(the_exit_status_is_that_of_the_worst)
{
	static const int expected[OUTCOME_COUNT] = { [OUTCOME_FOUND] = 0,
		[OUTCOME_NO_MATCH] = 1,
		[OUTCOME_WRONG] = 2,
		[OUTCOME_TIMED_OUT] = 3,
		[OUTCOME_LOST] = 3,
		[OUTCOME_DIFFERENT] = 3 };

	ck_assert_int_eq(tally_exit_status(&tally), 0);
	for (enum outcome outcome = 0; outcome < OUTCOME_COUNT; outcome++) {
		add(outcome, 1, "", 1);
		ck_assert_int_eq(tally_exit_status(&tally), expected[outcome]);
	}
	add(OUTCOME_FOUND, 1, "", 1);
	ck_assert_int_eq(tally_exit_status(&tally), 3);
	ck_assert_uint_eq(tally_done(&tally), OUTCOME_COUNT + 1);
	ck_assert_uint_eq(tally_errors(&tally), 4);
}
END_TEST

START_TEST(numbers_are_grouped)
{
	static const struct {
		uint64_t number;
		const char *text;
	} cases[] = { { 0, "0" }, { 999, "999" }, { 1000, "1,000" }, { 100000, "100,000" },
		{ 1234567, "1,234,567" }, { UINT64_MAX, "18,446,744,073,709,551,615" } };
	char out[TALLY_NUMBER_SIZE];

	for (size_t i = 0; i < UNIT_COUNT(cases); i++)
		ck_assert_str_eq(tally_number(cases[i].number, out), cases[i].text);
}
END_TEST

/* ---- repeat ---------------------------------------------------------------------------------- */

START_TEST(an_answer_must_be_the_one_of_the_first_time)
{
	struct repeat *repeat = repeat_new();
	struct query query = { 0 };

	UNIT_HOLDS(repeat != NULL);
	for (unsigned pass = 0; pass < 3; pass++)
		for (uint64_t n = 0; n < 10000; n++) {
			query.outcome = OUTCOME_FOUND;
			strbuf_clear(&query.answer, SIZE_MAX);
			strbuf_printf(&query.answer, "answer %u", (unsigned)n);
			UNIT_HOLDS(repeat_compare(repeat, &query, n));
			UNIT_HOLDS(query.outcome == OUTCOME_FOUND);
		}
	for (uint64_t n = 0; n < 100; n++) {
		query.outcome = OUTCOME_FOUND;
		strbuf_clear(&query.answer, SIZE_MAX);
		strbuf_printf(&query.answer, "answer %u%s", (unsigned)n, n % 2 ? "" : " ");
		UNIT_HOLDS(repeat_compare(repeat, &query, n));
		UNIT_HOLDS(query.outcome == (n % 2 ? OUTCOME_FOUND : OUTCOME_DIFFERENT));
	}
	strbuf_release(&query.answer);
	repeat_free(repeat);
}
END_TEST

START_TEST(what_had_no_answer_is_compared_when_it_has)
{
	struct repeat *repeat = repeat_new();
	struct query query = { .outcome = OUTCOME_LOST };

	UNIT_HOLDS(repeat != NULL && repeat_compare(repeat, &query, 3));
	query.outcome = OUTCOME_FOUND;
	UNIT_HOLDS(repeat_compare(repeat, &query, 3));
	ck_assert_int_eq(query.outcome, OUTCOME_FOUND);
	query.outcome = OUTCOME_NO_MATCH;
	UNIT_HOLDS(repeat_compare(repeat, &query, 3));
	ck_assert_int_eq(query.outcome, OUTCOME_DIFFERENT);
	repeat_free(repeat);
}
END_TEST

/* ---- rate ------------------------------------------------------------------------------------ */

START_TEST(no_more_than_the_rate_says)
{
	struct pace pace;
	uint64_t now = 12345, begin = now, wait;
	unsigned taken = 0;

	pace_init(&pace, 1000, now);
	while (now < begin + NS_PER_SECOND) {
		wait = pace_take(&pace, now);
		taken += wait == 0;
		now += wait > 0 ? wait : 10;
		/* never ahead of its time */
		UNIT_HOLDS(taken <= 1 + (now - begin) / MS);
	}
	ck_assert_uint_ge(taken, 999);
	ck_assert_uint_le(taken, 1001);
}
END_TEST

START_TEST(what_was_missed_is_not_made_up_for)
{
	struct pace pace;
	unsigned taken = 0;

	pace_init(&pace, 1000, 0);
	while (pace_take(&pace, 100 * NS_PER_SECOND) == 0)
		taken++;
	ck_assert_uint_le(taken, 11); /* 10 ms of them */
}
END_TEST

START_TEST(without_a_rate_there_is_no_wait)
{
	struct pace pace;

	pace_init(&pace, 0, 5);
	for (int i = 0; i < 1000; i++)
		ck_assert_uint_eq(pace_take(&pace, 5), 0);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, make_tally, NULL);
	tcase_add_test(tests, the_report_says_what_became_of_all);
	tcase_add_test(tests, the_report_of_nothing);
	tcase_add_test(tests, the_exit_status_is_that_of_the_worst);
	tcase_add_test(tests, numbers_are_grouped);
	tcase_add_test(tests, an_answer_must_be_the_one_of_the_first_time);
	tcase_add_test(tests, what_had_no_answer_is_compared_when_it_has);
	tcase_add_test(tests, no_more_than_the_rate_says);
	tcase_add_test(tests, what_was_missed_is_not_made_up_for);
	tcase_add_test(tests, without_a_rate_there_is_no_wait);
}

UNIT_MAIN("tally", add_tests)
