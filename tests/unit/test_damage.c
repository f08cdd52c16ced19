/* test_damage.c - damaged index files: each rule of FORMAT.md that is checked at open,
 * broken, and the error that it must give. */
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "damage.h"
#include "seeded.h"
#include "unit.h"

/* ---- size, magic, version, header ------------------------------------------------ */

START_TEST(an_empty_file_is_empty)
{
	struct index_file file;

	index_file_make(&file, NULL, 0);
	damage_must_be_refused(&file, CHARINDEX_ERR_EMPTY, "empty", 0);
	index_file_release(&file);
}
END_TEST

START_TEST(another_kind_of_file_is_no_index)
{
	static const char *const files[] = { "x",
		"\x89"
		"CIX",
		"\x89"
		"CIX\n\x1A\n",
		"#!/bin/sh\nexit 0\n",
		"\x89PNG\r\n\x1A\n and so on, for more than the 48 bytes of a header" };
	struct index_file file;

	for (size_t i = 0; i < UNIT_COUNT(files); i++) {
		index_file_make(&file, files[i], strlen(files[i]));
		damage_must_be_refused(&file, CHARINDEX_ERR_MAGIC, "magic", i);
		index_file_release(&file);
	}
	index_file_make(&file, NULL, 10000);
	damage_must_be_refused(&file, CHARINDEX_ERR_MAGIC, "zeros", 0);
	index_file_release(&file);
}
END_TEST

START_TEST(another_version_is_named_so)
{
	static const uint32_t versions[] = { 0, 1, 2, 3, 4, 6, 256, UINT32_MAX };

	for (size_t i = 0; i < UNIT_COUNT(versions); i++) {
		index_file_put(&damage_file, AT_VERSION, versions[i]);
		damage_must_be_refused(&damage_file, CHARINDEX_ERR_VERSION, "version", versions[i]);
		index_file_fix_header(&damage_file);
		damage_must_be_refused(&damage_file, CHARINDEX_ERR_VERSION, "version", versions[i]);
	}
}
END_TEST

static int
descending(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x < y) - (x > y);
}

/* Every size up to the end of the section table, around the sections, and others. */
START_TEST(a_truncated_file_is_named_so)
{
	struct seeded seeded = { 4711 };
	size_t sizes[TABLE_END + 1 + 6 * SECTION_NEEDED + 100], count = 0;

	for (size_t size = 1; size <= TABLE_END; size++)
		sizes[count++] = size;
	for (int id = 0; id < SECTION_NEEDED; id++) {
		size_t begin = index_file_section(&damage_file, damage_sections[id]);
		size_t end = begin + index_file_length(&damage_file, damage_sections[id]);

		for (size_t step = 0; step < 3; step++) {
			sizes[count++] = begin - 1 + step;
			sizes[count++] = end - 1 + step;
		}
	}
	for (int i = 0; i < 100; i++)
		sizes[count++] = seeded_below(&seeded, (uint32_t)damage_file.size - 1) + 1;
	qsort(sizes, count, sizeof(sizes[0]), descending);
	for (size_t i = 0; i < count; i++) {
		if (sizes[i] >= damage_file.size)
			continue;
		index_file_truncate(&damage_file, sizes[i]);
		damage_must_be_refused(&damage_file,
		    sizes[i] < 8 ? CHARINDEX_ERR_MAGIC : CHARINDEX_ERR_TRUNCATED, "truncated to", sizes[i]);
	}
}
END_TEST

START_TEST(a_longer_file_is_named_so)
{
	static const size_t more[] = { 1, 7, 8, 4096, 1 << 20 };

	for (size_t i = 0; i < UNIT_COUNT(more); i++) {
		struct index_file file;

		index_file_make(&file, NULL, damage_file.size + more[i]);
		memcpy(file.bytes, damage_file.bytes, damage_file.size);
		damage_must_be_refused(&file, CHARINDEX_ERR_TRUNCATED, "longer by", more[i]);
		index_file_release(&file);
	}
}
END_TEST

