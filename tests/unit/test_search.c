/* test_search.c - which characters a query finds. */
#include <stdlib.h>
#include <string.h>

#include "classic_search.h"
#include "index_file.h"
#include "reference.h"
#include "seeded.h"
#include "set_walk.h"
#include "unit.h"
#include "unit_index.h"

static const uint32_t slice_sizes[] = { 1, 2, 7, 1536, UINT32_MAX };

/* The rows of the answer are `expected`, whatever the size of the slices. */
static void
must_be_answered_from(const struct charindex *ci, const char *query, size_t length,
    const char *expected, size_t expected_length)
{
	struct bytes what = { 0 };

	bytes_add_escaped(&what, query, length < 100 ? length : 100);
	for (size_t i = 0; i < UNIT_COUNT(slice_sizes); i++) {
		struct bytes rows = { 0 };

		unit_index_answer(ci, query, length, slice_sizes[i], &rows);
		bytes_must_be(what.data, rows.data, rows.length, expected, expected_length);
		bytes_release(&rows);
	}
	bytes_release(&what);
}

static void
must_be_answered(const char *query, const char *expected)
{
	must_be_answered_from(unit_index, query, strlen(query), expected, strlen(expected));
}

/* Finds the same as `other`, and not nothing. */
static void
must_find_what_bytes_find(const char *query, size_t length, const char *other)
{
	struct bytes rows = { 0 };

	unit_index_answer(unit_index, other, strlen(other), UINT32_MAX, &rows);
	ck_assert_uint_gt(rows.length, 0);
	must_be_answered_from(unit_index, query, length, rows.data, rows.length);
	bytes_release(&rows);
}

static void
must_find_what(const char *query, const char *other)
{
	must_find_what_bytes_find(query, strlen(query), other);
}

/* ---- what the protocol says ---------------------------------------------------- */

START_TEST(answers_as_the_protocol_shows)
{
	must_be_answered("white bishop",
	    "U+2657 \t\u2657\tWHITE CHESS BISHOP\r\n"
	    "U+1FA0C\t\U0001FA0C\tWHITE CHESS BISHOP ROTATED NINETY DEGREES\r\n"
	    "U+1FA21\t\U0001FA21\tWHITE CHESS TURNED BISHOP\r\n"
	    "U+1FA36\t\U0001FA36\tWHITE CHESS BISHOP ROTATED TWO HUNDRED SEVENTY DEGREES\r\n"
	    "U+1FA50\t\U0001FA50\tWHITE CHESS KNIGHT-BISHOP\r\n");
	must_be_answered("currency euro", "U+20A0 \t\u20A0\tEURO-CURRENCY SIGN\r\n");
	must_be_answered("space ogham", "U+1680 \t\u1680\tOGHAM SPACE MARK\r\n");
}
END_TEST

START_TEST(the_code_point_is_padded_to_seven_columns)
{
	must_be_answered("heavy dollar", "U+1F4B2\t\U0001F4B2\tHEAVY DOLLAR SIGN\r\n");
	must_be_answered("variation selector 256", "U+E01EF\t\U000E01EF\tVARIATION SELECTOR-256\r\n");
	must_be_answered("ampersand turned", "U+214B \t\u214B\tTURNED AMPERSAND\r\n");
	must_be_answered("low line centreline", "U+FE4E \t\uFE4E\tCENTRELINE LOW LINE\r\n");
	must_be_answered("commercial at small", "U+FE6B \t\uFE6B\tSMALL COMMERCIAL AT\r\n");
}
END_TEST

START_TEST(the_order_of_words_does_not_matter)
{
	must_find_what("bishop white", "white bishop");
	must_find_what("degrees ninety chess rotated", "chess rotated ninety degrees");
}
END_TEST

START_TEST(a_repeated_word_counts_once)
{
	must_find_what("rook rook", "rook");
	must_find_what("white bishop WHITE Bishop white", "white bishop");
	must_find_what("a a a a a a a a a a a a a a a a a a a a a", "a");
}
END_TEST

START_TEST(case_does_not_matter)
{
	must_find_what("WHITE BISHOP", "white bishop");
	must_find_what("wHiTe BiShOp", "white bishop");
	must_find_what("cro\u00DF", "cross");
	must_find_what("\uFB01ve", "five");
	must_find_what("\u017Fquare", "square");
	must_find_what("k\u0131ng", "king");
	must_find_what("o\uFB03ce", "office");
}
END_TEST

