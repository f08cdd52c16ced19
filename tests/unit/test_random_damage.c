/* test_random_damage.c - damage at random: a file that opens is safe to search, and the
 * deep check finds what is wrong. */
#include <stdio.h>

#include "bytes.h"
#include "classic_search.h"
#include "damage.h"
#include "index.h"
#include "seeded.h"
#include "unit.h"
#include "unit_index.h"

/* Reads all that searches give, for sanitizers to see. Where the rows lie in the text
 * must hold in any case. */
static void
search_everything(const struct charindex *ci, struct seeded *seeded)
{
	const char *text_end = ci->text + index_row_offset(ci, ci->row_count);
	struct bytes rows = { 0 };

	for (int i = 0; i < 60; i++) {
		struct bytes query = { 0 };
		struct charindex_search search;
		struct charindex_run run;

		/* words as they were, and words as the index now says they are */
		for (int n = 0; n < 1 + i % 3; n++) {
			const struct charindex *from = n % 2 == 0 ? unit_index : ci;
			struct charindex_word word =
			    charindex_word(from, seeded_below(seeded, charindex_info(from).term_count));

			bytes_add(&query, word.text, word.length);
			bytes_add(&query, " ", 1);
		}
		classic_search_init(&search, ci, query.data, query.length);
		for (uint64_t count = 0; classic_search_next(&search, 1536, &run); count += run.count) {
			UNIT_HOLDS(count <= ci->row_count);
			UNIT_HOLDS(run.count >= 1 && run.count <= 1536);
			UNIT_HOLDS(run.text >= ci->text && run.text + run.length <= text_end);
			rows.length = 0;
			bytes_add(&rows, run.text, run.length);
		}
		UNIT_HOLDS(charindex_category(ci, seeded_below(seeded, 0x120000)) < 30);
		bytes_release(&query);
	}
	bytes_release(&rows);
}

/* Flips a bit of a section or of the padding. */
static void
flip(struct index_file *file, uint64_t flip_at)
{
	file->bytes[TABLE_END + flip_at / 8] ^= (unsigned char)(1 << flip_at % 8);
}

static void
flip_at_random(struct index_file *file, unsigned times)
{
	struct seeded seeded = { 17 };
	unsigned opened = 0;

	for (unsigned i = 0; i < times; i++) {
		uint64_t where = seeded_below(&seeded, (uint32_t)(file->size - TABLE_END) * 8);
		struct charindex *ci;
		enum charindex_err err;

		flip(file, where);
		err = charindex_open(file->path, &ci);
		if (err == CHARINDEX_OK) {
			opened++;
			search_everything(ci, &seeded);
			if (charindex_verify(ci) == CHARINDEX_OK)
				ck_abort_msg("the flip of bit %llu is not found", (unsigned long long)where);
			charindex_close(ci);
		}
		flip(file, where);
	}
	ck_assert_uint_gt(opened, 0);
	printf("%u flipped bits: %u files opened and were searched\n", times, opened);
}

START_TEST(random_damage_is_safe_and_found)
{
	flip_at_random(&damage_file, 600);
}
END_TEST

START_TEST(random_damage_of_the_real_index_is_safe_and_found)
{
	struct index_file file;

	index_file_copy(&file, unit_index_path());
	flip_at_random(&file, 20 / unit_step(4));
	index_file_release(&file);
}
END_TEST

/* Whole numbers made wrong, which flipped bits seldom do. */
START_TEST(random_numbers_are_safe_and_found)
{
	static const uint32_t values[] = { 0, 1, 2, 255, 256, 1000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE,
		UINT32_MAX };
	static const char *const sections[] = { "HASH", "TERM", "RUNS", "SETS", "GCAT", "ROWS",
		"CODE" };
	struct seeded seeded = { 18 };

	for (int i = 0; i < 600; i++) {
		const char *name = sections[seeded_below(&seeded, UNIT_COUNT(sections))];
		size_t at = index_file_section(&damage_file, name) +
		    4 * (size_t)seeded_below(&seeded, (uint32_t)index_file_length(&damage_file, name) / 4);
		uint32_t before = index_file_get(&damage_file, at);
		uint32_t value = values[seeded_below(&seeded, UNIT_COUNT(values))];
		struct charindex *ci;

		index_file_put(&damage_file, at, value);
		if (charindex_open(damage_file.path, &ci) == CHARINDEX_OK) {
			search_everything(ci, &seeded);
			UNIT_HOLDS((charindex_verify(ci) == CHARINDEX_OK) == (value == before));
			charindex_close(ci);
		}
		index_file_put(&damage_file, at, before);
	}
}
END_TEST

static void
add_tests(TCase *tests)
{
	damage_add_fixtures(tests);
	tcase_add_test(tests, random_damage_is_safe_and_found);
	tcase_add_test(tests, random_damage_of_the_real_index_is_safe_and_found);
	tcase_add_test(tests, random_numbers_are_safe_and_found);
}

UNIT_MAIN("random_damage", add_tests)
