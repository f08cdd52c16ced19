/* test_words.c - what a word is, in a query and in a name. */
#include <string.h>

#include "unit.h"
#include "unit_index.h"
#include "words.h"

#define EUR "\xE2\x82\xAC"     /* U+20AC, Sc */
#define ACUTE "\xCC\x81"       /* U+0301, Mn */
#define KA "\xE0\xA4\x95"      /* U+0915, Lo */
#define VOWEL_I "\xE0\xA4\xBF" /* U+093F, Mc */
#define ROMAN_2 "\xE2\x85\xB1" /* U+2171, Nl, upper case U+2161 */
#define ROMAN_II "\xE2\x85\xA1"
#define SQUARED "\xC2\xB2"          /* U+00B2, No */
#define ARABIC_5 "\xD9\xA5"         /* U+0665, Nd */
#define CIRCLED_A "\xE2\x92\xB6"    /* U+24B6, So although it has case */
#define TIE "\xE2\x80\xBF"          /* U+203F, Pc, as `_` is */
#define GRINNING "\xF0\x9F\x98\x80" /* U+1F600, So */

/* Words are given as one string with a comma after each. */
struct words_case {
	const char *text, *words;
};

/* clang-format off */
static const struct words_case query_cases[] = {
	{ "", "" },
	{ " ", "" },
	{ "+++", "" },
	{ "rook", "ROOK," },
	{ "white bishop", "WHITE,BISHOP," },
	{ "  White\tBISHOP  ", "WHITE,BISHOP," },
	{ "euro-currency", "EURO,CURRENCY," },
	{ "u+2657", "U,2657," },
	{ "snake_case", "SNAKE_CASE," },
	{ "_", "_," },
	{ "a.b,c;d'e\"f", "A,B,C,D,E,F," },
	{ "rook rook", "ROOK,ROOK," },
	{ "@[`{/:", "" },
	/* every category of letters and numbers is part of a word ... */
	{ "\xC3\xA9t\xC3\xA9", "\xC3\x89T\xC3\x89," },
	{ "x" SQUARED, "X" SQUARED "," },
	{ ROMAN_2, ROMAN_II "," },
	{ "a" ARABIC_5 "z", "A" ARABIC_5 "Z," },
	{ KA "a", KA "A," },
	{ "\xCA\xB0", "\xCA\xB0," }, /* U+02B0, Lm */
	/* ... and of the others none: marks, punctuation, symbols, separators, controls */
	{ "a" ACUTE "b", "A,B," },
	{ KA VOWEL_I KA, KA "," KA "," },
	{ "10" EUR "5", "10,5," },
	{ "a" CIRCLED_A "b", "A,B," },
	{ "a" TIE "b", "A,B," },
	{ GRINNING, "" },
	{ "a\xC2\xA0" "b\xE3\x80\x80" "c", "A,B,C," },
	{ "a\xC2\xAD" "b", "A,B," },      /* U+00AD, Cf */
	{ "a\xE2\x80\x8D" "b", "A,B," },  /* U+200D, Cf */
	{ "a\x7F" "b\x01" "c", "A,B,C," },
	{ "a\xCD\xB8" "b", "A,B," },      /* U+0378, unassigned */
	{ "a\xEE\x80\x80" "b", "A,B," },  /* U+E000, Co */
	/* full case mapping, independent of language */
	{ "stra\xC3\x9F" "e", "STRASSE," },
	{ "\xEF\xAC\x81ve", "FIVE," },         /* U+FB01 */
	{ "\xEF\xAC\x83", "FFI," },            /* U+FB03 */
	{ "\xEF\xAC\x86", "ST," },             /* U+FB06 */
	{ "\xC5\xBFquare", "SQUARE," },        /* U+017F */
	{ "k\xC4\xB1ng", "KING," },            /* U+0131 */
	{ "kiNg", "KING," },
	{ "\xC4\xB0", "\xC4\xB0," },           /* U+0130 stays */
	{ "\xE2\x84\xAA", "\xE2\x84\xAA," },   /* U+212A, the Kelvin sign, stays */
	{ "\xC7\xB0", "J\xCC\x8C," },          /* U+01F0: the mark is part of its word */
	{ "a\xC7\xB0" "b", "AJ\xCC\x8C" "B," },
	{ "\xC5\x89", "\xCA\xBCN," },          /* U+0149 */
	{ "\xC7\x86\xC7\x85", "\xC7\x84\xC7\x84," },   /* U+01C6 U+01C5 */
	{ "\xCF\x83\xCF\x82", "\xCE\xA3\xCE\xA3," },   /* both sigmas */
	{ "\xCE\xAC", "\xCE\x86," },           /* U+03AC keeps its accent */
	/* what is not UTF-8 separates words */
	{ "white\xFF" "bishop", "WHITE,BISHOP," },
	{ "white\x80" "bishop", "WHITE,BISHOP," },
	{ "white\xE2\x99" "bishop", "WHITE,BISHOP," },
	{ "white\xC0\x80" "bishop", "WHITE,BISHOP," },
	{ "white\xED\xA0\x80" "bishop", "WHITE,BISHOP," },
	{ "white\xF4\x90\x80\x80" "bishop", "WHITE,BISHOP," },
	{ "a\xC3", "A," },
	{ "a\xE2\x82", "A," },
	{ "a\xF0\x9F\x98", "A," },
	{ "\xFF", "" },
	{ "\xC3\xC3\xA9", "\xC3\x89," },
};
/* clang-format on */