static enum charindex_err
error_of_flip_at(size_t at)
{
	if (at < AT_VERSION)
		return CHARINDEX_ERR_MAGIC;
	if (at < AT_VERSION + 4)
		return CHARINDEX_ERR_VERSION;
	if (at >= AT_FILE_SIZE && at < AT_FILE_SIZE + 8)
		return CHARINDEX_ERR_TRUNCATED;
	return CHARINDEX_ERR_HEADER;
}

START_TEST(every_flipped_bit_of_header_and_section_table_is_seen)
{
	for (size_t at = 0; at < TABLE_END; at++) {
		for (int bit = 0; bit < 8; bit++) {
			damage_file.bytes[at] ^= (unsigned char)(1 << bit);
			damage_must_be_refused(&damage_file, error_of_flip_at(at), "bit flipped in byte", at);
			damage_file.bytes[at] ^= (unsigned char)(1 << bit);
		}
	}
	damage_must_be_verified(&damage_file, CHARINDEX_OK, "mended", 0);
}
END_TEST

/* ---- rules, one by one ----------------------------------------------------------- */

/* What is written over: four bytes at an offset from where a rule's place is. */
struct change {
	const char
	    *section; /* "": the header; "+NAME": its entry in the section table; else the section */
	size_t at;    /* from there */
	uint32_t value;
};

/* Where a change is. */
static size_t
place(const struct index_file *file, const struct change *change)
{
	if (*change->section == '\0')
		return change->at;
	if (*change->section == '+')
		return index_file_entry(file, change->section + 1) + change->at;
	return index_file_section(file, change->section) + change->at;
}

/* A copy of the whole index with one change. */
static void
copy_changed(struct index_file *file, const struct change *change)
{
	index_file_make(file, damage_file.bytes, damage_file.size);
	index_file_put(file, place(file, change), change->value);
}

/* The header's checksum is that of the changed header. */
static void
change_must_be_refused(const struct change *change, enum charindex_err expected, const char *what)
{
	struct index_file file;

	copy_changed(&file, change);
	index_file_fix_header(&file);
	damage_must_be_refused(&file, expected, what, change->value);
	index_file_release(&file);
}

/* Makes a change that must be refused with this error. */
#define REFUSED(expected, what, section, at, value) \
	change_must_be_refused(&(struct change){ section, at, (uint32_t)(value) }, expected, what)

/* The value in the whole index where the change would be. */
static uint32_t
value_at(const char *section, size_t at)
{
	return index_file_get(&damage_file, place(&damage_file, &(struct change){ section, at, 0 }));
}

START_TEST(more_sections_than_are_allowed_or_there_are_damage_the_header)
{
	REFUSED(CHARINDEX_ERR_HEADER, "sections", "", AT_SECTIONS, 65);
	index_file_put(&damage_file, AT_SECTIONS, UINT32_MAX);
	damage_must_be_refused(&damage_file, CHARINDEX_ERR_HEADER, "sections", UINT32_MAX);
	index_file_put(&damage_file, AT_SECTIONS, 1u << 31);
	damage_must_be_refused(&damage_file, CHARINDEX_ERR_HEADER, "sections", 1u << 31);
}
END_TEST

/* A file that ends in the middle of its section table. */
START_TEST(a_section_table_beyond_the_file_damages_the_header)
{
	index_file_put(&damage_file, AT_FILE_SIZE, TABLE_END - 1);
	index_file_fix_header(&damage_file);
	index_file_truncate(&damage_file, TABLE_END - 1);
	damage_must_be_refused(&damage_file, CHARINDEX_ERR_HEADER, "file of", TABLE_END - 1);
}
END_TEST

START_TEST(every_section_must_be_there_once)
{
	REFUSED(CHARINDEX_ERR_SECTION, "sections", "", AT_SECTIONS, 0);
	REFUSED(CHARINDEX_ERR_SECTION, "sections", "", AT_SECTIONS, SECTION_NEEDED - 1);
	for (int id = 0; id < SECTION_NEEDED; id++) {
		struct bytes entry = { 0 };

		bytes_printf(&entry, "+%s", damage_sections[id]);
		REFUSED(CHARINDEX_ERR_SECTION, entry.data, entry.data, 0, 0x58585858);
		for (int other = 0; other < SECTION_NEEDED; other++) {
			size_t at = index_file_entry(&damage_file, damage_sections[other]);

			if (other != id)
				REFUSED(CHARINDEX_ERR_SECTION, damage_sections[other], entry.data, 0,
				    index_file_get(&damage_file, at));
		}
		bytes_release(&entry);
	}
}
END_TEST

