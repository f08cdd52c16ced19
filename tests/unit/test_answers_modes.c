/* test_answers_modes.c - what each mode answers, from which source, and what the status says. */
#include <string.h>

#include "answers.h"
#include "bytes.h"
#include "unit.h"
#include "unit_index.h"

static struct answers answers;

static void
ask(enum charindex_mode mode, const char *query)
{
	answers_find_all(&answers, mode, query);
}

static void
status_must_be(enum charindex_mode mode, const char *query, const char *status)
{
	ask(mode, query);
	bytes_must_be(query, answers.status, strlen(answers.status), status, strlen(status));
}

/* The status without the number of rows, which data may change. */
static void
status_must_end(const char *query, const char *end)
{
	size_t length;

	ask(CHARINDEX_AUTO, query);
	length = strlen(answers.status);
	if (answers.count == 0 || length < strlen(end) ||
	    strcmp(answers.status + length - strlen(end), end) != 0)
		ck_abort_msg("the status of %s is %s and not … %s", query, answers.status, end);
}

/* The first rows, by their code points. */
static void
must_begin(enum charindex_mode mode, const char *query, const char *codes)
{
	struct bytes got = { 0 };

	ask(mode, query);
	for (uint32_t i = 0; i < answers.count && got.length < strlen(codes); i++) {
		struct charindex_label label;
		struct charindex_row row;
		bool code = (answers.rows[i] & ANSWERS_CODE) != 0;

		charindex_row(unit_index, code ? CHARINDEX_NO_ROW : answers.rows[i],
		    answers.rows[i] & 0x1FFFFF, &row, &label);
		bytes_add_string(&got, i > 0 ? ", " : "");
		bytes_add(&got, row.codes.bytes, row.codes.length);
	}
	bytes_must_be(query, got.data, got.length, codes, strlen(codes));
	bytes_release(&got);
}

static void
must_be(const char *query, const char *codes)
{
	must_begin(CHARINDEX_AUTO, query, codes);
	ck_assert_uint_eq(answers.summary.total, answers.count);
}

/* ---- words too many, and of several -------------------------------------------------------- */

START_TEST(words_that_no_row_has_together_are_left_out)
{
	status_must_end("purple elephant", " for 'purple elephant' as 'elephant'");
	status_must_end("picture of a fast sports car", " as 'fast sports car'");
	status_must_end("bright yellow lemon slice", " as 'lemon'");
	status_must_end("xyzzy elephant", " as 'elephant'");
	/* not one of those that all characters are, although `emoji` is a rare word */
	status_must_end("elephant emoji nosuchword", " as 'elephant'");
	must_begin(CHARINDEX_WIDE, "purple elephant", "U+1F418");
	status_must_be(CHARINDEX_AUTO, "nosuchword norsuchaone",
	    "No match for 'nosuchword norsuchaone'");
}
END_TEST

START_TEST(of_up_to_twelve_words)
{
	status_must_end("n1x n2x n3x n4x n5x n6x n7x n8x n9x n10x n11x elephant", " as 'elephant'");
	status_must_be(CHARINDEX_WIDE, "n1x n2x n3x n4x n5x n6x n7x n8x n9x n10x n11x n12x elephant",
	    "No match for 'n1x n2x n3x n4x n5x n6x n7x n8x n9x n10x n11x n12x elephant'");
}
END_TEST

START_TEST(plurals_are_found_as_their_singulars)
{
	status_must_end("snowmen", " as 'snowman'");
	status_must_end("mailboxes closed", " as 'mailbox closed'");
	/* in wide mode, both */
	must_begin(CHARINDEX_WIDE, "hearts", "U+2665, U+2764");
	must_begin(CHARINDEX_WIDE, "butterflies", "U+1F61F, U+1F98B"); /* "butterflies in stomach" */
	/* what is a name as it stands goes first, a short code too */
	must_begin(CHARINDEX_WIDE, "cherries", "U+1F352");
	must_begin(CHARINDEX_WIDE, "raised_hands", "U+1F64C");
	status_must_be(CHARINDEX_CLASSIC, "snowmen", "No match for 'snowmen'");
}
END_TEST

