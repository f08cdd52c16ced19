/* test_filters.c - an answer narrowed by properties, and one to a query that is still being typed. */
#include <string.h>

#include "answers.h"
#include "unit.h"
#include "unit_index.h"

enum { MOST_FACETS = 1024 };

static struct answers answers, narrowed;
static struct charindex_facet facets[MOST_FACETS];

static const char *const queries[] = { "heart", "chess", "arrow left", "script:greek small | rook",
	"smilng", "U+20AC", "nosuchword", "\"chess rook\"" };

static struct charindex_filter
filter(enum charindex_property property, const char *value)
{
	struct charindex_filter filter;

	UNIT_HOLDS(charindex_read_filter(unit_index, property, value, strlen(value), &filter));
	return filter;
}

static size_t
count_facets(const struct charindex_settings *settings, const char *query,
    enum charindex_property property)
{
	struct charindex_answer answer;
	size_t count;

	UNIT_HOLDS(charindex_answer_begin(&answer, unit_index, settings, query, strlen(query)) ==
	    CHARINDEX_OK);
	count = charindex_answer_facets(&answer, property, facets, MOST_FACETS);
	charindex_answer_release(&answer);
	return count;
}

/* ---- filters ------------------------------------------------------------------------------- */

/* With the `given` filters, and with one more for each value that is counted. */
static void
facets_must_be_totals(struct charindex_settings settings, const char *query,
    const struct charindex_filter *given, enum charindex_property property)
{
	struct charindex_filter filters[2] = { *given };
	size_t count;

	settings.filters = filters;
	settings.filter_count = given->property != property;
	count = count_facets(&settings, query, property);
	settings.filter_count++;
	for (size_t i = 0; i < count; i++) {
		UNIT_HOLDS(charindex_read_filter(unit_index, property, facets[i].value, facets[i].length,
		    &filters[settings.filter_count - 1]));
		answers_find(&narrowed, &settings, query);
		ck_assert_uint_eq(narrowed.summary.total, facets[i].count);
		ck_assert_uint_eq(narrowed.count, facets[i].count);
	}
}

START_TEST(a_facet_is_the_total_with_its_filter)
{
	struct charindex_filter given = filter(CHARINDEX_PROPERTY_CATEGORY, "S");

	for (size_t i = 0; i < UNIT_COUNT(queries); i++)
		for (unsigned mode = 0; mode < CHARINDEX_MODE_COUNT; mode++)
			for (int property = 0; property < CHARINDEX_PROPERTY_COUNT; property++)
				facets_must_be_totals((struct charindex_settings){ .mode = mode, .all = true },
				    queries[i], &given, (enum charindex_property)property);
}
END_TEST

START_TEST(what_is_left_keeps_its_order)
{
	struct charindex_filter one = filter(CHARINDEX_PROPERTY_BLOCK, "Dingbats");
	struct charindex_settings settings = { .mode = CHARINDEX_WIDE, .all = true };
	uint32_t next = 0;

	answers_find(&answers, &settings, "heart");
	settings.filters = &one;
	settings.filter_count = 1;
	answers_find(&narrowed, &settings, "heart");
	UNIT_HOLDS(narrowed.count > 5 && narrowed.count < answers.count);
	for (uint32_t i = 0; i < answers.count && next < narrowed.count; i++)
		next += answers.rows[i] == narrowed.rows[next];
	ck_assert_uint_eq(next, narrowed.count);
}
END_TEST

START_TEST(filters_of_a_property_are_alternatives)
{
	struct charindex_filter both[] = { filter(CHARINDEX_PROPERTY_SCRIPT, "greek"),
		filter(CHARINDEX_PROPERTY_SCRIPT, "Cyrl") };
	struct charindex_settings settings = { .mode = CHARINDEX_AUTO,
		.filters = both,
		.filter_count = 1 };
	uint64_t greek, cyrillic;

	answers_find(&answers, &settings, "small letter");
	greek = answers.summary.total;
	settings.filters++;
	answers_find(&answers, &settings, "small letter");
	cyrillic = answers.summary.total;
	settings.filters--;
	settings.filter_count++;
	answers_find(&answers, &settings, "small letter");
	UNIT_HOLDS(greek > 0 && cyrillic > 0);
	ck_assert_uint_eq(answers.summary.total, greek + cyrillic);
}
END_TEST

