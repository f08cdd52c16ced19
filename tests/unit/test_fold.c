/* test_fold.c - how text becomes folded words. */
#include <string.h>

#include "bytes.h"
#include "fold.h"
#include "fold_variant.h"
#include "unit.h"

/* The words, each after a bar; runs after two. */
static void
must_fold_to(const char *text, enum fold_runs runs, const char *expected)
{
	struct folded folded;
	struct bytes got = { 0 };

	UNIT_HOLDS(fold_text(&folded, text, strlen(text), runs));
	for (uint32_t i = 0; i < folded.count; i++) {
		bytes_add_string(&got, folded.word[i].run ? "||" : "|");
		bytes_add(&got, folded.bytes + folded.word[i].offset, folded.word[i].length);
	}
	bytes_must_be(text, got.data, got.length, expected, strlen(expected));
	bytes_release(&got);
}

static void
must_be(const char *text, const char *expected)
{
	must_fold_to(text, FOLD_SEGMENTS, expected);
}

START_TEST(case_is_folded)
{
	must_be("White CHESS bishop", "|white|chess|bishop");
	must_be("STRASSE stra\u00DFe STRA\u1E9EE", "|strasse|strasse|strasse");
	must_be("\u0394\u03AF\u03C2 \u039F\u0394\u039F\u03A3",
	    "|\u03B4\u03AF\u03C3|\u03BF\u03B4\u03BF\u03C3");
}
END_TEST

START_TEST(width_and_compatibility_forms_are_folded)
{
	must_be("\uFF21\uFF22\uFF23", "|abc");
	must_be("\uFB01ve", "|five");
	must_be("\u338F", "|kg");
	must_be("x\u00B2", "|x2");
	must_be("\u2460\u2461", "|12");
	must_be("\uFF76\uFF9E", "|\u304C");
}
END_TEST

START_TEST(canonical_forms_are_the_same)
{
	must_be("te\u0302te t\u00EAte", "|t\u00EAte|t\u00EAte");
	must_be("\u1112\u1161\u11AB", "|\uD55C");
	must_be("\u212B", "|\u00E5");
}
END_TEST

START_TEST(what_is_no_letter_mark_or_number_separates_words)
{
	must_be("knight-bishop", "|knight|bishop");
	must_be("d'ivoire d\u2019ivoire", "|d|ivoire|d|ivoire");
	must_be("a_b 1.5 \u00E9_\u00E9", "|a|b|1|5|\u00E9|\u00E9");
	must_be("\u20AC\u2014a\u00A0b", "|a|b");
	must_be("-- \t!", "");
	must_be("", "");
}
END_TEST

START_TEST(a_mark_belongs_to_what_it_stands_on)
{
	must_be("=\u0338 a", "|a"); /* which is one character, not equal to */
	must_be("(\u00E9)(e\u0301)", "|\u00E9|\u00E9");
}
END_TEST

START_TEST(scripts_without_spaces_are_segmented)
{
	must_be("\u7537\u306E\u4EBA", "|\u7537|\u306E|\u4EBA");
	must_fold_to("\u7537\u306E\u4EBA", FOLD_BOTH, "|\u7537|\u306E||\u7537\u306E\u4EBA|\u4EBA");
	must_fold_to("\u7537\u306E\u4EBA x", FOLD_RUNS, "|\u7537\u306E\u4EBA|x");
	must_fold_to("\u7537", FOLD_BOTH, "|\u7537");
	must_be("\u0E2B\u0E19\u0E49\u0E32\u0E41\u0E21\u0E27",
	    "|\u0E2B\u0E19\u0E49\u0E32|\u0E41\u0E21\u0E27");
	must_be("\uD55C\uAD6D \uC0AC\uB78C", "|\uD55C\uAD6D|\uC0AC\uB78C");
}
END_TEST

/* Of Unicode 18, which no ICU of a distribution knows yet: letters of words, one of them run on. */
START_TEST(characters_are_those_of_the_tables)
{
	must_be("\U00018E00\U00019191 \U0003D000", "|\U00018E00\U00019191|\U0003D000");
	must_be("a\U0001FACCb", "|a|b");
	must_be("a\U000323B0", "|a|\U000323B0");
}
END_TEST

START_TEST(bytes_that_are_not_utf_8_separate_words)
{
	must_be("a\xFF"
	        "b",
	    "|a|b");
	must_be("\xC3", "");
	must_be("caf\xC3 \xE2\x82", "|caf");
}
END_TEST