/* ---- classic --------------------------------------------------------------------------- */

START_TEST(classic_knows_words_and_nothing_else)
{
	status_must_be(CHARINDEX_CLASSIC, "smilng", "No match for 'smilng'");
	status_must_be(CHARINDEX_CLASSIC, "U+20AC", "No match for 'U+20AC'");
	status_must_be(CHARINDEX_CLASSIC, "\u20AC", "No match for '\u20AC'");
	status_must_be(CHARINDEX_CLASSIC, "bisho*", "No match for 'bisho*'");
	status_must_be(CHARINDEX_CLASSIC, "euro -currency", "1 match for 'euro -currency'");
	status_must_be(CHARINDEX_CLASSIC, "cat:xx", "No match for 'cat:xx'");
}
END_TEST

/* ---- auto ------------------------------------------------------------------------------- */

START_TEST(the_seed_answers_what_it_can)
{
	struct answers classic = { 0 };
	static const char *const queries[] = { "rook", "cat", "tick", "a", "flag", "line feed", "king",
		"face with" };

	for (size_t i = 0; i < UNIT_COUNT(queries); i++) {
		answers_find_all(&classic, CHARINDEX_CLASSIC, queries[i]);
		if (classic.count == 0)
			continue;
		ask(CHARINDEX_AUTO, queries[i]);
		UNIT_HOLDS(answers.count == classic.count && strcmp(answers.status, classic.status) == 0);
		UNIT_HOLDS(memcmp(answers.rows, classic.rows, classic.count * sizeof(*classic.rows)) == 0);
	}
	answers_release(&classic);
}
END_TEST

START_TEST(else_the_first_source_that_has_rows)
{
	status_must_be(CHARINDEX_AUTO, "U+2657 U+20AC", "2 matches for 'U+2657 U+20AC' by code");
	status_must_be(CHARINDEX_AUTO, "20AC..20AD", "2 matches for '20AC..20AD' by code");
	status_must_be(CHARINDEX_AUTO, "&rarr;", "1 match for '&rarr;' by code");
	status_must_be(CHARINDEX_AUTO, "\u20AC\u2657", "2 matches for '\u20AC\u2657' by text");
	status_must_end("keycap digit", "'keycap digit'");
}
END_TEST

START_TEST(then_aliases_keywords_and_definitions)
{
	ask(CHARINDEX_AUTO, "linefeed");
	UNIT_HOLDS(answers.count > 0);
	status_must_end("nbsp", " by alias");
	status_must_end("coder", " by keyword");
	status_must_end("hillock", " by definition");
}
END_TEST

START_TEST(then_beginnings_substrings_and_corrections)
{
	status_must_end("bish", " by prefix");
	status_must_end("ishop", " by substring");
	status_must_end("smilng", " as 'smiling'");
	status_must_end("whiet bishpo", " as 'white bishop'");
}
END_TEST

START_TEST(nonsense_has_no_match)
{
	status_must_be(CHARINDEX_AUTO, "xqzjv", "No match for 'xqzjv'");
	status_must_be(CHARINDEX_WIDE, "xqzjv", "No match for 'xqzjv'");
	status_must_be(CHARINDEX_AUTO, "rook xqzjvxq -bishop", "No match for 'rook xqzjvxq -bishop'");
}
END_TEST

START_TEST(a_wrong_query_says_so_and_has_no_rows)
{
	status_must_be(CHARINDEX_AUTO, "a \"b",
	    "Error: column 3: the quotes are not closed; add a \" at the end");
	UNIT_HOLDS(answers.count == 0 && answers.summary.error != NULL && answers.summary.column == 3);
	status_must_be(CHARINDEX_AUTO, "U+41 U+110000",
	    "Error: column 6: 'U+110000' is no code point: the last is U+10FFFF");
	status_must_be(CHARINDEX_AUTO, "limit:3 &nosuch;",
	    "Error: column 9: '&nosuch;' is no entity of HTML; mind capitals and small letters");
}
END_TEST

