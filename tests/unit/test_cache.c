/* test_cache.c - answers that have been kept are those that would be found, and are not kept for ever. */
#include <stdio.h>
#include <string.h>

#include "allocations.h"
#include "bytes.h"
#include "charindex.h"
#include "unit.h"
#include "unit_index.h"

enum { KIB = 1024 };

#define AUTO CHARINDEX_AUTO
#define WIDE CHARINDEX_WIDE

static struct charindex_cache *cache;

static void
open_cache(void)
{
	cache = charindex_cache_new(64 * KIB);
	ck_assert_ptr_nonnull(cache);
}

static void
close_cache(void)
{
	charindex_cache_free(cache);
}

/* All that is to be known of an answer. */
static void
add_answer(struct charindex_answer *answer, struct bytes *out)
{
	char status[CHARINDEX_ANSWER_STATUS_SIZE(1000)];
	struct charindex_summary summary;
	struct charindex_facet facets[5];
	struct charindex_run run;
	char numbers[200];

	charindex_answer_summary(answer, &summary);
	snprintf(numbers, sizeof(numbers), "%u %u %u %d %u %u %s %u %zu|", (unsigned)summary.total,
	    (unsigned)summary.first, (unsigned)summary.count, summary.more, (unsigned)summary.source,
	    (unsigned)summary.work, answer->settings.language, answer->settings.limit,
	    charindex_answer_memory(answer));
	bytes_add(out, numbers, strlen(numbers));
	for (size_t i = charindex_answer_facets(answer, CHARINDEX_PROPERTY_SCRIPT, facets, 5); i-- > 0;)
		bytes_add(out, facets[i].value, facets[i].length);
	while (charindex_answer_next(answer, 3, &run))
		bytes_add(out, run.text, run.length);
	bytes_add(out, status, charindex_answer_status(answer, status));
}

/* As a server does it. Was the answer recalled? */
static bool
ask(const struct charindex_settings *settings, const char *query, struct bytes *out)
{
	struct charindex_answer answer;
	bool recalled = false;

	out->length = 0;
	if (!charindex_answer_prepare(&answer, unit_index, settings, query, strlen(query))) {
		recalled = charindex_answer_recall(&answer, cache);
		if (!recalled)
			UNIT_HOLDS(charindex_answer_run_cached(&answer, cache) == CHARINDEX_OK);
	}
	add_answer(&answer, out);
	charindex_answer_release(&answer);
	return recalled;
}

static bool
is_recalled(const struct charindex_settings *settings, const char *query)
{
	struct bytes out = { 0 };
	bool recalled = ask(settings, query, &out);

	bytes_release(&out);
	return recalled;
}

static const char *const queries[] = { "snowmna", "chat noir", "hearts lang:fr", "smile limit:3",
	"*anc* cat:Lu", "U+1F600..U+1F610 cat:So", "purple elephant", "zzzzzzzz", "-cat:L script:Grek",
	"greek and coptic", "\u2657", "(", "cat:nothing" };

START_TEST(what_is_recalled_is_what_is_found)
{
	struct bytes found = { 0 }, kept = { 0 };
	unsigned recalled = 0;

	for (size_t i = 0; i < 2 * UNIT_COUNT(queries); i++) {
		struct charindex_settings settings = { .mode = i % 2 == 0 ? AUTO : WIDE, .most_rows = 500 };
		const char *query = queries[i / 2];

		UNIT_HOLDS(!ask(&settings, query, &found));
		recalled += ask(&settings, query, &kept);
		bytes_must_be(query, kept.data, kept.length, found.data, found.length);
	}
	ck_assert_uint_ge(recalled, 16);
	bytes_release(&found);
	bytes_release(&kept);
}
END_TEST

START_TEST(nothing_else_is_recalled)
{
	static const struct charindex_settings others[] = {
		{ .mode = WIDE },
		{ .mode = AUTO, .limit = 2 },
		{ .mode = AUTO, .from = 2 },
		{ .mode = AUTO, .most_rows = 2 },
		{ .mode = AUTO, .language = "fr" },
		{ .mode = AUTO, .limit = 2, .all = true },
		{ .mode = AUTO, .typing = CHARINDEX_IN_WORD },
		{ .mode = AUTO, .instead = "chess", .instead_length = 5, .limit = 1 },
	};
	struct charindex_settings settings = { .mode = AUTO };

	UNIT_HOLDS(!is_recalled(&settings, "snowmna"));
	for (size_t i = 0; i < UNIT_COUNT(others); i++)
		UNIT_HOLDS(!is_recalled(&others[i], "snowmna"));
	UNIT_HOLDS(!is_recalled(&settings, "snowmn"));
	UNIT_HOLDS(!is_recalled(&settings, "snowmnaa"));
	UNIT_HOLDS(is_recalled(&settings, "snowmna"));
}
END_TEST