START_TEST(a_section_must_not_be_there_twice)
{
	for (int id = 0; id < SECTION_NEEDED; id++) {
		struct index_file file;

		damage_add_section(&file, damage_sections[id]);
		damage_must_be_refused(&file, CHARINDEX_ERR_SECTION, damage_sections[id], 2);
		index_file_release(&file);
	}
}
END_TEST

START_TEST(sections_must_be_aligned_in_order_and_in_the_file)
{
	static const size_t high_half = ENTRY_OFFSET + 4;

	for (int id = 0; id < SECTION_NEEDED; id++) {
		uint32_t offset = (uint32_t)index_file_section(&damage_file, damage_sections[id]);
		uint32_t length = (uint32_t)index_file_length(&damage_file, damage_sections[id]);
		struct bytes entry = { 0 };
		const char *name;

		bytes_printf(&entry, "+%s", damage_sections[id]);
		name = entry.data;
		for (uint32_t step = 1; step < 8; step++)
			REFUSED(CHARINDEX_ERR_SECTION, name, name, ENTRY_OFFSET, offset + step);
		/* over the table or the section before */
		REFUSED(CHARINDEX_ERR_SECTION, name, name, ENTRY_OFFSET, offset - 8);
		REFUSED(CHARINDEX_ERR_SECTION, name, name, ENTRY_OFFSET, 0);
		/* over the section after, or beyond the end */
		REFUSED(CHARINDEX_ERR_SECTION, name, name, ENTRY_LENGTH, length + 8 * TERM_SIZE);
		REFUSED(CHARINDEX_ERR_SECTION, name, name, ENTRY_OFFSET, damage_file.size / 8 * 8 + 8);
		REFUSED(CHARINDEX_ERR_SECTION, name, name, ENTRY_OFFSET, UINT32_MAX - 7);
		REFUSED(CHARINDEX_ERR_SECTION, name, name, high_half, 1);
		REFUSED(CHARINDEX_ERR_SECTION, name, name, high_half, 1u << 31);
		REFUSED(CHARINDEX_ERR_SECTION, name, name, ENTRY_LENGTH + 4, 1);
		REFUSED(CHARINDEX_ERR_SECTION, name, name, ENTRY_LENGTH + 4, UINT32_MAX);
		bytes_release(&entry);
	}
}
END_TEST

START_TEST(sections_must_stand_in_the_order_of_the_table)
{
	for (size_t i = 0; i + 1 < SECTION_NEEDED; i++) {
		unsigned char *entry = damage_file.bytes + HEADER_SIZE + i * ENTRY_SIZE, saved[ENTRY_SIZE];

		memcpy(saved, entry, ENTRY_SIZE);
		memcpy(entry, entry + ENTRY_SIZE, ENTRY_SIZE);
		memcpy(entry + ENTRY_SIZE, saved, ENTRY_SIZE);
		index_file_fix_header(&damage_file);
		damage_must_be_refused(&damage_file, CHARINDEX_ERR_SECTION, "swapped", i);
		memcpy(entry + ENTRY_SIZE, entry, ENTRY_SIZE);
		memcpy(entry, saved, ENTRY_SIZE);
	}
}
END_TEST