START_TEST(a_letter_that_is_not_ascii_in_upper_case_finds_nothing)
{
	must_be_answered("k\u0130ng", "");
	must_be_answered("\u212Aing", "");
	must_be_answered("\u01F0", "");
	must_be_answered("\uFF2B\uFF29\uFF2E\uFF27", "");
	must_be_answered("caf\u00E9", "");
}
END_TEST

START_TEST(all_but_word_characters_separates_words)
{
	must_find_what("white-bishop", "white bishop");
	must_find_what("\t(white)+[bishop]!", "white bishop");
	must_find_what("white\u0301bishop", "white bishop");
	must_find_what("white\u3000bishop\u00A0", "white bishop");
	must_find_what("white\u265Dbishop", "white bishop");
	must_be_answered("white_bishop", "");
	must_be_answered("whitebishop", "");
}
END_TEST

START_TEST(what_is_not_utf_8_separates_words)
{
	static const char *const separators[] = { "\xFF", "\x80", "\xC3", "\xE2\x99", "\xF0\x9F\x98",
		"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80" };

	for (size_t i = 0; i < UNIT_COUNT(separators); i++) {
		struct bytes query = { 0 };

		bytes_printf(&query, "%swhite%sbishop%s", separators[i], separators[i], separators[i]);
		must_find_what(query.data, "white bishop");
		bytes_release(&query);
	}
}
END_TEST

START_TEST(a_nul_separates_words)
{
	must_find_what_bytes_find("\0white\0bishop\0", 14, "white bishop");
}
END_TEST

START_TEST(a_query_without_words_finds_nothing)
{
	must_be_answered("", "");
	must_be_answered("   ", "");
	must_be_answered("+++", "");
	must_be_answered("\u0301", "");
	must_be_answered("\xFF", "");
	must_be_answered("\U0001F600", "");
}
END_TEST

START_TEST(one_word_that_no_name_has_finds_nothing)
{
	must_be_answered("xyzzy", "");
	must_be_answered("white xyzzy", "");
	must_be_answered("xyzzy bishop", "");
	must_be_answered("bisho", "");
	must_be_answered("bishops", "");
	must_be_answered("white bishop chess rotated ninety degrees turned", "");
}
END_TEST

START_TEST(ideographs_are_found_by_three_words_only)
{
	struct bytes rows = { 0 };

	must_find_what("cjk unified ideograph", "unified ideograph");
	must_be_answered("4E01", "");
	must_be_answered("cjk unified ideograph-4e01", "");
	must_be_answered("cjk compatibility ideograph f900", "");
	must_be_answered("tangut 17000", "U+17000\t\U00017000\tTANGUT IDEOGRAPH-17000\r\n");
	must_be_answered("nushu 1B170", "U+1B170\t\U0001B170\tNUSHU CHARACTER-1B170\r\n");
	must_be_answered("hangul gag", "U+AC01 \t\uAC01\tHANGUL SYLLABLE GAG\r\n");
	ck_assert_uint_gt(unit_index_answer(unit_index, "cjk unified ideograph", 21, UINT32_MAX, &rows),
	    90000);
	bytes_release(&rows);
}
END_TEST

START_TEST(controls_are_not_found)
{
	must_be_answered("horizontal tabulation",
	    "U+2409 \t\u2409\tSYMBOL FOR HORIZONTAL TABULATION\r\n");
	must_be_answered("line feed",
	    "U+240A \t\u240A\tSYMBOL FOR LINE FEED\r\n"
	    "U+3037 \t\u3037\tIDEOGRAPHIC TELEGRAPH LINE FEED SEPARATOR SYMBOL\r\n");
}
END_TEST

/* ---- limits ---------------------------------------------------------------------- */

/* An index of two names: `name` and OTHER. */
static struct charindex *
open_index_of(const char *name)
{
	struct builder builder = { 0 };
	struct index_file file;
	struct charindex *ci;

	builder_category(&builder, 0, 0);
	builder_category(&builder, 0x80, 2); /* Ll */
	ck_assert_int_eq(builder_add(&builder, 0x41, name, strlen(name)), BUILDER_OK);
	ck_assert_int_eq(builder_add(&builder, 0x43, "OTHER", 5), BUILDER_OK);
	ck_assert_int_eq(builder_finish(&builder), BUILDER_OK);
	index_file_build(&file, &builder);
	builder_release(&builder);
	ck_assert_int_eq(charindex_open(file.path, &ci), CHARINDEX_OK);
	index_file_release(&file);
	return ci;
}

