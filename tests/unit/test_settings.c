/* test_settings.c - settings read from text: one grammar of each, wherever it is said. */
#include <string.h>

#include "unit.h"
#include "unit_index.h"

static void
limit_must_be(const char *text, bool right, uint32_t limit, bool all)
{
	struct charindex_settings settings = { .limit = 7 };

	ck_assert_msg(charindex_read_limit(text, strlen(text), &settings) == right, "%s", text);
	ck_assert_uint_eq(settings.limit, right ? limit : 7);
	UNIT_HOLDS(settings.all == (right && all));
}

START_TEST(a_limit_is_a_number_or_all)
{
	static const char *const wrong[] = { "", "-1", "+1", " 1", "1 ", "1.0", "1e3", "x", "10000000",
		"00000001", "al", "alle", "\xD9\xA1" };

	limit_must_be("1", true, 1, false);
	limit_must_be("0020", true, 20, false);
	limit_must_be("9999999", true, 9999999, false);
	limit_must_be("0", true, 0, true);
	limit_must_be("all", true, 0, true);
	limit_must_be("ALL", true, 0, true);
	for (size_t i = 0; i < UNIT_COUNT(wrong); i++)
		limit_must_be(wrong[i], false, 0, false);
}
END_TEST

START_TEST(the_first_row_is_a_number)
{
	static const char *const wrong[] = { "", "0", "all", "-1", "10000000" };
	struct charindex_settings settings = { .from = 7 };

	for (size_t i = 0; i < UNIT_COUNT(wrong); i++)
		UNIT_HOLDS(
		    !charindex_read_from(wrong[i], strlen(wrong[i]), &settings) && settings.from == 7);
	UNIT_HOLDS(charindex_read_from("40", 2, &settings) && settings.from == 40);
}
END_TEST

START_TEST(modes_and_formats_go_by_their_names)
{
	enum charindex_mode mode = CHARINDEX_CLASSIC;
	enum charindex_format format = CHARINDEX_TEXT;

	UNIT_HOLDS(charindex_read_mode("wide", 4, &mode) && mode == CHARINDEX_WIDE);
	UNIT_HOLDS(charindex_read_mode("Auto", 4, &mode) && mode == CHARINDEX_AUTO);
	UNIT_HOLDS(!charindex_read_mode("wide\0x", 6, &mode) && !charindex_read_mode("", 0, &mode));
	UNIT_HOLDS(charindex_read_format("TSV", 3, &format) && format == CHARINDEX_TSV);
	UNIT_HOLDS(!charindex_read_format("xml", 3, &format) && format == CHARINDEX_TSV);
}
END_TEST

START_TEST(a_language_is_the_nearest_that_there_is)
{
	/* clang-format off */
	static const char *const tags[][2] = {
		{ "de", "de" }, { "DE", "de" }, { "fr-FR", "fr" }, { "fr_CH", "fr" }, { "zh_Hant", "zh_Hant" },
		{ "zh-Hant", "zh_Hant" }, { "ZH-HANT", "zh_Hant" }, { "zh-Hant-HK", "zh_Hant" }, { "zh-TW", "zh_Hant" },
		{ "zh_hk", "zh_Hant" }, { "zh-CN", "zh" }, { "zh-Hans-SG", "zh" }, { "de-DE-x-goethe", "de" },
		{ "pt-BR", "pt" }, { "en-GB-oxendict", "en" }, { "de,fr", "de,fr" },
		{ "fr-CH,fr,en-GB", "fr,en" }, { "ja,zh-TW,ko,de-AT", "ja,zh_Hant,ko,de" },
	};
	/* clang-format on */
	static const char *const wrong[] = { "", "x", "tlh", "deu1", "de-", "-de", "de--DE", "de DE",
		"d\xC3\xA9", "e", "zhHant", "de-waytoolongforone", "x-de", "de,", ",de", "de,,fr", "de, fr",
		"de,tlh", "de,fr,ja,ko,zh" };

	for (size_t i = 0; i < UNIT_COUNT(tags); i++) {
		struct charindex_settings settings = { 0 };

		ck_assert_msg(charindex_read_language(unit_index, tags[i][0], strlen(tags[i][0]),
		                  &settings),
		    "%s", tags[i][0]);
		ck_assert_str_eq(settings.language, tags[i][1]);
	}
	for (size_t i = 0; i < UNIT_COUNT(wrong); i++) {
		struct charindex_settings settings = { .language = "fr" };

		ck_assert_msg(!charindex_read_language(unit_index, wrong[i], strlen(wrong[i]), &settings),
		    "%s", wrong[i]);
		ck_assert_str_eq(settings.language, "fr");
	}
}
END_TEST