START_TEST(filters_are_before_pages)
{
	struct charindex_filter one = filter(CHARINDEX_PROPERTY_AGE, ">=15");
	struct charindex_settings settings = { .mode = CHARINDEX_AUTO,
		.limit = 3,
		.from = 2,
		.filters = &one,
		.filter_count = 1 };

	answers_find(&answers, &settings, "letter");
	ck_assert_uint_eq(answers.count, 3);
	ck_assert_uint_eq(answers.summary.first, 2);
	UNIT_HOLDS(answers.summary.total > 3 && answers.summary.more);
}
END_TEST

START_TEST(values_that_no_property_has_are_none)
{
	struct charindex_filter filter;

	UNIT_HOLDS(!charindex_read_filter(unit_index, CHARINDEX_PROPERTY_BLOCK, "nosuch", 6, &filter));
	UNIT_HOLDS(!charindex_read_filter(unit_index, CHARINDEX_PROPERTY_CATEGORY, "", 0, &filter));
}
END_TEST

/* ---- typing -------------------------------------------------------------------------------- */

static uint64_t
total(enum charindex_typing typing, const char *query)
{
	struct charindex_settings settings = { .mode = CHARINDEX_WIDE, .all = true, .typing = typing };

	answers_find(&answers, &settings, query);
	if (answers.summary.error != NULL)
		ck_abort_msg("%s is wrong: %s", query, answers.status);
	return answers.summary.total;
}

START_TEST(the_last_word_may_go_on)
{
	static const char *const pairs[][2] = { { "chess k", "chess king" },
		{ "white h", "white heart" }, { "script:greek a", "script:greek alpha" },
		{ "-white chess kni", "-white chess knight" }, { "\"chess ro", "chess rook" },
		{ "rook | quee", "rook | queen" } };

	for (size_t i = 0; i < UNIT_COUNT(pairs); i++) {
		struct answers whole = { 0 };
		struct charindex_settings settings = { .mode = CHARINDEX_WIDE, .all = true };

		answers_find(&whole, &settings, pairs[i][1]);
		total(CHARINDEX_IN_WORD, pairs[i][0]);
		UNIT_HOLDS(whole.count > 0 && !answers.is_corrected);
		for (uint32_t n = 0; n < whole.count; n++)
			if (!answers_have(&answers, whole.rows[n]))
				ck_abort_msg("%s has not all of %s", pairs[i][0], pairs[i][1]);
		answers_release(&whole);
	}
}
END_TEST

START_TEST(a_word_with_a_space_after_it_is_whole)
{
	ck_assert_uint_eq(total(CHARINDEX_BETWEEN_WORDS, "chess rook"),
	    total(CHARINDEX_TYPED, "chess rook"));
	UNIT_HOLDS(total(CHARINDEX_BETWEEN_WORDS, "script:greek a") <
	    total(CHARINDEX_IN_WORD, "script:greek a"));
}
END_TEST

START_TEST(what_is_not_closed_yet_is_not_wrong)
{
	static const char *const unclosed[] = { "\"chess rook", "chess \"", "chess -\"whi", "chess |",
		"chess | \"", "chess block:\"misc" };

	for (size_t i = 0; i < UNIT_COUNT(unclosed); i++) {
		UNIT_HOLDS(total(CHARINDEX_BETWEEN_WORDS, unclosed[i]) > 0);
		UNIT_HOLDS(total(CHARINDEX_IN_WORD, unclosed[i]) > 0);
	}
}
END_TEST

START_TEST(a_letter_by_itself_is_what_it_is)
{
	ck_assert_uint_eq(total(CHARINDEX_IN_WORD, "k"), total(CHARINDEX_TYPED, "k"));
}
END_TEST

static void
release(void)
{
	answers_release(&answers);
	answers_release(&narrowed);
}

static void
add_tests(TCase *tests)
{
	tcase_add_unchecked_fixture(tests, unit_index_open, unit_index_close);
	tcase_add_checked_fixture(tests, NULL, release);
	tcase_add_test(tests, a_facet_is_the_total_with_its_filter);
	tcase_add_test(tests, what_is_left_keeps_its_order);
	tcase_add_test(tests, filters_of_a_property_are_alternatives);
	tcase_add_test(tests, filters_are_before_pages);
	tcase_add_test(tests, values_that_no_property_has_are_none);
	tcase_add_test(tests, the_last_word_may_go_on);
	tcase_add_test(tests, a_word_with_a_space_after_it_is_whole);
	tcase_add_test(tests, what_is_not_closed_yet_is_not_wrong);
	tcase_add_test(tests, a_letter_by_itself_is_what_it_is);
}

UNIT_MAIN("filters", add_tests)