static void
must_find(const struct charindex *ci, const char *query, uint64_t count)
{
	struct bytes rows = { 0 };
	uint64_t found = unit_index_answer(ci, query, strlen(query), UINT32_MAX, &rows);

	ck_assert_msg(found == count, "%s finds %llu", query, (unsigned long long)found);
	bytes_release(&rows);
}

START_TEST(sixteen_words_can_be_found_together)
{
	struct charindex *ci = open_index_of("A B C D E F G H I J K L M N O P");

	must_find(ci, "A B C D E F G H I J K L M N O P", 1);
	must_find(ci, "p o n m l k j i h g f e d c b a", 1);
	must_find(ci, "p o n m l k j i h g f e d c b a p o n a", 1);
	must_find(ci, "p o n m l k j i h g f e d c b a q", 0);
	must_find(ci, "p o n m l k j i h g f e d c b a other", 0);
	must_find(ci, "other", 1);
	charindex_close(ci);
}
END_TEST

START_TEST(more_words_than_a_name_can_have_find_nothing)
{
	for (uint32_t count = CHARINDEX_MAX_WORDS - 1; count <= CHARINDEX_MAX_WORDS + 10; count++) {
		struct bytes query = { 0 };

		for (uint32_t n = 0; n < count; n++) {
			struct charindex_word word = charindex_word(unit_index, 100 * n);

			bytes_printf(&query, "%.*s ", (int)word.length, word.text);
		}
		must_be_answered(query.data, "");
		bytes_release(&query);
	}
}
END_TEST

START_TEST(the_longest_query_is_answered_like_any_other)
{
	struct bytes query = { 0 };

	bytes_repeat(&query, "rook, ", 4096 / 6);
	bytes_repeat(&query, " ", 4096 - query.length);
	must_find_what(query.data, "rook");
	bytes_release(&query);
	/* as many words as fit, all different */
	for (uint32_t n = 0; query.length < 4086; n++)
		bytes_printf(&query, "%.*s ", (int)charindex_word(unit_index, n).length,
		    charindex_word(unit_index, n).text);
	must_be_answered(query.data, "");
	bytes_release(&query);
}
END_TEST

START_TEST(words_of_255_bytes_are_found_and_longer_ones_are_not)
{
	static const struct {
		const char *unit;
		size_t times;
		const char *end;
		uint64_t found;
	} cases[] = {
		{ "s", 255, "", 1 },
		{ "S", 255, "", 1 },
		{ "S", 254, "", 0 },
		{ "s", 256, "", 0 },
		{ "s", 4096, "", 0 },
		{ "\u00DF", 127, "s", 1 },
		{ "\u00DF", 127, "", 0 },
		{ "\u00DF", 128, "", 0 },
		{ "\u017F", 255, "", 1 },
		{ "\u017F", 256, "", 0 },
		{ "s", 255, " other", 0 },
		{ "s", 255, " s", 0 },
	};
	struct bytes name = { 0 };
	struct charindex *ci;

	bytes_repeat(&name, "S", 255);
	ci = open_index_of(name.data);
	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		struct bytes query = { 0 };

		bytes_repeat(&query, cases[i].unit, cases[i].times);
		bytes_add_string(&query, cases[i].end);
		must_find(ci, query.data, cases[i].found);
		bytes_release(&query);
	}
	bytes_release(&name);
	charindex_close(ci);
}
END_TEST

/* ---- slices ---------------------------------------------------------------------- */

START_TEST(answers_the_same_whatever_the_size_of_the_slices)
{
	static const char *const queries[] = { "letter", "cjk", "hangul syllable", "a", "sign",
		"small letter a with", "cuneiform sign", "egyptian hieroglyph", "2" };

	for (size_t i = 0; i < UNIT_COUNT(queries); i++)
		must_find_what(queries[i], queries[i]);
}
END_TEST