/* ---- what holds -------------------------------------------------------------------------- */

static struct charindex_summary
summary_of(const struct charindex_settings *settings, const char *query)
{
	struct charindex_summary summary;
	struct charindex_answer answer;

	UNIT_HOLDS(charindex_answer_begin(&answer, unit_index, settings, query, strlen(query)) ==
	    CHARINDEX_OK);
	charindex_answer_summary(&answer, &summary);
	charindex_answer_release(&answer);
	return summary;
}

/* Whatever says how many rows are wanted, the face has the last word. */
START_TEST(no_page_has_more_rows_than_the_face_lets)
{
	static const char *const queries[] = { "cjk", "cjk limit:999999", "cjk limit:all", "-zzzz",
		"-zzzz limit:0", "0..10FFFF", "letter limit:10" };

	for (int mode = 0; mode < CHARINDEX_MODE_COUNT; mode++)
		for (size_t i = 0; i < UNIT_COUNT(queries); i++)
			for (uint32_t limit = 0; limit <= 2000; limit += 500) {
				struct charindex_settings settings = { .mode = (enum charindex_mode)mode,
					.limit = limit,
					.all = limit == 2000,
					.most_rows = 1000 };
				struct charindex_summary summary = summary_of(&settings, queries[i]);

				ck_assert_msg(summary.count <= 1000, "%s", queries[i]);
				UNIT_HOLDS(summary.more == (summary.first - 1 + summary.count < summary.total));
			}
}
END_TEST

START_TEST(what_the_query_says_goes_before)
{
	struct charindex_settings settings = { .mode = CHARINDEX_WIDE, .limit = 5, .language = "ja" };

	ck_assert_uint_eq(summary_of(&settings, "letter").count, 5);
	ck_assert_uint_eq(summary_of(&settings, "letter limit:8").count, 8);
	UNIT_HOLDS(!summary_of(&settings, "letter limit:all").more);
	settings.all = true;
	ck_assert_uint_eq(summary_of(&settings, "letter limit:8").count, 8);
	ck_assert_uint_eq(summary_of(&settings, "lang:de-AT schmetterling limit:1").count, 1);
	ck_assert_uint_eq(summary_of(&settings, "lang:fr,de schmetterling limit:1").count, 1);
	ck_assert_str_eq(summary_of(&settings, "x cat:Xx").error != NULL ? "wrong" : "right", "wrong");
}
END_TEST

START_TEST(each_mode_source_and_kind_has_a_name)
{
	for (unsigned i = 0; i < CHARINDEX_MODE_COUNT; i++)
		ck_assert_ptr_nonnull(charindex_mode_name((enum charindex_mode)i));
	for (unsigned i = 0; i < CHARINDEX_SOURCE_COUNT; i++)
		ck_assert_ptr_nonnull(charindex_source_name((enum charindex_source)i));
	for (unsigned i = 0; i < CHARINDEX_RECORD_KIND_COUNT; i++)
		ck_assert_ptr_nonnull(charindex_record_kind_name((enum charindex_record_kind)i));
	ck_assert_str_eq(charindex_source_name(CHARINDEX_SOURCE_COUNT), "unknown");
}
END_TEST

/* Keywords in each of the chosen languages are as good as in one of them alone. */
START_TEST(several_languages_are_chosen_at_once)
{
	static const char *const words[] = { "papillon", "schmetterling", "butterfly" };
	struct charindex_settings both = { .mode = CHARINDEX_AUTO, .language = "fr,de" };

	for (size_t i = 0; i < UNIT_COUNT(words); i++) {
		struct charindex_summary summary = summary_of(&both, words[i]);

		ck_assert_msg(summary.total > 0, "%s", words[i]);
		ck_assert_msg(summary.source == CHARINDEX_BY_KEYWORD || summary.source == CHARINDEX_BY_NAME,
		    "%s by %s", words[i], charindex_source_name(summary.source));
	}
}
END_TEST