START_TEST(sections_must_have_the_right_size)
{
	static const struct {
		const char *entry;
		uint32_t size;
	} fixed[] = { { "+HASH", 4 }, { "+TERM", 16 }, { "+ROWS", 4 }, { "+CODE", 4 } };

	for (size_t i = 0; i < UNIT_COUNT(fixed); i++) {
		const char *name = fixed[i].entry;
		uint32_t length = value_at(name, ENTRY_LENGTH);

		REFUSED(CHARINDEX_ERR_SECTION, name, name, ENTRY_LENGTH, length - 1);
		REFUSED(CHARINDEX_ERR_SECTION, name, name, ENTRY_LENGTH, length - fixed[i].size);
		REFUSED(CHARINDEX_ERR_SECTION, name, name, ENTRY_LENGTH, 0);
	}
	REFUSED(CHARINDEX_ERR_SECTION, "RUNS", "+RUNS", ENTRY_LENGTH,
	    value_at("+RUNS", ENTRY_LENGTH) - 4);
	REFUSED(CHARINDEX_ERR_SECTION, "GCAT", "+GCAT", ENTRY_LENGTH,
	    value_at("+GCAT", ENTRY_LENGTH) - 4);
	REFUSED(CHARINDEX_ERR_SECTION, "one slot", "+HASH", ENTRY_LENGTH, 4);
	REFUSED(CHARINDEX_ERR_SECTION, "three slots", "+HASH", ENTRY_LENGTH, 12);
	REFUSED(CHARINDEX_ERR_TERMS, "WORD", "+WORD", ENTRY_LENGTH,
	    value_at("+WORD", ENTRY_LENGTH) - 1);
	REFUSED(CHARINDEX_ERR_TERMS, "WORD", "+WORD", ENTRY_LENGTH, 0);
	REFUSED(CHARINDEX_ERR_POSTINGS, "RUNS", "+RUNS", ENTRY_LENGTH, 0);
	REFUSED(CHARINDEX_ERR_ROWS, "TEXT", "+TEXT", ENTRY_LENGTH, value_at("+TEXT", ENTRY_LENGTH) - 1);
	REFUSED(CHARINDEX_ERR_ROWS, "TEXT", "+TEXT", ENTRY_LENGTH, 0);
	REFUSED(CHARINDEX_ERR_CATEGORIES, "GCAT", "+GCAT", ENTRY_LENGTH, 0);
}
END_TEST

START_TEST(the_numbers_of_rows_and_terms_must_fit_the_sections)
{
	static const size_t fields[] = { AT_ROWS, AT_TERMS };

	for (size_t i = 0; i < UNIT_COUNT(fields); i++) {
		REFUSED(CHARINDEX_ERR_SECTION, "count", "", fields[i], value_at("", fields[i]) + 1);
		REFUSED(CHARINDEX_ERR_SECTION, "count", "", fields[i], value_at("", fields[i]) - 1);
		REFUSED(CHARINDEX_ERR_SECTION, "count", "", fields[i], 0);
		REFUSED(CHARINDEX_ERR_SECTION, "count", "", fields[i], UINT32_MAX);
	}
}
END_TEST

START_TEST(row_offsets_must_ascend_from_0_to_the_end_of_the_text)
{
	size_t last = 4 * (size_t)value_at("", AT_ROWS), middle = last / 8 * 4;

	REFUSED(CHARINDEX_ERR_ROWS, "first", "ROWS", 0, 1);
	REFUSED(CHARINDEX_ERR_ROWS, "equal", "ROWS", middle, value_at("ROWS", middle - 4));
	REFUSED(CHARINDEX_ERR_ROWS, "equal", "ROWS", middle, value_at("ROWS", middle + 4));
	REFUSED(CHARINDEX_ERR_ROWS, "descending", "ROWS", middle, value_at("ROWS", middle - 4) - 1);
	REFUSED(CHARINDEX_ERR_ROWS, "descending", "ROWS", middle, value_at("ROWS", middle + 4) + 1);
	REFUSED(CHARINDEX_ERR_ROWS, "descending", "ROWS", 4, 0);
	REFUSED(CHARINDEX_ERR_ROWS, "beyond", "ROWS", middle, UINT32_MAX);
	REFUSED(CHARINDEX_ERR_ROWS, "beyond", "ROWS", last - 4, value_at("ROWS", last) + 1);
	REFUSED(CHARINDEX_ERR_ROWS, "last", "ROWS", last, value_at("ROWS", last) - 1);
	REFUSED(CHARINDEX_ERR_ROWS, "last", "ROWS", last, value_at("ROWS", last) + 1);
	REFUSED(CHARINDEX_ERR_ROWS, "last", "ROWS", last, UINT32_MAX);
}
END_TEST