START_TEST(words_that_are_too_long_are_left_out)
{
	struct bytes text = { 0 };
	struct folded folded;

	bytes_repeat(&text, "x", FOLD_MAX_WORD);
	bytes_add_string(&text, " y ");
	bytes_repeat(&text, "z", FOLD_MAX_WORD + 1);
	UNIT_HOLDS(fold_text(&folded, text.data, text.length, FOLD_SEGMENTS));
	ck_assert_uint_eq(folded.count, 2);
	ck_assert_uint_eq(folded.word[0].length, FOLD_MAX_WORD);
	text.length = 0;
	bytes_repeat(&text, "\u00E9", FOLD_MAX_WORD);
	bytes_add_string(&text, " y");
	UNIT_HOLDS(fold_text(&folded, text.data, text.length, FOLD_SEGMENTS));
	ck_assert_uint_eq(folded.count, 1);
	bytes_release(&text);
}
END_TEST

START_TEST(a_text_with_too_many_words_has_none)
{
	struct bytes text = { 0 };
	struct folded folded;

	bytes_repeat(&text, "a ", FOLD_MAX_WORDS - 1);
	UNIT_HOLDS(fold_text(&folded, text.data, text.length, FOLD_SEGMENTS) &&
	    folded.count == FOLD_MAX_WORDS - 1);
	bytes_add_string(&text, "b");
	UNIT_HOLDS(!fold_text(&folded, text.data, text.length, FOLD_SEGMENTS) && folded.count == 0);
	bytes_add_string(&text, " \u00E9");
	UNIT_HOLDS(!fold_text(&folded, text.data, text.length, FOLD_SEGMENTS) && folded.count == 0);
	bytes_release(&text);
}
END_TEST

/* The longest text that is folded is 8,192 characters of UTF-16, folded. */
START_TEST(a_text_that_is_too_long_has_none)
{
	static const char *const long_ones[] = { "\uFDFA", "\u0153", "\u732B", "\u1F80\u0345" };

	for (size_t i = 0; i < UNIT_COUNT(long_ones); i++)
		for (size_t times = 1; times < 20000; times = times * 3 / 2 + 1) {
			struct bytes text = { 0 };
			char *copy;
			struct folded folded;

			bytes_repeat(&text, long_ones[i], times);
			copy = bytes_exact_copy(text.data, text.length);
			if (!fold_text(&folded, copy, text.length, FOLD_BOTH))
				ck_assert_uint_eq(folded.count, 0);
			free(copy);
			bytes_release(&text);
		}
}
END_TEST

START_TEST(pieces_fold_as_the_whole_does)
{
	static const char *const texts[] = { "a \u00E9,b\u0301 \u7537\u306E\u4EBA (\u4E18) c", "\u00E9",
		" \u00E9 ", "x\u0301\u0302-y", "\u20AC5 \uFB01 end" };

	for (size_t i = 0; i < UNIT_COUNT(texts); i++) {
		struct folded whole, again;
		struct bytes spaced = { 0 };

		UNIT_HOLDS(fold_text(&whole, texts[i], strlen(texts[i]), FOLD_SEGMENTS));
		for (uint32_t n = 0; n < whole.count; n++) {
			bytes_add(&spaced, whole.bytes + whole.word[n].offset, whole.word[n].length);
			bytes_add_string(&spaced, " ");
		}
		UNIT_HOLDS(fold_text(&again, spaced.data, spaced.length, FOLD_SEGMENTS));
		UNIT_HOLDS(again.count == whole.count && again.used == whole.used &&
		    memcmp(again.bytes, whole.bytes, whole.used) == 0);
		bytes_release(&spaced);
	}
}
END_TEST

/* What is kept from one text to the next says nothing of it. */
START_TEST(a_folder_folds_as_if_each_text_were_the_first)
{
	static const char *const texts[] = { "\u7537\u306E\u4EBA", "red heart",
		"\u0E2A\u0E27\u0E31\u0E2A\u0E14\u0E35", "\u00C9t\u00E9 \u7537\u306E", "\xFF",
		"\u0E18\u0E07 \u0E18\u0E07" };
	struct folder folder = { 0 };

	for (size_t i = 0; i < 3 * UNIT_COUNT(texts); i++) {
		const char *text = texts[i * 5 % UNIT_COUNT(texts)];
		struct folded first, again;

		UNIT_HOLDS(fold_text(&first, text, strlen(text), FOLD_BOTH));
		UNIT_HOLDS(folder_fold(&folder, &again, text, strlen(text), FOLD_BOTH));
		UNIT_HOLDS(again.count == first.count && again.used == first.used &&
		    memcmp(again.bytes, first.bytes, first.used) == 0);
	}
	UNIT_HOLDS(!folder.no_memory);
	folder_release(&folder);
}
END_TEST