START_TEST(a_search_can_be_copied_and_left_alone)
{
	struct charindex_search search, copy;
	struct charindex_run first, again;

	classic_search_init(&search, unit_index, "letter", 6);
	for (int i = 0; i < 100; i++)
		ck_assert(classic_search_next(&search, 7, &first));
	copy = search;
	for (int i = 0; i < 100; i++) {
		ck_assert(classic_search_next(&search, 7, &first));
		ck_assert(classic_search_next(&copy, 7, &again));
		ck_assert_ptr_eq(first.text, again.text);
		ck_assert_uint_eq(first.length, again.length);
		ck_assert_uint_eq(first.first, again.first);
		ck_assert_uint_eq(first.count, again.count);
	}
}
END_TEST

/* The answer to `query` by classic_search_copy() into pieces of `room` bytes, and by
 * classic_search_next() where that copies nothing, must be the same as by the latter
 * alone. */
static void
must_copy_what_it_finds(const char *query, size_t room)
{
	struct charindex_search search;
	struct charindex_run run;
	struct bytes expected = { 0 }, copied = { 0 };
	uint64_t expected_rows = 0, rows = 0;
	size_t length;
	char *out = malloc(room);

	ck_assert_ptr_nonnull(out);
	classic_search_init(&search, unit_index, query, strlen(query));
	while (classic_search_next(&search, UINT32_MAX, &run)) {
		bytes_add(&expected, run.text, run.length);
		expected_rows += run.count;
	}
	classic_search_init(&search, unit_index, query, strlen(query));
	for (;;) {
		while ((length = classic_search_copy(&search, out, room, &rows)) > 0) {
			UNIT_HOLDS(length <= room);
			bytes_add(&copied, out, length);
		}
		if (!classic_search_next(&search, 3, &run))
			break;
		bytes_add(&copied, run.text, run.length);
		rows += run.count;
	}
	ck_assert_uint_eq(rows, expected_rows);
	ck_assert_uint_eq(copied.length, expected.length);
	if (copied.length > 0)
		ck_assert_mem_eq(copied.data, expected.data, expected.length);
	bytes_release(&expected);
	bytes_release(&copied);
	free(out);
}

START_TEST(copies_what_it_finds)
{
	static const char *const queries[] = { "rook", "letter", "capital letter", "cjk", "sign",
		"white bishop", "variation selector 256", "nosuchword", "" };
	static const size_t rooms[] = { 1, 40, 100, 1000, 5000, 100000 };

	for (size_t i = 0; i < UNIT_COUNT(queries); i++)
		for (size_t k = 0; k < UNIT_COUNT(rooms); k++)
			must_copy_what_it_finds(queries[i], rooms[k]);
}
END_TEST

/* ---- everything ------------------------------------------------------------------ */

static void
add_word(struct bytes *query, uint32_t n)
{
	struct charindex_word word = charindex_word(unit_index, n);

	bytes_add(query, word.text, word.length);
	bytes_add_string(query, " ");
}

/* With the instruction for counting bits and without, the same rows are found. */
static void
must_be_walked_the_same(const struct bytes *query)
{
	struct charindex_search search, plainly;
	struct format_run run, same;

	classic_search_init(&search, unit_index, query->data, query->length);
	plainly = search;
	do {
		run = set_walk_next(&search);
		same = set_walk_next_plain(&plainly);
		UNIT_HOLDS(run.first == same.first && run.end == same.end);
	} while (run.first < run.end);
}

static void
must_be_answered_as_by(const struct reference *reference, const uint16_t *words, uint32_t count)
{
	struct bytes query = { 0 }, expected = { 0 }, rows = { 0 };

	for (uint32_t i = 0; i < count; i++)
		add_word(&query, words[i]);
	reference_answer(reference, words, count, &expected);
	unit_index_answer(unit_index, query.data, query.length, UINT32_MAX, &rows);
	bytes_must_be(query.data, rows.data, rows.length, expected.data, expected.length);
	must_be_walked_the_same(&query);
	bytes_release(&query);
	bytes_release(&expected);
	bytes_release(&rows);
}

/* A row that has a random word; of random rows most would be ideographs. */
static uint32_t
random_row(struct seeded *seeded)
{
	uint32_t word = seeded_below(seeded, charindex_info(unit_index).term_count);

	return index_run(unit_index, index_first_run(unit_index, word)).first;
}