static const struct words_case name_cases[] = {
	{ "EURO-CURRENCY SIGN", "EURO,CURRENCY,SIGN," },
	{ "BELL, WITH (PARENTHESES)", "BELL,WITH,PARENTHESES," },
	{ "LATIN SMALL LETTER A", "LATIN,SMALL,LETTER,A," },
	{ "HANGUL JUNGSEONG O-E", "HANGUL,JUNGSEONG,O,E," },
	{ "TIBETAN MARK BSKA- SHOG GI MGO RGYAN", "TIBETAN,MARK,BSKA,SHOG,GI,MGO,RGYAN," },
	{ "CUNEIFORM SIGN AB TIMES ASH2", "CUNEIFORM,SIGN,AB,TIMES,ASH2," },
};

static uint32_t
fnv_1a_folded(const char *text, size_t length)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)text[i]) * 16777619u;
	return hash ^ (hash >> 15);
}

static void
must_be_split(const struct charindex *ci, const char *text, size_t length, const char *expected)
{
	char *copy = bytes_exact_copy(text, length);
	struct word_reader reader = { ci, copy, copy + length };
	struct bytes words = { 0 };
	struct word word;

	while (word_reader_next(&reader, &word)) {
		ck_assert_uint_gt(word.length, 0);
		if (word.length > FORMAT_MAX_WORD) {
			bytes_add_string(&words, "too long,");
			continue;
		}
		ck_assert_uint_eq(word.hash, fnv_1a_folded(word.text, word.length));
		bytes_add(&words, word.text, word.length);
		bytes_add_string(&words, ",");
	}
	ck_assert(!word_reader_next(&reader, &word));
	bytes_must_be(text, words.data, words.length, expected, strlen(expected));
	bytes_release(&words);
	free(copy);
}

static void
must_repeat_as(const char *unit, size_t times, const char *expected, size_t expected_times)
{
	struct bytes text = { 0 }, words = { 0 };

	bytes_repeat(&text, unit, times);
	bytes_repeat(&words, expected, expected_times);
	bytes_add_string(&words, ",");
	must_be_split(unit_index, text.data, text.length, words.data);
	bytes_release(&text);
	bytes_release(&words);
}

START_TEST(a_query_splits_at_all_but_letters_numbers_and_underscores)
{
	for (size_t i = 0; i < UNIT_COUNT(query_cases); i++)
		must_be_split(unit_index, query_cases[i].text, strlen(query_cases[i].text),
		    query_cases[i].words);
}
END_TEST

START_TEST(a_nul_separates_words)
{
	must_be_split(unit_index, "a\0b", 3, "A,B,");
	must_be_split(unit_index, "\0", 1, "");
}
END_TEST

START_TEST(a_name_splits_like_a_query)
{
	for (size_t i = 0; i < UNIT_COUNT(name_cases); i++) {
		const char *name = name_cases[i].text;

		must_be_split(NULL, name, strlen(name), name_cases[i].words);
		must_be_split(unit_index, name, strlen(name), name_cases[i].words);
	}
}
END_TEST

