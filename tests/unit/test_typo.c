/* test_typo.c - what a misspelt word is taken for. */
#include "typo.h"

#include <string.h>

#include "bytes.h"
#include "unit.h"
#include "unit_index.h"

/* What it counts to correct the word, in the client's languages. */
static uint64_t
work_of(const struct charindex *ci, const char *word)
{
	struct scope scope = { .sources = QUERY_ANY, .languages = "", .english = true };
	struct typo typo;

	typo_correct(ci, word, strlen(word), &scope, false, &typo);
	return typo.work;
}

static struct typo
correct_known_too(const char *word, const char *language, bool known_too)
{
	struct scope scope = { .sources = QUERY_ANY,
		.languages = language != NULL ? language : "",
		.english = true };
	struct typo typo;

	typo_correct(unit_index, word, strlen(word), &scope, known_too, &typo);
	UNIT_HOLDS(typo.count <= TYPO_MAX);
	for (uint32_t i = 0; i < typo.count; i++)
		for (uint32_t j = 0; j < i; j++)
			UNIT_HOLDS(typo.word[i].length != typo.word[j].length ||
			    memcmp(typo.word[i].text, typo.word[j].text, typo.word[i].length) != 0);
	return typo;
}

static struct typo
correct(const char *word, const char *language)
{
	return correct_known_too(word, language, false);
}

/* The likeliest correction. */
static void
must_be(const char *word, const char *expected)
{
	struct typo typo = correct(word, "en");

	if (typo.count == 0)
		bytes_must_be(word, "", 0, expected, strlen(expected));
	else
		bytes_must_be(word, typo.word[0].text, typo.word[0].length, expected, strlen(expected));
}

START_TEST(one_edit_of_each_kind)
{
	must_be("smilng", "smiling");   /* a letter left out */
	must_be("smiiling", "smiling"); /* put in */
	must_be("smiting", "smiling");  /* changed */
	must_be("smliing", "smiling");  /* two swapped */
	must_be("bsihop", "bishop");
}
END_TEST

START_TEST(two_edits_for_long_words)
{
	must_be("smilgni", "smiling");
	must_be("matematicl", "mathematical");
}
END_TEST

START_TEST(a_word_that_is_known_is_its_own_correction)
{
	struct typo typo = correct("bishop", "en");

	ck_assert_uint_eq(typo.count, 1);
	bytes_must_be("bishop", typo.word[0].text, typo.word[0].length, "bishop", 6);
	must_be("BISHOP", "bishop");
}
END_TEST

START_TEST(a_word_that_is_known_may_have_been_another)
{
	struct typo typo = correct_known_too("lock", "en", true);
	bool clock = false;

	ck_assert(typo.known);
	for (uint32_t i = 0; i < typo.count; i++) {
		UNIT_HOLDS(typo.word[i].length != 4 || memcmp(typo.word[i].text, "lock", 4) != 0);
		UNIT_HOLDS(typo.word[i].cost > 0);
		clock |= typo.word[i].length == 5 && memcmp(typo.word[i].text, "clock", 5) == 0;
	}
	ck_assert(clock);
	ck_assert_uint_eq(correct_known_too("tete", "fr", true).count, 0); /* which lacks accents */
}
END_TEST

START_TEST(all_corrections_are_equally_near)
{
	struct typo typo = correct("rok", "en");

	ck_assert_uint_gt(typo.count, 0);
	for (uint32_t i = 0; i < typo.count; i++)
		UNIT_HOLDS(typo.word[i].length >= 2 && typo.word[i].length <= 5);
}
END_TEST

START_TEST(nothing_is_near_nonsense)
{
	struct bytes text = { 0 };

	must_be("xqzjvxq", "");
	must_be("", "");
	bytes_repeat(&text, "x", 255);
	must_be(text.data, "");
	bytes_release(&text);
}
END_TEST

START_TEST(words_of_other_languages)
{
	struct typo typo = correct("grenouile", "fr");

	UNIT_HOLDS(typo.count > 0 && typo.word[0].length == 10 &&
	    memcmp(typo.word[0].text, "grenouille", 10) == 0);
	typo = correct("\u3042\u304B\u3061\u3083\u3093\u3093", "ja");
	UNIT_HOLDS(typo.count <= TYPO_MAX);
}
END_TEST

/* Of work there is a bound, so that what is found would depend on what was asked before. */
START_TEST(it_counts_the_same_whether_tables_have_been_made_or_not)
{
	static const char *const words[] = { "linefed", "smilng", "wholeheart", "zzqqj" };
	enum { COUNT = sizeof(words) / sizeof(words[0]), ENOUGH = 100 };
	struct charindex *ci;
	uint64_t first[COUNT];

	ck_assert_int_eq(charindex_open(unit_index_path(), &ci), CHARINDEX_OK);
	for (int i = 0; i < COUNT; i++)
		first[i] = work_of(ci, words[i]);
	for (int n = 0; n < ENOUGH; n++)
		for (int i = 0; i < COUNT; i++)
			work_of(ci, words[i]);
	for (int i = 0; i < COUNT; i++)
		ck_assert_uint_eq(work_of(ci, words[i]), first[i]);
	charindex_close(ci);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_unchecked_fixture(tests, unit_index_open, unit_index_close);
	tcase_add_test(tests, one_edit_of_each_kind);
	tcase_add_test(tests, two_edits_for_long_words);
	tcase_add_test(tests, a_word_that_is_known_is_its_own_correction);
	tcase_add_test(tests, a_word_that_is_known_may_have_been_another);
	tcase_add_test(tests, all_corrections_are_equally_near);
	tcase_add_test(tests, nothing_is_near_nonsense);
	tcase_add_test(tests, words_of_other_languages);
	tcase_add_test(tests, it_counts_the_same_whether_tables_have_been_made_or_not);
}

UNIT_MAIN("typo", add_tests)
