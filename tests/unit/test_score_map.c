/* test_score_map.c - score maps and sets of rows against arrays that are written out, and substrings against
 * memmem(). */
#include "score_map.h"

#include <stdlib.h>
#include <string.h>

#include "row_set.h"
#include "seeded.h"
#include "substring.h"
#include "unit.h"

/* Rows: not a whole number of blocks; and more blocks than one word of bits has. */
enum { ROWS = 70 * SCORE_BLOCK + 13 };

/* A map, and what it should be. */
struct pair {
	struct score_map map;
	void *memory;
	uint8_t scores[ROWS];
};

static void
pair_init(struct pair *pair)
{
	pair->memory = malloc(score_map_size(ROWS));
	UNIT_HOLDS(pair->memory != NULL);
	memset(pair->memory, 7, score_map_size(ROWS)); /* what is there before says nothing */
	score_map_init(&pair->map, ROWS, pair->memory);
	memset(pair->scores, NO_MATCH, ROWS);
}

/* Those with one score, by which rows do not match without a word. */
static void
must_give_scored(const struct pair *pair, uint8_t score)
{
	uint32_t rows[SCORE_BLOCK], from = 0, taken = 0, next = 0;
	bool equal = true;

	for (uint32_t row = 0; row < ROWS; row++) {
		if (pair->scores[row] != score)
			continue;
		if (next == taken) {
			taken = score_map_take_scored(&pair->map, score, &from, rows);
			next = 0;
		}
		equal &= next < taken && rows[next++] == row;
	}
	UNIT_HOLDS(equal && next == taken);
	UNIT_HOLDS(score_map_take_scored(&pair->map, score, &from, rows) == 0);
}

static void
must_be_equal(struct pair *pair)
{
	uint32_t rows[SCORE_BLOCK], count = 0, from = 0, taken = 0, next = 0;
	bool equal = true;

	for (uint32_t row = 0; row < ROWS; row++) {
		equal &= score_map_get(&pair->map, row) == pair->scores[row];
		if (pair->scores[row] == NO_MATCH)
			continue;
		if (next == taken) {
			taken = score_map_take(&pair->map, &from, ROWS, rows);
			next = 0;
		}
		equal &= next < taken &&
		    rows[next++] == ((uint32_t)pair->scores[row] << SCORED_ROW_BITS | row);
		count++;
	}
	UNIT_HOLDS(equal);
	UNIT_HOLDS(next == taken && score_map_take(&pair->map, &from, ROWS, rows) == 0);
	ck_assert_uint_eq(score_map_count(&pair->map), count);
	ck_assert_uint_eq(score_map_has_rows(&pair->map), count > 0);
	for (uint8_t score = 1; score < 8; score++)
		must_give_scored(pair, score);
}

/* From some row on, and before another. */
static void
must_give(const struct pair *pair, uint32_t from, uint32_t end)
{
	uint32_t rows[SCORE_BLOCK], row = from, taken;
	bool equal = true;

	while ((taken = score_map_take(&pair->map, &from, end, rows)) > 0)
		for (uint32_t i = 0; i < taken; i++) {
			while (row < end && pair->scores[row] == NO_MATCH)
				row++;
			equal &= row++ == (rows[i] & SCORED_ROW_MASK);
		}
	while (row < end && pair->scores[row] == NO_MATCH)
		row++;
	UNIT_HOLDS(equal && row >= end);
}

static void
add_rows(struct pair *pair, uint32_t first, uint32_t end, uint8_t score)
{
	score_map_add_rows(&pair->map, first, end, score);
	for (; first < end; first++)
		if (pair->scores[first] > score)
			pair->scores[first] = score;
}

static void
combine(struct pair *a, struct pair *b, bool and)
{
	for (uint32_t row = 0; row < ROWS; row++) {
		bool is_greater = b->scores[row] > a->scores[row];

		if (is_greater == and)
			a->scores[row] = b->scores[row];
	}
	if (!and) {
		score_map_or(&a->map, &b->map);
		return;
	}
	score_map_and(&a->map, &b->map);
	score_map_clear(&b->map); /* nothing is said of it */
	memset(b->scores, NO_MATCH, ROWS);
}

static void
change(struct seeded *seeded, struct pair *a, struct pair *b)
{
	uint32_t row = seeded_below(seeded, ROWS), count = seeded_below(seeded, ROWS - row) + 1;
	uint8_t score = (uint8_t)seeded_below(seeded, 14);

	switch (seeded_below(seeded, 9)) {
	case 0:
		add_rows(a, row, row + count, score);
		break;
	case 1:
		add_rows(a, row, row + 1, score);
		break;
	case 2:
		add_rows(a, row, row, score);
		break;
	case 3:
		combine(a, b, true);
		break;
	case 4:
		combine(a, b, false);
		break;
	case 5:
		score_map_and_not(&a->map, &b->map);
		for (row = 0; row < ROWS; row++)
			a->scores[row] |= b->scores[row] == NO_MATCH ? 0 : NO_MATCH;
		break;
	case 6:
		score_map_remove(&a->map, row);
		a->scores[row] = NO_MATCH;
		break;
	case 7:
		score_map_clear(&a->map);
		memset(a->scores, NO_MATCH, ROWS);
		break;
	default:
		score_map_fill(&a->map);
		memset(a->scores, 0, ROWS);
	}
}