/* ---- wide ------------------------------------------------------------------------------------- */

START_TEST(wide_shows_twenty_unless_more_are_asked_for)
{
	struct charindex_settings settings = { .mode = CHARINDEX_WIDE };

	answers_find(&answers, &settings, "letter");
	ck_assert_uint_eq(answers.count, 20);
	UNIT_HOLDS(answers.summary.more && answers.summary.total > 1000);
	UNIT_HOLDS(strncmp(answers.status, "1-20 of ", 8) == 0);
	settings.from = 21;
	answers_find(&answers, &settings, "letter");
	UNIT_HOLDS(answers.count == 20 && strncmp(answers.status, "21-40 of ", 9) == 0);
	settings.limit = 7;
	answers_find(&answers, &settings, "letter");
	ck_assert_uint_eq(answers.count, 7);
	settings = (struct charindex_settings){ .mode = CHARINDEX_WIDE, .all = true };
	answers_find(&answers, &settings, "letter");
	UNIT_HOLDS(answers.count == answers.summary.total && !answers.summary.more);
	answers_find(&answers, &settings, "letter limit:3");
	ck_assert_uint_eq(answers.count, 3);
}
END_TEST

START_TEST(wide_leads_with_what_people_expect)
{
	must_begin(CHARINDEX_WIDE, "lambda", "U+03BB");
	must_begin(CHARINDEX_WIDE, "slash", "U+002F");
	must_begin(CHARINDEX_WIDE, "period", "U+002E");
	must_begin(CHARINDEX_WIDE, "euro", "U+20AC");
	must_begin(CHARINDEX_WIDE, "a", "U+0061");
	must_begin(CHARINDEX_WIDE, "5", "U+0035");
}
END_TEST

/* ---- pages ---------------------------------------------------------------------------------------- */

START_TEST(a_page_beyond_the_last_row_is_empty)
{
	status_must_be(CHARINDEX_AUTO, "\u20AC\u20AD\u20AE from:9",
	    "0 of 3 matches for '\u20AC\u20AD\u20AE from:9' by text");
	ck_assert_uint_eq(answers.count, 0);
	status_must_be(CHARINDEX_AUTO, "\u20AC\u20AD\u20AE from:3",
	    "3 of 3 matches for '\u20AC\u20AD\u20AE from:3' by text");
	status_must_be(CHARINDEX_AUTO, "\u20AC\u20AD\u20AE limit:2",
	    "1-2 of 3 matches for '\u20AC\u20AD\u20AE limit:2' by text");
}
END_TEST

/* ---- sequences, controls, and what has no name ------------------------------------------------------ */

START_TEST(skin_tones_are_hidden_unless_asked_for)
{
	uint32_t untoned;

	ask(CHARINDEX_AUTO, "technologist");
	untoned = answers.count;
	ck_assert_uint_ge(untoned, 3);
	ask(CHARINDEX_AUTO, "technologist tone");
	ck_assert_uint_gt(answers.count, untoned);
	ask(CHARINDEX_AUTO, "technologist is:toned");
	ck_assert_uint_gt(answers.count, untoned);
	must_be("\U0001F468\U0001F3FB", "U+1F468 U+1F3FB, U+1F468, U+1F3FB"); /* pasted ones are not */
}
END_TEST

START_TEST(controls_are_found_by_their_aliases)
{
	must_be("U+000A", "U+000A");
	must_be("\\u0009", "U+0009");
	must_begin(CHARINDEX_AUTO, "is:control lf", "U+000A");
	must_begin(CHARINDEX_AUTO, "nel in:alias", "U+0085");
}
END_TEST

