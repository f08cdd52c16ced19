/* test_outlines.c - outlines that are looked at many at a time against the same one by one, and those of
 * the words of dictionaries against their letters. */
#include "outlines.h"

#include <unicode/utf8.h>

#include "dictionary.h"
#include "fold.h"
#include "near_outlines.h"
#include "seeded.h"
#include "unit.h"
#include "unit_index.h"

enum { OUTLINES = 203, ROUNDS = 400 };

/* Of a few letters each, so that some are near and most are not. */
static uint32_t
any_outline(struct seeded *seeded)
{
	uint32_t outline = 0;

	for (uint32_t letters = seeded_below(seeded, 7); letters > 0; letters--)
		outline |= 1u << seeded_below(seeded, 32);
	return outline;
}

START_TEST(many_at_a_time_are_what_they_are_one_by_one)
{
	struct seeded seeded = { .state = 11 };
	uint32_t outlines[OUTLINES], found = 0;

	for (int round = 0; round < ROUNDS; round++) {
		uint32_t outline = any_outline(&seeded), begin = seeded_below(&seeded, 40);
		uint32_t end = begin + seeded_below(&seeded, OUTLINES - begin);
		unsigned most = seeded_below(&seeded, 4);

		for (uint32_t n = 0; n < OUTLINES; n++)
			outlines[n] = any_outline(&seeded);
		for (uint32_t at = begin; at < end; at++) {
			uint32_t near = near_outline_plain(outlines, at, end, outline, most);

			UNIT_HOLDS(near_outline(outlines, at, end, outline, most) == near);
			found += near < end;
		}
		UNIT_HOLDS(near_outline(outlines, end, end, outline, most) == end);
	}
	ck_assert_uint_gt(found, ROUNDS);
}
END_TEST

/* The letters of a word without the mark that says that its accents have been removed. */
static uint32_t
outline_of(struct charindex_text word)
{
	const uint8_t *s = (const uint8_t *)word.bytes;
	size_t at = word.length > 0 && s[0] == FOLD_PLAIN;
	uint64_t letters = 0;

	while (at < word.length) {
		UChar32 c;

		U8_NEXT_OR_FFFD(s, at, word.length, c);
		letters |= outline_letter((uint32_t)c);
	}
	return outline_of_letters(letters);
}

START_TEST(each_word_of_a_dictionary_has_its_outline)
{
	struct dictionary dictionary;
	struct charindex *ci;

	UNIT_HOLDS(charindex_open(unit_index_path(), &ci) == CHARINDEX_OK);
	for (uint32_t n = 0; dictionary_get(ci, n, &dictionary); n += unit_step(5)) {
		const uint32_t *outlines = NULL;

		for (uint32_t asked = 0; asked <= n; asked++) {
			UNIT_HOLDS(outlines == NULL); /* who asks all makes one with each time */
			outlines = outlines_in_order(&dictionary);
		}
		UNIT_HOLDS(outlines != NULL);
		for (uint32_t i = 0; i < dictionary.term_count; i++)
			UNIT_HOLDS(outlines[i] == outline_of(dictionary_word(&dictionary, i)));
	}
	charindex_close(ci);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, many_at_a_time_are_what_they_are_one_by_one);
	tcase_add_test(tests, each_word_of_a_dictionary_has_its_outline);
}

UNIT_MAIN("outlines", add_tests)