static uint16_t
random_word(const struct reference *reference, uint32_t row, struct seeded *seeded)
{
	uint32_t count;
	const uint16_t *words = reference_words(reference, row, &count);

	return words[seeded_below(seeded, count)];
}

START_TEST(finds_what_comparing_every_name_finds)
{
	struct seeded seeded = { 2657 };
	struct reference reference;

	reference_init(&reference, unit_index);
	for (int i = 0; i < 200; i++) {
		uint16_t words[3];
		uint32_t count = 2 + seeded_below(&seeded, 2);
		uint32_t row = random_row(&seeded);

		/* mostly words of one name, so that there is something to find */
		for (uint32_t n = 0; n < count; n++) {
			if (seeded_below(&seeded, 8) == 0)
				row = random_row(&seeded);
			words[n] = random_word(&reference, row, &seeded);
		}
		must_be_answered_as_by(&reference, words, count);
	}
	reference_release(&reference);
}
END_TEST

static uint16_t
number_of(const char *wanted)
{
	uint16_t n = 0;

	for (;; n++) {
		struct charindex_word word = charindex_word(unit_index, n);

		if (word.length == strlen(wanted) && memcmp(word.text, wanted, word.length) == 0)
			return n;
	}
}

/* Where `query` is looked for, the first free slot is made to say that there is `term`, with all of the
 * query's hash that a slot has: it must not be taken for it. */
static void
must_not_be_taken_for(const char *query, const char *term)
{
	uint32_t hash = format_hash(query, strlen(query)), mask, slot;
	struct bytes rows = { 0 };
	struct index_file file;
	struct charindex *ci;
	size_t slots;

	index_file_copy(&file, unit_index_path());
	slots = index_file_section(&file, "HASH");
	mask = (uint32_t)index_file_length(&file, "HASH") / 4 - 1;
	slot = hash & mask;
	while (index_file_get(&file, slots + 4 * (size_t)slot) != 0)
		slot = (slot + 1) & mask;
	index_file_put(&file, slots + 4 * (size_t)slot, (hash & ~mask) | (number_of(term) + 1u));
	ck_assert_int_eq(charindex_open(file.path, &ci), CHARINDEX_OK);
	unit_index_answer(ci, query, strlen(query), UINT32_MAX, &rows);
	ck_assert_uint_eq(rows.length, 0);
	bytes_release(&rows);
	charindex_close(ci);
	index_file_release(&file);
}

START_TEST(a_term_is_known_by_all_its_bytes)
{
	must_not_be_taken_for("ZOOK", "ROOK");
	must_not_be_taken_for("ROOKZ", "ROOK");
	must_not_be_taken_for("HIEROGLY", "HIEROGLYPH");
	must_not_be_taken_for("HIEROGLYPZ", "HIEROGLYPH");
	must_not_be_taken_for("HIEROGLYPHZ", "HIEROGLYPH");
}
END_TEST

START_TEST(the_most_frequent_words_intersect_right)
{
	static const char *const frequent[] = { "LETTER", "SMALL", "CAPITAL", "WITH", "SIGN", "A",
		"SYLLABLE", "LATIN", "HANGUL", "IDEOGRAPH" };
	uint16_t numbers[UNIT_COUNT(frequent)];
	struct reference reference;

	for (size_t i = 0; i < UNIT_COUNT(frequent); i++)
		numbers[i] = number_of(frequent[i]);
	reference_init(&reference, unit_index);
	for (size_t i = 0; i < UNIT_COUNT(frequent); i++)
		for (size_t j = i + 1; j < UNIT_COUNT(frequent); j++)
			must_be_answered_as_by(&reference, (uint16_t[]){ numbers[i], numbers[j] }, 2);
	for (size_t i = 0; i + 2 < UNIT_COUNT(frequent); i++)
		must_be_answered_as_by(&reference, numbers + i, 3);
	reference_release(&reference);
}
END_TEST