START_TEST(slots_must_name_terms)
{
	size_t last = index_file_length(&damage_file, "HASH") - 4;

	for (size_t at = 0; at <= last; at += last) {
		REFUSED(CHARINDEX_ERR_TERMS, "slot", "HASH", at, value_at("", AT_TERMS) + 1);
		REFUSED(CHARINDEX_ERR_TERMS, "slot", "HASH", at, UINT32_MAX);
		REFUSED(CHARINDEX_ERR_TERMS, "slot", "HASH", at, 1u << 31 | (value_at("", AT_TERMS) + 1));
	}
}
END_TEST

/* Takes free slots until `taken` are. */
static void
take_slots(struct index_file *file, size_t taken)
{
	size_t begin = index_file_section(file, "HASH"), length = index_file_length(file, "HASH");
	size_t now = 0;

	for (size_t at = begin; at < begin + length; at += 4)
		now += index_file_get(file, at) != 0;
	for (size_t at = begin; now < taken; at += 4) {
		if (index_file_get(file, at) == 0) {
			index_file_put(file, at, 1);
			now++;
		}
	}
}

START_TEST(half_of_the_slots_must_be_free)
{
	size_t slots = index_file_length(&damage_file, "HASH") / 4;

	take_slots(&damage_file, slots / 2);
	damage_must_be_verified(&damage_file, CHARINDEX_ERR_CHECKSUM, "taken slots", slots / 2);
	take_slots(&damage_file, slots / 2 + 1);
	damage_must_be_refused(&damage_file, CHARINDEX_ERR_TERMS, "taken slots", slots / 2 + 1);
	take_slots(&damage_file, slots);
	damage_must_be_refused(&damage_file, CHARINDEX_ERR_TERMS, "taken slots", slots);
}
END_TEST

START_TEST(words_must_be_of_1_to_255_bytes_in_their_section)
{
	uint32_t words = value_at("+WORD", ENTRY_LENGTH);
	size_t last = TERM_SIZE * ((size_t)value_at("", AT_TERMS) - 1);

	for (size_t term = 0; term <= last; term += last) {
		uint32_t length = value_at("TERM", term + TERM_LENGTH) & 0xFF;

		REFUSED(CHARINDEX_ERR_TERMS, "offset", "TERM", term + TERM_WORD, words - length + 1);
		REFUSED(CHARINDEX_ERR_TERMS, "offset", "TERM", term + TERM_WORD, words);
		REFUSED(CHARINDEX_ERR_TERMS, "offset", "TERM", term + TERM_WORD, words + 1);
		REFUSED(CHARINDEX_ERR_TERMS, "offset", "TERM", term + TERM_WORD, UINT32_MAX);
		REFUSED(CHARINDEX_ERR_TERMS, "offset", "TERM", term + TERM_WORD, UINT32_MAX - length + 1);
		REFUSED(CHARINDEX_ERR_TERMS, "length", "TERM", term + TERM_LENGTH, 0);
		REFUSED(CHARINDEX_ERR_TERMS, "length", "TERM", term + TERM_LENGTH, 256);
	}
	REFUSED(CHARINDEX_ERR_TERMS, "length", "TERM", last + TERM_LENGTH,
	    value_at("TERM", last + TERM_LENGTH) + 1);
}
END_TEST