START_TEST(maps_are_what_they_would_be_written_out)
{
	struct seeded seeded = { 20 };
	static struct pair pairs[3];

	for (int i = 0; i < 3; i++)
		pair_init(&pairs[i]);
	for (int n = 0; n < 1000; n++) {
		uint32_t a = seeded_below(&seeded, 3), b = (a + 1 + seeded_below(&seeded, 2)) % 3;

		change(&seeded, &pairs[a], &pairs[b]);
		must_be_equal(&pairs[a]);
		must_be_equal(&pairs[b]);
		a = seeded_below(&seeded, ROWS);
		must_give(&pairs[b], a, a + seeded_below(&seeded, ROWS - a));
	}
	for (int i = 0; i < 3; i++)
		free(pairs[i].memory);
}
END_TEST

/* Rows of single ones, and of runs. */
static void
add_some(struct seeded *seeded, struct pair *pair)
{
	for (int n = 0; n < 40; n++) {
		uint32_t row = seeded_below(seeded, ROWS), end = row + 1;

		if (n % 8 == 0)
			end += seeded_below(seeded, ROWS - row);
		add_rows(pair, row, end < row + 200 ? end : row + 200, (uint8_t)seeded_below(seeded, 14));
	}
}

static void
must_have(const struct row_set *set, const struct pair *a, const struct pair *b)
{
	uint32_t block, from = 0;

	for (uint32_t row = 0; row < ROWS; row++) {
		bool is_in = a->scores[row] != NO_MATCH && b->scores[row] != NO_MATCH;

		if (row % SCORE_BLOCK == 0 && (!row_set_next(set, row / SCORE_BLOCK, &block)))
			block = UINT32_MAX;
		UNIT_HOLDS(is_in ==
		    (block == row / SCORE_BLOCK && (set->rows[block] >> row % SCORE_BLOCK & 1) != 0));
	}
	for (; row_set_next(set, from, &block); from = block + 1)
		UNIT_HOLDS(block >= from && set->rows[block] != 0);
}

START_TEST(sets_have_the_rows_of_maps)
{
	struct seeded seeded = { 21 };
	void *memory = malloc(3 * row_set_size(ROWS));
	struct row_set sets[3];

	UNIT_HOLDS(memory != NULL);
	memset(memory, 7, 3 * row_set_size(ROWS));
	for (int i = 0; i < 3; i++)
		row_set_init(&sets[i], ROWS, (char *)memory + (size_t)i * row_set_size(ROWS));
	for (int n = 0; n < 50; n++) {
		static struct pair pairs[2];

		for (int i = 0; i < 2; i++) {
			pair_init(&pairs[i]);
			add_some(&seeded, &pairs[i]);
			row_set_take(&sets[i], &pairs[i].map);
			must_have(&sets[i], &pairs[i], &pairs[i]);
		}
		row_set_and(&sets[2], &sets[0], &sets[1]);
		must_have(&sets[2], &pairs[0], &pairs[1]);
		row_set_and(&sets[0], &sets[0], &sets[1]);
		must_have(&sets[0], &pairs[0], &pairs[1]);
		for (int i = 0; i < 2; i++)
			free(pairs[i].memory);
	}
	free(memory);
}
END_TEST

START_TEST(a_map_can_be_moved)
{
	static struct pair pair;
	void *other = malloc(score_map_size(ROWS));

	UNIT_HOLDS(other != NULL);
	pair_init(&pair);
	add_rows(&pair, 100, 300, 3);
	add_rows(&pair, ROWS - 1, ROWS, 5);
	score_map_move(&pair.map, pair.memory);
	must_be_equal(&pair);
	score_map_move(&pair.map, other);
	free(pair.memory);
	must_be_equal(&pair);
	free(other);
}
END_TEST

START_TEST(substrings_are_found_in_any_case)
{
	static const char letters[] = "aAbB0\x10[{@";
	struct seeded seeded = { 23 };
	char text[100], word[4];

	for (int n = 0; n < 20000; n++) {
		size_t length = seeded_below(&seeded, sizeof(text)),
		       word_length = 1 + seeded_below(&seeded, sizeof(word));

		for (size_t i = 0; i < length; i++)
			text[i] = letters[seeded_below(&seeded, sizeof(letters) - 1)];
		for (size_t i = 0; i < word_length; i++)
			word[i] = "ab0"[seeded_below(&seeded, 3)];
		UNIT_HOLDS(substring_find_any_case(text, text + length, word, word_length) ==
		    substring_find_any_case_plain(text, text + length, word, word_length));
	}
}
END_TEST

START_TEST(substrings_are_found_as_memmem_does)
{
	struct seeded seeded = { 21 };
	char text[200], word[8];

	for (int n = 0; n < 20000; n++) {
		size_t length = seeded_below(&seeded, sizeof(text)),
		       word_length = 1 + seeded_below(&seeded, sizeof(word));
		char *copy = malloc(length + 1);

		UNIT_HOLDS(copy != NULL);
		for (size_t i = 0; i < length; i++)
			text[i] = (char)('a' + seeded_below(&seeded, 3));
		for (size_t i = 0; i < word_length; i++)
			word[i] = (char)('a' + seeded_below(&seeded, 3));
		memcpy(copy, text, length); /* no byte longer than it is */
		UNIT_HOLDS(substring_find(copy, copy + length, word, word_length) ==
		    substring_find_plain(copy, copy + length, word, word_length));
		free(copy);
	}
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, maps_are_what_they_would_be_written_out);
	tcase_add_test(tests, sets_have_the_rows_of_maps);
	tcase_add_test(tests, a_map_can_be_moved);
	tcase_add_test(tests, substrings_are_found_as_memmem_does);
	tcase_add_test(tests, substrings_are_found_in_any_case);
}

UNIT_MAIN("score_map", add_tests)