START_TEST(every_name_is_found_by_all_its_words)
{
	struct seeded seeded = { 99 };
	struct reference reference;

	reference_init(&reference, unit_index);
	for (int i = 0; i < 500; i++) {
		uint32_t n = random_row(&seeded);
		uint32_t count;
		const uint16_t *words = reference_words(&reference, n, &count);
		struct bytes query = { 0 };
		struct charindex_search search;
		struct charindex_run run;
		bool found = false;

		while (count-- > 0)
			add_word(&query, words[count]);
		classic_search_init(&search, unit_index, query.data, query.length);
		while (classic_search_next(&search, UINT32_MAX, &run))
			found |= run.first <= n && n - run.first < run.count;
		ck_assert_msg(found, "%s does not find row %u", query.data, (unsigned)n);
		bytes_release(&query);
	}
	reference_release(&reference);
}
END_TEST

START_TEST(every_word_finds_as_many_rows_as_it_says)
{
	uint32_t term_count = charindex_info(unit_index).term_count;
	uint64_t postings = 0;

	for (uint32_t n = 0; n < term_count; n++) {
		struct charindex_word word = charindex_word(unit_index, n);
		struct charindex_search search;
		struct charindex_run run;
		uint32_t found = 0;

		classic_search_init(&search, unit_index, word.text, word.length);
		while (classic_search_next(&search, UINT32_MAX, &run))
			found += run.count;
		UNIT_HOLDS(found == word.row_count && found > 0);
		postings += found;
	}
	ck_assert_uint_eq(postings, 569838);
}
END_TEST

START_TEST(words_are_distinct_and_in_byte_order)
{
	uint32_t term_count = charindex_info(unit_index).term_count;
	struct charindex_word before = charindex_word(unit_index, 0);

	for (uint32_t n = 1; n < term_count; n++) {
		struct charindex_word word = charindex_word(unit_index, n);
		size_t common = before.length < word.length ? before.length : word.length;
		int order = memcmp(before.text, word.text, common);

		UNIT_HOLDS(order < 0 || (order == 0 && before.length < word.length));
		before = word;
	}
}
END_TEST

START_TEST(info_says_what_the_index_holds)
{
	struct charindex_info info = charindex_info(unit_index);

	ck_assert_str_eq(info.unicode_version, "18.0.0");
	ck_assert_uint_eq(info.row_count, 172808);
	ck_assert_uint_eq(info.term_count, 45921);
	ck_assert_uint_gt(info.file_size, 1000000);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_unchecked_fixture(tests, unit_index_open, unit_index_close);
	tcase_add_test(tests, answers_as_the_protocol_shows);
	tcase_add_test(tests, the_code_point_is_padded_to_seven_columns);
	tcase_add_test(tests, the_order_of_words_does_not_matter);
	tcase_add_test(tests, a_repeated_word_counts_once);
	tcase_add_test(tests, case_does_not_matter);
	tcase_add_test(tests, a_letter_that_is_not_ascii_in_upper_case_finds_nothing);
	tcase_add_test(tests, all_but_word_characters_separates_words);
	tcase_add_test(tests, what_is_not_utf_8_separates_words);
	tcase_add_test(tests, a_nul_separates_words);
	tcase_add_test(tests, a_query_without_words_finds_nothing);
	tcase_add_test(tests, one_word_that_no_name_has_finds_nothing);
	tcase_add_test(tests, ideographs_are_found_by_three_words_only);
	tcase_add_test(tests, controls_are_not_found);
	tcase_add_test(tests, sixteen_words_can_be_found_together);
	tcase_add_test(tests, more_words_than_a_name_can_have_find_nothing);
	tcase_add_test(tests, the_longest_query_is_answered_like_any_other);
	tcase_add_test(tests, words_of_255_bytes_are_found_and_longer_ones_are_not);
	tcase_add_test(tests, answers_the_same_whatever_the_size_of_the_slices);
	tcase_add_test(tests, a_search_can_be_copied_and_left_alone);
	tcase_add_test(tests, copies_what_it_finds);
	tcase_add_test(tests, finds_what_comparing_every_name_finds);
	tcase_add_test(tests, a_term_is_known_by_all_its_bytes);
	tcase_add_test(tests, the_most_frequent_words_intersect_right);
	tcase_add_test(tests, every_name_is_found_by_all_its_words);
	tcase_add_test(tests, every_word_finds_as_many_rows_as_it_says);
	tcase_add_test(tests, words_are_distinct_and_in_byte_order);
	tcase_add_test(tests, info_says_what_the_index_holds);
}

UNIT_MAIN("search", add_tests)