static void
plain_must_be(const char *word, const char *expected)
{
	char out[FOLD_MAX_WORD];
	size_t length = fold_plain(word, strlen(word), out);

	bytes_must_be(word, out, length, expected, strlen(expected));
}

START_TEST(a_plain_word_has_no_accents)
{
	plain_must_be("t\u00EAte", "tete");
	plain_must_be("na\u00EFvet\u00E9", "naivete");
	plain_must_be("\u1EDF", "o");
	plain_must_be("z\u0142oty", "zloty");
	plain_must_be("\u00F8re", "ore");
	plain_must_be("k\u0131z", "kiz");
	plain_must_be("\u0111\u1ED3ng", "dong");
	plain_must_be("\u00E6\u00F0\u00FE", "aedth");
	plain_must_be("\u03B1\u03AC", "\u03B1\u03B1");
	plain_must_be("\u0391\u0301", "\u0391");
	plain_must_be("\u05E9\u05B8\u05DC", "\u05E9\u05DC"); /* Hebrew points */
	/* marks that are vowels, or make other letters */
	plain_must_be("\u0939\u093F\u0902", "");
	plain_must_be("\u0E2B\u0E31\u0E27", "");
	plain_must_be("\u304C", "");
	/* those without have none to lose */
	plain_must_be("tete", "");
	plain_must_be("\uD55C", "");
	plain_must_be("\xFF", "");
}
END_TEST

START_TEST(kana_are_hiragana)
{
	must_be("\u30CD\u30B3", "|\u306D\u3053");
	must_be("\u306D\u3053", "|\u306D\u3053");
	must_be("\u30E9\u30FC\u30E1\u30F3", "|\u3089\u30FC\u3081\u3093");
	must_be("\uFF97\uFF70\uFF92\uFF9D", "|\u3089\u30FC\u3081\u3093"); /* half width */
	must_be("\u30F6\u30FD\u30FE", "|\u3096\u309D\u309E");
	must_be("\u30F7", "|\u30F7"); /* which has no hiragana */
}
END_TEST

static void
written_out_must_be(const char *word, const char *expected)
{
	char out[FOLD_MAX_WORD];
	size_t length = fold_written_out(word, strlen(word), out);

	bytes_must_be(word, out, length, expected, strlen(expected));
}

START_TEST(umlauts_are_written_out)
{
	written_out_must_be("gr\u00FCn", "gruen");
	written_out_must_be("m\u00E4dchen\u00F6", "maedchenoe");
	written_out_must_be("sm\u00F8rebr\u00F8d\u00E5", "smoerebroedaa");
	written_out_must_be("grun", "");
	written_out_must_be("t\u00EAte", "");
	written_out_must_be("\u0E04", ""); /* whose bytes have some of theirs */
	written_out_must_be("", "");
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, case_is_folded);
	tcase_add_test(tests, width_and_compatibility_forms_are_folded);
	tcase_add_test(tests, canonical_forms_are_the_same);
	tcase_add_test(tests, what_is_no_letter_mark_or_number_separates_words);
	tcase_add_test(tests, a_mark_belongs_to_what_it_stands_on);
	tcase_add_test(tests, scripts_without_spaces_are_segmented);
	tcase_add_test(tests, characters_are_those_of_the_tables);
	tcase_add_test(tests, bytes_that_are_not_utf_8_separate_words);
	tcase_add_test(tests, words_that_are_too_long_are_left_out);
	tcase_add_test(tests, a_text_with_too_many_words_has_none);
	tcase_add_test(tests, a_text_that_is_too_long_has_none);
	tcase_add_test(tests, pieces_fold_as_the_whole_does);
	tcase_add_test(tests, a_folder_folds_as_if_each_text_were_the_first);
	tcase_add_test(tests, a_plain_word_has_no_accents);
	tcase_add_test(tests, kana_are_hiragana);
	tcase_add_test(tests, umlauts_are_written_out);
}

UNIT_MAIN("fold", add_tests)