START_TEST(a_word_has_at_most_255_bytes_in_upper_case)
{
	must_repeat_as("a", 254, "A", 254);
	must_repeat_as("a", 255, "A", 255);
	must_repeat_as("a", 256, "too long", 1);
	must_repeat_as("a", 4096, "too long", 1);
	/* as many bytes after the mapping as before */
	must_repeat_as("\xC3\xA9", 127, "\xC3\x89", 127);
	must_repeat_as("\xC3\xA9", 128, "too long", 1);
	/* fewer: U+FB01 is three bytes, FI two; U+017F two, S one */
	must_repeat_as("\xEF\xAC\x81", 127, "FI", 127);
	must_repeat_as("\xEF\xAC\x81", 128, "too long", 1);
	must_repeat_as("\xC5\xBF", 255, "S", 255);
	must_repeat_as("\xC5\xBF", 256, "too long", 1);
	/* more: U+0390 is two bytes, three characters of two bytes each in upper case */
	must_repeat_as("\xCE\x90", 42, "\xCE\x99\xCC\x88\xCC\x81", 42);
	must_repeat_as("\xCE\x90", 43, "too long", 1);
}
END_TEST

START_TEST(a_word_after_one_that_is_too_long_is_read_as_ever)
{
	struct bytes text = { 0 };

	bytes_repeat(&text, "a", 300);
	bytes_add_string(&text, " rook ");
	bytes_repeat(&text, "\xC3\xA9", 300);
	bytes_add_string(&text, "-king");
	must_be_split(unit_index, text.data, text.length, "too long,ROOK,too long,KING,");
	bytes_release(&text);
}
END_TEST

START_TEST(a_name_has_no_word_that_is_not_ascii)
{
	must_be_split(NULL, "\xC3\xA9", 2, "");
	must_be_split(NULL, "CAF\xC3\x89 AU LAIT", 13, "CAF,AU,LAIT,");
}
END_TEST

START_TEST(the_code_point_of_an_ideograph_is_not_indexed)
{
	static const struct {
		const char *name, *indexed;
	} cases[] = {
		{ "CJK UNIFIED IDEOGRAPH-4E00", "CJK UNIFIED IDEOGRAPH-" },
		{ "CJK UNIFIED IDEOGRAPH-3134A", "CJK UNIFIED IDEOGRAPH-" },
		{ "CJK COMPATIBILITY IDEOGRAPH-F900", "CJK COMPATIBILITY IDEOGRAPH-" },
		{ "CJK COMPATIBILITY IDEOGRAPH-2FA1D", "CJK COMPATIBILITY IDEOGRAPH-" },
		{ "TANGUT IDEOGRAPH-17000", "TANGUT IDEOGRAPH-17000" },
		{ "NUSHU CHARACTER-1B170", "NUSHU CHARACTER-1B170" },
		{ "CJK STROKE T", "CJK STROKE T" },
		{ "CJK UNIFIED", "CJK UNIFIED" },
		{ "SMALL CJK UNIFIED IDEOGRAPH-4E00", "SMALL CJK UNIFIED IDEOGRAPH-4E00" },
	};

	for (size_t i = 0; i < UNIT_COUNT(cases); i++)
		ck_assert_uint_eq(words_indexed_length(cases[i].name, strlen(cases[i].name)),
		    strlen(cases[i].indexed));
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_unchecked_fixture(tests, unit_index_open, unit_index_close);
	tcase_add_test(tests, a_query_splits_at_all_but_letters_numbers_and_underscores);
	tcase_add_test(tests, a_nul_separates_words);
	tcase_add_test(tests, a_name_splits_like_a_query);
	tcase_add_test(tests, a_word_has_at_most_255_bytes_in_upper_case);
	tcase_add_test(tests, a_word_after_one_that_is_too_long_is_read_as_ever);
	tcase_add_test(tests, a_name_has_no_word_that_is_not_ascii);
	tcase_add_test(tests, the_code_point_of_an_ideograph_is_not_indexed);
}

UNIT_MAIN("words", add_tests)