START_TEST(code_points_without_a_name_have_a_label)
{
	must_be("U+0378 U+E000 U+D800 U+FFFF U+10FFFF", "U+0378, U+E000, U+D800, U+FFFF, U+10FFFF");
	for (uint32_t i = 0; i < answers.count; i++)
		UNIT_HOLDS((answers.rows[i] & ANSWERS_CODE) != 0);
}
END_TEST

START_TEST(sequences_are_recognised_in_text)
{
	must_be("\U0001F468\u200D\U0001F4BB", "U+1F468 U+200D U+1F4BB, U+1F468, U+200D, U+1F4BB");
	/* side by side */
	must_be("\U0001F1E9\U0001F1EA\U0001F1EB\U0001F1F7",
	    "U+1F1E9 U+1F1EA, U+1F1E9, U+1F1EA, U+1F1EB U+1F1F7, U+1F1EB, U+1F1F7");
	/* the longest of those that begin so */
	must_begin(CHARINDEX_AUTO, "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466",
	    "U+1F468 U+200D U+1F469 U+200D U+1F467 U+200D U+1F466, U+1F468, U+200D, U+1F469");
	must_begin(CHARINDEX_AUTO, "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D",
	    "U+1F468 U+200D U+1F469 U+200D U+1F467, U+1F468");
	must_be("#\uFE0F\u20E3", "U+0023 U+FE0F U+20E3, U+0023, U+FE0F, U+20E3");
	must_be("\\u0023\\uFE0F\\u20E3", "U+0023 U+FE0F U+20E3, U+0023, U+FE0F, U+20E3");
}
END_TEST

START_TEST(identifying_shows_every_character)
{
	answers_identify(&answers, "ab\n");
	ck_assert_uint_eq(answers.count, 3);
	answers_identify(&answers,
	    "a\xFF"
	    "b");
	ck_assert_uint_eq(answers.count, 2);
	answers_identify(&answers, "");
	ck_assert_uint_eq(answers.count, 0);
}
END_TEST

/* ---- languages and folding ---------------------------------------------------------------------------- */

/* First in wide mode; in auto mode where the seed's rule has no rows. */
START_TEST(names_of_other_systems_are_code_forms)
{
	static const struct {
		enum charindex_mode mode;
		const char *query;
		uint32_t first;
	} named[] = {
		{ CHARINDEX_AUTO, "\\infty", 0x221E },
		{ CHARINDEX_AUTO, "->", 0x2192 },
		{ CHARINDEX_WIDE, "!=", 0x2260 },
		{ CHARINDEX_WIDE, "<3", 0x2764 },
		{ CHARINDEX_WIDE, "\\to", 0x2192 },
		{ CHARINDEX_WIDE, ":wave:", 0x1F44B },
		{ CHARINDEX_WIDE, ":smile:", 0x1F604 },
	};

	for (size_t i = 0; i < UNIT_COUNT(named); i++) {
		ask(named[i].mode, named[i].query);
		ck_assert_uint_gt(answers.count, 0);
		ck_assert_uint_eq(answers.rows[0], charindex_row_of(unit_index, named[i].first));
		ck_assert_uint_eq(answers.summary.source, CHARINDEX_BY_CODE);
	}
	ask(CHARINDEX_AUTO, "(c)"); /* the seed's rule has rows */
	ck_assert_uint_ne(answers.summary.source, CHARINDEX_BY_CODE);
}
END_TEST

START_TEST(a_negative_number_is_what_the_seed_makes_of_it)
{
	struct answers seed = { 0 };

	answers_find_all(&seed, CHARINDEX_CLASSIC, "-10");
	ask(CHARINDEX_AUTO, "-10");
	ck_assert_uint_gt(answers.count, 0);
	ck_assert_uint_eq(answers.count, seed.count);
	ask(CHARINDEX_AUTO, "-rook");
	ck_assert_uint_gt(answers.count, 100000);
	answers_release(&seed);
}
END_TEST