START_TEST(lists_must_stand_in_the_order_of_the_terms)
{
	uint32_t runs = value_at("+RUNS", ENTRY_LENGTH) / 8;
	size_t last = TERM_SIZE * ((size_t)value_at("", AT_TERMS) - 1);
	size_t middle = last / 2 / TERM_SIZE * TERM_SIZE;

	REFUSED(CHARINDEX_ERR_POSTINGS, "first run", "TERM", last + TERM_FIRST_RUN, runs + 1);
	REFUSED(CHARINDEX_ERR_POSTINGS, "first run", "TERM", last + TERM_FIRST_RUN, UINT32_MAX);
	REFUSED(CHARINDEX_ERR_POSTINGS, "first run", "TERM", last + TERM_FIRST_RUN, 0);
	REFUSED(CHARINDEX_ERR_POSTINGS, "first run", "TERM", middle + TERM_FIRST_RUN, runs + 1);
	REFUSED(CHARINDEX_ERR_POSTINGS, "first run", "TERM", middle + TERM_FIRST_RUN,
	    value_at("TERM", middle + TERM_SIZE + TERM_FIRST_RUN) + 1);
	REFUSED(CHARINDEX_ERR_POSTINGS, "first run", "TERM", middle + TERM_FIRST_RUN,
	    value_at("TERM", middle - TERM_SIZE + TERM_FIRST_RUN) - 1);
	REFUSED(CHARINDEX_ERR_POSTINGS, "first run", "TERM", TERM_FIRST_RUN,
	    value_at("TERM", TERM_SIZE + TERM_FIRST_RUN) + 1);
}
END_TEST

START_TEST(runs_must_ascend_with_a_gap_between_inside_the_rows)
{
	size_t run = damage_long_list(), next = run + 8;
	uint32_t first = value_at("RUNS", run), end = value_at("RUNS", run + 4);
	uint32_t rows = value_at("", AT_ROWS);
	size_t last = value_at("+RUNS", ENTRY_LENGTH) - 4;

	REFUSED(CHARINDEX_ERR_POSTINGS, "empty", "RUNS", run + 4, first);
	REFUSED(CHARINDEX_ERR_POSTINGS, "empty", "RUNS", run, end);
	REFUSED(CHARINDEX_ERR_POSTINGS, "inside out", "RUNS", run, end + 1);
	REFUSED(CHARINDEX_ERR_POSTINGS, "touching", "RUNS", next, end);
	REFUSED(CHARINDEX_ERR_POSTINGS, "touching", "RUNS", run + 4, value_at("RUNS", next));
	REFUSED(CHARINDEX_ERR_POSTINGS, "overlapping", "RUNS", next, first);
	REFUSED(CHARINDEX_ERR_POSTINGS, "overlapping", "RUNS", run + 4, value_at("RUNS", next) + 1);
	REFUSED(CHARINDEX_ERR_POSTINGS, "backwards", "RUNS", run, UINT32_MAX);
	REFUSED(CHARINDEX_ERR_POSTINGS, "beyond", "RUNS", run + 4, rows + 1);
	REFUSED(CHARINDEX_ERR_POSTINGS, "beyond", "RUNS", run + 4, UINT32_MAX);
	REFUSED(CHARINDEX_ERR_POSTINGS, "beyond", "RUNS", last, rows + 1);
	REFUSED(CHARINDEX_ERR_POSTINGS, "beyond", "RUNS", last, UINT32_MAX);
}
END_TEST

#define NODE_SIZE 16u
#define NODE_FIRST 8u

/* Where a term with a set is in TERM, from `term` on. */
static size_t
term_with_set(size_t term)
{
	while (value_at("TERM", term + TERM_LENGTH) >> 8 == 0)
		term += TERM_SIZE;
	return term;
}

/* Where its set begins in SETS: a node, one more, for all rows are in one region, and blocks. */
static size_t
set_of(size_t term)
{
	return 8 * (size_t)(value_at("TERM", term + TERM_LENGTH) >> 8);
}

START_TEST(sets_must_be_there)
{
	size_t term = term_with_set(0);
	uint32_t length = value_at("TERM", term + TERM_LENGTH) & 0xFF;

	ck_assert_uint_eq(set_of(term), 8);
	for (uint32_t place = 0; place < 100; place++)
		if (place != 1)
			REFUSED(CHARINDEX_ERR_POSTINGS, "set", "TERM", term + TERM_LENGTH, length | place << 8);
	REFUSED(CHARINDEX_ERR_POSTINGS, "set", "TERM", term + TERM_LENGTH,
	    length | value_at("+SETS", ENTRY_LENGTH) / 8 << 8);
	REFUSED(CHARINDEX_ERR_POSTINGS, "set", "TERM", term + TERM_LENGTH, length | 0xFFFFFFu << 8);
}
END_TEST

