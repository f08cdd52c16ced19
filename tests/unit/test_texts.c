/* test_texts.c - the page says all that it says in each of its languages. */
#include <stdio.h>
#include <string.h>

#include "texts.h"
#include "unit.h"

/* The places of a text, "{first}{last}", in the order of their names. */
static void
gather_places(const char *text, char out[64])
{
	char places[4][16] = { "" };
	int count = 0;

	while ((text = strchr(text, '{')) != NULL) {
		size_t length = strcspn(text, "}") + 1;
		int at = count++;

		UNIT_HOLDS(count <= 4 && length < sizeof(places[0]));
		for (; at > 0 && strncmp(text, places[at - 1], length) < 0; at--)
			strcpy(places[at], places[at - 1]);
		memcpy(places[at], text, length);
		places[at][length] = '\0';
		text += length;
	}
	out[0] = '\0';
	for (int i = 0; i < count; i++)
		strcat(out, places[i]);
}

START_TEST(each_language_has_each_text)
{
	for (const struct texts *const *texts = texts_all; *texts != NULL; texts++)
		for (int text = 0; text < TEXT_COUNT; text++) {
			char expected[64], found[64];

			ck_assert_msg((*texts)->text[text] != NULL && (*texts)->text[text][0] != '\0',
			    "%s has no %s", (*texts)->tag, texts_names[text]);
			gather_places(texts_en.text[text], expected);
			gather_places((*texts)->text[text], found);
			ck_assert_msg(strcmp(expected, found) == 0, "%s, %s: %s is not %s", (*texts)->tag,
			    texts_names[text], found, expected);
		}
}
END_TEST

/* Words that are the same in both languages, which somebody has looked at. */
static bool
may_be_as_in_english(const char *tag, enum page_text text)
{
	static const struct {
		const char *tag;
		enum page_text text;
	} same[] = {
		{ "de", TEXT_CODE },
		{ "de", TEXT_NAME },
		{ "de", TEXT_BLOCK },
		{ "de", TEXT_VERSION },
		{ "fr", TEXT_CODE },
		{ "fr", TEXT_PAGES },
		{ "fr", TEXT_VERSION },
		{ "es", TEXT_CHATS },
		{ "es", TEXT_DECIMAL },
		{ "pt", TEXT_CHATS },
		{ "pt", TEXT_DECIMAL },
	};

	for (size_t i = 0; i < UNIT_COUNT(same); i++)
		if (same[i].text == text && strcmp(same[i].tag, tag) == 0)
			return true;
	return false;
}

START_TEST(no_text_is_left_in_english)
{
	for (const struct texts *const *texts = texts_all + 1; *texts != NULL; texts++)
		for (int text = 0; text < TEXT_COUNT; text++)
			ck_assert_msg((strcmp((*texts)->text[text], texts_en.text[text]) == 0) ==
			        may_be_as_in_english((*texts)->tag, (enum page_text)text),
			    "%s, %s: %s", (*texts)->tag, texts_names[text], (*texts)->text[text]);
}
END_TEST

START_TEST(each_language_has_a_word_for_each_category_and_kind)
{
	for (const struct texts *const *texts = texts_all + 1; *texts != NULL; texts++) {
		for (size_t i = 0; i < TEXTS_CATEGORIES; i++)
			ck_assert_msg((*texts)->categories[i] != NULL, "%s, %s", (*texts)->tag,
			    texts_category_codes[i]);
		for (size_t i = 0; i < CHARINDEX_RECORD_KIND_COUNT; i++)
			ck_assert_msg((*texts)->kinds[i] != NULL, "%s, %s", (*texts)->tag,
			    charindex_record_kind_name((enum charindex_record_kind)i));
	}
	for (const struct texts *const *texts = texts_all + 1; *texts != NULL; texts++)
		for (size_t i = 0; i < CHARINDEX_TRAIT_COUNT; i++)
			ck_assert_msg((*texts)->traits[i] != NULL, "%s, %s", (*texts)->tag,
			    charindex_trait_name((enum charindex_trait)i));
	ck_assert_str_eq(texts_category(&texts_de, (struct charindex_text){ "Sc", 2 }),
	    "Währungssymbol");
	ck_assert_str_eq(texts_category(&texts_en, (struct charindex_text){ "Sc", 2 }),
	    "Currency symbol");
}
END_TEST

START_TEST(a_language_is_known_by_the_beginning_of_a_tag)
{
	static const struct {
		const char *tag;
		const struct texts *texts;
	} tags[] = {
		{ "de", &texts_de },
		{ "de-AT", &texts_de },
		{ "DE", &texts_de },
		{ "zh_Hant", &texts_zh },
		{ "en-GB", &texts_en },
		{ "den", NULL },
		{ "d", NULL },
		{ "nl", NULL },
		{ "", NULL },
	};

	for (size_t i = 0; i < UNIT_COUNT(tags); i++)
		ck_assert_msg(texts_in(tags[i].tag, strlen(tags[i].tag)) == tags[i].texts, "%s",
		    tags[i].tag);
}
END_TEST

START_TEST(each_fault_of_a_query_has_a_text)
{
	for (int fault = CHARINDEX_FAULT_NONE + 1; fault < CHARINDEX_FAULT_COUNT; fault++) {
		enum page_text text = texts_fault((enum charindex_fault)fault);
		char name[64];

		snprintf(name, sizeof(name), "fault-%s", charindex_fault_name((enum charindex_fault)fault));
		ck_assert_str_eq(texts_names[text], name);
	}
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, each_language_has_each_text);
	tcase_add_test(tests, no_text_is_left_in_english);
	tcase_add_test(tests, each_language_has_a_word_for_each_category_and_kind);
	tcase_add_test(tests, each_fault_of_a_query_has_a_text);
	tcase_add_test(tests, a_language_is_known_by_the_beginning_of_a_tag);
}

UNIT_MAIN("texts", add_tests)