START_TEST(names_from_other_systems_are_found_as_they_are_written_there)
{
	must_begin(CHARINDEX_WIDE, "quotedbl", "U+0022");
	must_begin(CHARINDEX_WIDE, "Greek_IOTAdieresis", "U+03AA");
	must_begin(CHARINDEX_WIDE, "splat", "U+002A");
	must_begin(CHARINDEX_WIDE, "cat", "U+1F408, U+1F431"); /* and @ */
	status_must_be(CHARINDEX_AUTO, "quotedbl", "1 match for 'quotedbl' by alias");
}
END_TEST

START_TEST(words_that_join_others_are_left_out_of_what_is_no_name)
{
	must_begin(CHARINDEX_WIDE, "the heart", "U+2665, U+2764");
	must_begin(CHARINDEX_WIDE, "the less than", "U+003C");
	must_begin(CHARINDEX_WIDE, "the stop sign", "U+1F6D1");
	must_begin(CHARINDEX_WIDE, "symbol for horse", "U+1F40E");
	must_begin(CHARINDEX_WIDE, "symbol for delete", "U+2421");
	must_begin(CHARINDEX_WIDE, "unicode smilng", "U+263A");
	status_must_be(CHARINDEX_AUTO, "the number forms",
	    "60 matches for 'the number forms' as 'number forms'");
}
END_TEST

START_TEST(poor_answers_have_what_is_one_edit_away_besides)
{
	must_begin(CHARINDEX_WIDE, "erth", "U+1F30D"); /* which is inside PERTHO */
	must_begin(CHARINDEX_WIDE, "trian", "U+25B2, U+25B3, U+25BC, U+1F686"); /* begins a word */
	must_begin(CHARINDEX_WIDE, "gapes", "U+1F347"); /* nearer to names of syllables */
	ask(CHARINDEX_WIDE, "gapes");
	ck_assert(answers.is_corrected);
	status_must_be(CHARINDEX_WIDE, "erth", "5 matches for 'erth' or 'earth'");
	ck_assert(!answers.is_corrected);
	/* what is found well is what was meant */
	ask(CHARINDEX_WIDE, "lock");
	ck_assert(strstr(answers.status, " or ") == NULL);
	ask(CHARINDEX_AUTO, "erth");
	ck_assert(strstr(answers.status, " or ") == NULL);
}
END_TEST

/* What has them keeps them: a sign for degree is called so, a heart is not called an emoji. */
START_TEST(words_that_say_only_that_a_character_is_meant_are_left_out)
{
	static const enum charindex_mode modes[] = { CHARINDEX_AUTO, CHARINDEX_WIDE };

	for (size_t i = 0; i < UNIT_COUNT(modes); i++) {
		ask(modes[i], "heart emoji");
		ck_assert_uint_gt(answers.count, 0);
		ck_assert(answers.is_corrected);
		ask(modes[i], "degree sign");
		ck_assert_uint_gt(answers.count, 0);
		ck_assert(!answers.is_corrected);
		ask(modes[i], "emoji");
		ck_assert(!answers.is_corrected);
		ask(modes[i], "symbol for delete");
		ck_assert(!answers.is_corrected);
	}
}
END_TEST

START_TEST(keywords_are_found_in_any_language_behind_english)
{
	ask(CHARINDEX_AUTO, "grenouille");
	ck_assert_uint_eq(answers.summary.source, CHARINDEX_BY_KEYWORD);
	ask(CHARINDEX_AUTO, "\u0441\u0435\u0440\u0434\u0446\u0435");
	ck_assert_uint_eq(answers.summary.source, CHARINDEX_BY_KEYWORD);
	ask(CHARINDEX_WIDE, "\u0441\u0435\u0440\u0434\u0446\u0435");
	ck_assert_uint_gt(answers.count, 0);
	ask(CHARINDEX_CLASSIC, "grenouille");
	ck_assert_uint_eq(answers.count, 0);
}
END_TEST