START_TEST(all_sets_must_be_there_and_nothing_else)
{
	uint32_t length = value_at("+SETS", ENTRY_LENGTH);

	REFUSED(CHARINDEX_ERR_SECTION, "SETS", "+SETS", ENTRY_LENGTH, length - 1);
	REFUSED(CHARINDEX_ERR_SECTION, "SETS", "+SETS", ENTRY_LENGTH, length - 4);
	REFUSED(CHARINDEX_ERR_POSTINGS, "SETS", "+SETS", ENTRY_LENGTH, length - 8);
	REFUSED(CHARINDEX_ERR_POSTINGS, "SETS", "+SETS", ENTRY_LENGTH, 8);
	REFUSED(CHARINDEX_ERR_POSTINGS, "SETS", "+SETS", ENTRY_LENGTH, 0);
}
END_TEST

/* The last set may not be short of its last block, which then nothing leads to. */
START_TEST(the_last_block_must_belong_to_a_set)
{
	size_t last = 0, term = 0, end = TERM_SIZE * (size_t)value_at("", AT_TERMS), node;
	uint32_t bit = 31;

	for (; term < end; term += TERM_SIZE)
		if (value_at("TERM", term + TERM_LENGTH) >> 8 != 0)
			last = term;
	node = set_of(last) + NODE_SIZE;
	if (value_at("SETS", node + 4) != 0)
		node += 4;
	while ((value_at("SETS", node) >> bit & 1) == 0)
		bit--;
	REFUSED(CHARINDEX_ERR_POSTINGS, "block", "SETS", node, value_at("SETS", node) & ~(1u << bit));
}
END_TEST

START_TEST(levels_of_a_set_must_lie_one_after_the_other)
{
	uint32_t words = value_at("+SETS", ENTRY_LENGTH) / 8;
	size_t term = 0;

	for (int i = 0; i < 20; i++, term += TERM_SIZE) {
		size_t set = set_of(term = term_with_set(term));

		for (size_t node = set; node <= set + NODE_SIZE; node += NODE_SIZE) {
			uint32_t first = value_at("SETS", node + NODE_FIRST);

			ck_assert_uint_eq(first, (node + NODE_SIZE) / 8);
			REFUSED(CHARINDEX_ERR_POSTINGS, "next level", "SETS", node + NODE_FIRST, first - 1);
			REFUSED(CHARINDEX_ERR_POSTINGS, "next level", "SETS", node + NODE_FIRST, first + 1);
			REFUSED(CHARINDEX_ERR_POSTINGS, "next level", "SETS", node + NODE_FIRST, 0);
			REFUSED(CHARINDEX_ERR_POSTINGS, "next level", "SETS", node + NODE_FIRST, words);
			REFUSED(CHARINDEX_ERR_POSTINGS, "next level", "SETS", node + NODE_FIRST, UINT32_MAX);
		}
		REFUSED(CHARINDEX_ERR_POSTINGS, "a bit more or less", "SETS", set + NODE_SIZE,
		    value_at("SETS", set + NODE_SIZE) ^ 1);
	}
}
END_TEST

/* Sets each bit from `first` to 63 of the number at `at`, one after the other. */
static void
bits_must_be_refused(const char *section, size_t at, uint32_t first)
{
	ck_assert_uint_lt(first, 64);
	for (uint32_t bit = first; bit < 64; bit++) {
		size_t half = at + 4 * (bit / 32);

		REFUSED(CHARINDEX_ERR_POSTINGS, "bit", section, half,
		    value_at(section, half) | 1u << bit % 32);
	}
}

/* How many bits of the number at `at` are set, up to bit `last`, which must be: else 0. */
static uint32_t
bits_up_to(const char *section, size_t at, uint32_t last)
{
	uint64_t bits = value_at(section, at) | (uint64_t)value_at(section, at + 4) << 32;
	uint32_t count = 0;

	for (uint32_t bit = 0; bit <= last; bit++)
		count += (bits >> bit & 1) != 0;
	return (bits >> last & 1) != 0 ? count : 0;
}