/* An error is told as it is, with its column apart. */
START_TEST(what_is_wrong_is_in_the_summary)
{
	struct charindex_settings settings = { .mode = CHARINDEX_AUTO };
	static const char query[] = "x cat:Xx";
	struct charindex_summary summary;
	struct charindex_answer answer;

	UNIT_HOLDS(charindex_answer_begin(&answer, unit_index, &settings, query, strlen(query)) ==
	    CHARINDEX_OK);
	charindex_answer_summary(&answer, &summary);
	ck_assert_uint_eq(summary.column, 7);
	ck_assert_str_eq(summary.error,
	    "no general category is called 'Xx'; try Sm or Currency_Symbol");
	ck_assert_uint_eq(summary.total, 0);
	charindex_answer_release(&answer);
}
END_TEST

static struct charindex_mistake
mistake_of(const char *query)
{
	static const struct charindex_settings settings = { .mode = CHARINDEX_AUTO };
	struct charindex_mistake mistake;
	struct charindex_answer answer;

	UNIT_HOLDS(charindex_answer_begin(&answer, unit_index, &settings, query, strlen(query)) ==
	    CHARINDEX_OK);
	charindex_answer_mistake(&answer, &mistake);
	charindex_answer_release(&answer);
	return mistake;
}

/* For those who say it in another language. */
START_TEST(what_is_wrong_is_told_in_parts)
{
	static const char query[] = "x cat:Xx";
	struct charindex_mistake mistake = mistake_of(query);

	ck_assert_int_eq(mistake.fault, CHARINDEX_FAULT_VALUE);
	ck_assert_ptr_eq(mistake.value, strstr(query, "Xx"));
	ck_assert_uint_eq(mistake.length, 2);
	ck_assert_str_eq(mistake.field, "cat");
	ck_assert_str_eq(mistake.example, "Sm");
	mistake = mistake_of("x \"y");
	ck_assert_int_eq(mistake.fault, CHARINDEX_FAULT_OPEN_QUOTES);
	ck_assert_ptr_null(mistake.field);
	ck_assert_int_eq(mistake_of("rook").fault, CHARINDEX_FAULT_NONE);
	ck_assert_int_eq(mistake_of("nosuchword").fault, CHARINDEX_FAULT_NONE);
}
END_TEST

/* The second step goes on where the first one ends. */
START_TEST(an_answer_is_begun_in_two_steps)
{
	static const char *const queries[] = { "rook", "smilng", "rook -black", "zzzzqq",
		"rook limit:2" };

	for (size_t i = 0; i < 2 * UNIT_COUNT(queries); i++) {
		const char *query = queries[i / 2];
		struct charindex_settings settings = { .mode = CHARINDEX_AUTO, .limit = i % 2 ? 3 : 0 };
		struct charindex_summary at_once = summary_of(&settings, query), summary;
		struct charindex_answer answer;

		if (!charindex_answer_prepare(&answer, unit_index, &settings, query, strlen(query)))
			UNIT_HOLDS(charindex_answer_run(&answer) == CHARINDEX_OK);
		charindex_answer_summary(&answer, &summary);
		UNIT_HOLDS(summary.total == at_once.total && summary.count == at_once.count);
		charindex_answer_release(&answer);
	}
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_unchecked_fixture(tests, unit_index_open, unit_index_close);
	tcase_add_test(tests, a_limit_is_a_number_or_all);
	tcase_add_test(tests, the_first_row_is_a_number);
	tcase_add_test(tests, modes_and_formats_go_by_their_names);
	tcase_add_test(tests, each_mode_source_and_kind_has_a_name);
	tcase_add_test(tests, a_language_is_the_nearest_that_there_is);
	tcase_add_test(tests, several_languages_are_chosen_at_once);
	tcase_add_test(tests, no_page_has_more_rows_than_the_face_lets);
	tcase_add_test(tests, what_the_query_says_goes_before);
	tcase_add_test(tests, what_is_wrong_is_in_the_summary);
	tcase_add_test(tests, what_is_wrong_is_told_in_parts);
	tcase_add_test(tests, an_answer_is_begun_in_two_steps);
}

UNIT_MAIN("settings", add_tests)