START_TEST(keywords_are_in_the_language_of_the_client_and_english)
{
	struct charindex_settings settings = { .mode = CHARINDEX_AUTO };

	strcpy(settings.language, "fr");
	answers_find(&answers, &settings, "grenouille");
	ck_assert_uint_gt(answers.count, 0);
	answers_find(&answers, &settings, "coder");
	ck_assert_uint_gt(answers.count, 0);
	ask(CHARINDEX_AUTO, "grenouille lang:fr");
	ck_assert_uint_gt(answers.count, 0);
	strcpy(settings.language, "xx");
	answers_find(&answers, &settings, "coder");
	ck_assert_uint_gt(answers.count, 0);
}
END_TEST

START_TEST(accents_matter_where_the_exact_form_is_known)
{
	struct answers exact = { 0 };

	answers_find_all(&exact, CHARINDEX_AUTO, "t\u00EAte lang:fr");
	ask(CHARINDEX_AUTO, "tete lang:fr");
	UNIT_HOLDS(exact.count > 0 && answers.count == exact.count);
	ask(CHARINDEX_AUTO, "t\u00E8te lang:fr"); /* with another accent */
	ck_assert_uint_eq(answers.count, exact.count);
	answers_release(&exact);
}
END_TEST

START_TEST(words_are_found_without_spaces)
{
	ask(CHARINDEX_AUTO, "\u732B\u9854 lang:ja");
	ck_assert_uint_gt(answers.count, 5);
	ask(CHARINDEX_AUTO, "\uFF23\uFF2F\uFF24\uFF25\uFF32");
	ck_assert_uint_gt(answers.count, 0);
}
END_TEST

static void
release(void)
{
	answers_release(&answers);
}

static void
add_tests(TCase *tests)
{
	tcase_add_unchecked_fixture(tests, unit_index_open, unit_index_close);
	tcase_add_checked_fixture(tests, NULL, release);
	tcase_add_test(tests, classic_knows_words_and_nothing_else);
	tcase_add_test(tests, the_seed_answers_what_it_can);
	tcase_add_test(tests, else_the_first_source_that_has_rows);
	tcase_add_test(tests, then_aliases_keywords_and_definitions);
	tcase_add_test(tests, then_beginnings_substrings_and_corrections);
	tcase_add_test(tests, nonsense_has_no_match);
	tcase_add_test(tests, a_wrong_query_says_so_and_has_no_rows);
	tcase_add_test(tests, wide_shows_twenty_unless_more_are_asked_for);
	tcase_add_test(tests, wide_leads_with_what_people_expect);
	tcase_add_test(tests, a_page_beyond_the_last_row_is_empty);
	tcase_add_test(tests, skin_tones_are_hidden_unless_asked_for);
	tcase_add_test(tests, controls_are_found_by_their_aliases);
	tcase_add_test(tests, code_points_without_a_name_have_a_label);
	tcase_add_test(tests, sequences_are_recognised_in_text);
	tcase_add_test(tests, identifying_shows_every_character);
	tcase_add_test(tests, a_negative_number_is_what_the_seed_makes_of_it);
	tcase_add_test(tests, names_of_other_systems_are_code_forms);
	tcase_add_test(tests, names_from_other_systems_are_found_as_they_are_written_there);
	tcase_add_test(tests, words_that_join_others_are_left_out_of_what_is_no_name);
	tcase_add_test(tests, poor_answers_have_what_is_one_edit_away_besides);
	tcase_add_test(tests, words_that_say_only_that_a_character_is_meant_are_left_out);
	tcase_add_test(tests, words_that_no_row_has_together_are_left_out);
	tcase_add_test(tests, of_up_to_twelve_words);
	tcase_add_test(tests, plurals_are_found_as_their_singulars);
	tcase_add_test(tests, keywords_are_found_in_any_language_behind_english);
	tcase_add_test(tests, keywords_are_in_the_language_of_the_client_and_english);
	tcase_add_test(tests, accents_matter_where_the_exact_form_is_known);
	tcase_add_test(tests, words_are_found_without_spaces);
}

UNIT_MAIN("answers_modes", add_tests)