START_TEST(sets_must_have_no_bits_beyond_the_rows)
{
	uint32_t rows = value_at("", AT_ROWS), blocks = (rows + 63) / 64, blocks_there;
	size_t term = term_with_set(0), set = set_of(term);

	ck_assert_uint_lt(blocks, 64);
	ck_assert_uint_ne(rows % 64, 0);
	bits_must_be_refused("SETS", set, 1);
	bits_must_be_refused("SETS", set + NODE_SIZE, blocks);
	while ((blocks_there = bits_up_to("SETS", set + NODE_SIZE, blocks - 1)) == 0)
		set = set_of(term = term_with_set(term + TERM_SIZE));
	bits_must_be_refused("SETS", set + 2 * NODE_SIZE + 8 * (size_t)(blocks_there - 1), rows % 64);
}
END_TEST

START_TEST(categories_must_ascend_from_0_and_be_categories)
{
	size_t last = value_at("+GCAT", ENTRY_LENGTH) - 8;

	REFUSED(CHARINDEX_ERR_CATEGORIES, "first", "GCAT", 0, 1);
	REFUSED(CHARINDEX_ERR_CATEGORIES, "equal", "GCAT", 8, 0);
	REFUSED(CHARINDEX_ERR_CATEGORIES, "equal", "GCAT", 16, value_at("GCAT", 8));
	REFUSED(CHARINDEX_ERR_CATEGORIES, "descending", "GCAT", 8, value_at("GCAT", 16) + 1);
	REFUSED(CHARINDEX_ERR_CATEGORIES, "descending", "GCAT", last, 1);
	for (size_t at = 0; at <= last; at += last) {
		REFUSED(CHARINDEX_ERR_CATEGORIES, "category", "GCAT", at + 4, 30);
		REFUSED(CHARINDEX_ERR_CATEGORIES, "category", "GCAT", at + 4, 256);
		REFUSED(CHARINDEX_ERR_CATEGORIES, "category", "GCAT", at + 4, UINT32_MAX);
	}
}
END_TEST

static void
add_tests(TCase *tests)
{
	damage_add_fixtures(tests);
	tcase_add_test(tests, an_empty_file_is_empty);
	tcase_add_test(tests, another_kind_of_file_is_no_index);
	tcase_add_test(tests, another_version_is_named_so);
	tcase_add_test(tests, a_truncated_file_is_named_so);
	tcase_add_test(tests, a_longer_file_is_named_so);
	tcase_add_test(tests, every_flipped_bit_of_header_and_section_table_is_seen);
	tcase_add_test(tests, more_sections_than_are_allowed_or_there_are_damage_the_header);
	tcase_add_test(tests, a_section_table_beyond_the_file_damages_the_header);
	tcase_add_test(tests, every_section_must_be_there_once);
	tcase_add_test(tests, a_section_must_not_be_there_twice);
	tcase_add_test(tests, sections_must_be_aligned_in_order_and_in_the_file);
	tcase_add_test(tests, sections_must_stand_in_the_order_of_the_table);
	tcase_add_test(tests, sections_must_have_the_right_size);
	tcase_add_test(tests, the_numbers_of_rows_and_terms_must_fit_the_sections);
	tcase_add_test(tests, row_offsets_must_ascend_from_0_to_the_end_of_the_text);
	tcase_add_test(tests, slots_must_name_terms);
	tcase_add_test(tests, half_of_the_slots_must_be_free);
	tcase_add_test(tests, words_must_be_of_1_to_255_bytes_in_their_section);
	tcase_add_test(tests, lists_must_stand_in_the_order_of_the_terms);
	tcase_add_test(tests, runs_must_ascend_with_a_gap_between_inside_the_rows);
	tcase_add_test(tests, sets_must_be_there);
	tcase_add_test(tests, all_sets_must_be_there_and_nothing_else);
	tcase_add_test(tests, the_last_block_must_belong_to_a_set);
	tcase_add_test(tests, levels_of_a_set_must_lie_one_after_the_other);
	tcase_add_test(tests, sets_must_have_no_bits_beyond_the_rows);
	tcase_add_test(tests, categories_must_ascend_from_0_and_be_categories);
}

UNIT_MAIN("damage", add_tests)