/* What a query stands for is what was asked, and the status has the query itself. */
START_TEST(a_synonym_is_told_apart_from_what_it_stands_for)
{
	struct charindex_settings settings = { .mode = AUTO }, instead = { .mode = AUTO };
	struct bytes out = { 0 };

	instead.instead = "snowmna";
	instead.instead_length = strlen(instead.instead);
	UNIT_HOLDS(!is_recalled(&settings, "snowmna"));
	UNIT_HOLDS(ask(&instead, "frosty", &out));
	bytes_add(&out, "", 1);
	ck_assert_ptr_nonnull(strstr(out.data, "for 'frosty' as 'snowman'"));
	bytes_release(&out);
}
END_TEST

START_TEST(what_takes_no_work_is_not_kept)
{
	struct charindex_filter filter = { .property = CHARINDEX_PROPERTY_CATEGORY, .mask = 1u << 1 };
	struct charindex_settings classic = { .mode = CHARINDEX_CLASSIC, .limit = 2 },
	                          plain = { .mode = AUTO },
	                          filtered = { .mode = WIDE, .filters = &filter, .filter_count = 1 };

	for (int i = 0; i < 2; i++) {
		UNIT_HOLDS(!is_recalled(&plain, "rook"));
		UNIT_HOLDS(!is_recalled(&classic, "rook"));
		UNIT_HOLDS(!is_recalled(&filtered, "heart"));
	}
	ck_assert_uint_eq(charindex_cache_size(cache), 0);
}
END_TEST

/* "heart 7" and so on, which no character is called. */
static bool
ask_number(int number)
{
	struct charindex_settings settings = { .mode = WIDE };
	char query[100];

	snprintf(query, sizeof(query), "heart %d", number);
	return is_recalled(&settings, query);
}

START_TEST(the_least_recently_used_go)
{
	enum { MANY = 500 };

	ask_number(0);
	for (int i = 1; i < MANY; i++) {
		UNIT_HOLDS(!ask_number(i));
		UNIT_HOLDS(ask_number(0));
		UNIT_HOLDS(charindex_cache_size(cache) <= 64 * KIB);
	}
	ck_assert_uint_ge(charindex_cache_size(cache), 48 * KIB);
	UNIT_HOLDS(ask_number(MANY - 1));
	UNIT_HOLDS(!ask_number(1));
}
END_TEST

START_TEST(what_takes_much_of_it_is_not_kept)
{
	struct charindex_settings settings = { .mode = WIDE };

	for (int i = 0; i < 2; i++)
		UNIT_HOLDS(!is_recalled(&settings, "*a*"));
}
END_TEST

START_TEST(no_cache_has_nothing)
{
	struct charindex_cache *kept = cache;

	cache = NULL;
	UNIT_HOLDS(!ask_number(1));
	UNIT_HOLDS(!ask_number(1));
	cache = charindex_cache_new(0);
	UNIT_HOLDS(!ask_number(1));
	UNIT_HOLDS(!ask_number(1));
	charindex_cache_free(cache);
	cache = kept;
}
END_TEST

/* Whichever allocation fails, the answer says so or is the right one. */
START_TEST(memory_that_runs_out_is_told)
{
	struct charindex_settings settings = { .mode = AUTO };
	struct bytes found = { 0 }, now = { 0 };

	ask(&settings, "snowmna", &found);
	for (unsigned n = 1; n < 40; n++) {
		struct charindex_answer answer;
		enum charindex_err err = CHARINDEX_OK;

		UNIT_HOLDS(!charindex_answer_prepare(&answer, unit_index, &settings, "snowmna", 7));
		allocations_fail_at(n);
		if (!charindex_answer_recall(&answer, cache))
			err = charindex_answer_run_cached(&answer, cache);
		if (allocations_have_failed() && n % 3 == 0) { /* the next ones begin without it */
			charindex_cache_free(cache);
			open_cache();
		}
		now.length = 0;
		if (err == CHARINDEX_OK) {
			add_answer(&answer, &now);
			bytes_must_be("snowmna", now.data, now.length, found.data, found.length);
		}
		charindex_answer_release(&answer);
	}
	bytes_release(&found);
	bytes_release(&now);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_unchecked_fixture(tests, unit_index_open, unit_index_close);
	tcase_add_checked_fixture(tests, open_cache, close_cache);
	tcase_add_test(tests, what_is_recalled_is_what_is_found);
	tcase_add_test(tests, nothing_else_is_recalled);
	tcase_add_test(tests, a_synonym_is_told_apart_from_what_it_stands_for);
	tcase_add_test(tests, what_takes_no_work_is_not_kept);
	tcase_add_test(tests, the_least_recently_used_go);
	tcase_add_test(tests, what_takes_much_of_it_is_not_kept);
	tcase_add_test(tests, no_cache_has_nothing);
	tcase_add_test(tests, memory_that_runs_out_is_told);
}

UNIT_MAIN("cache", add_tests)
