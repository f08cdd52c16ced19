/* test_verify.c - damage that no check at open forbids, for it is safe: the deep check must
 * find it. */
#include <string.h>

#include "damage.h"
#include "unit.h"

/* A number in a section is changed: the checksum tells; if that is made to fit, `expected`
 * tells. */
static void
change_must_be_found(const char *section, size_t at, uint32_t value)
{
	size_t place = index_file_section(&damage_file, section) + at;
	struct index_file file;

	index_file_make(&file, damage_file.bytes, damage_file.size);
	index_file_put(&file, place, value);
	damage_must_be_verified(&file, CHARINDEX_ERR_CHECKSUM, section, at);
	index_file_fix_section(&file, section);
	damage_must_be_verified(&file, CHARINDEX_ERR_CONTENT, section, at);
	index_file_release(&file);
}

/* Adds something to what is there. */
static void
addition_must_be_found(const char *section, size_t at, uint32_t value)
{
	change_must_be_found(section, at, damage_value(section, at) + value);
}

START_TEST(a_whole_index_is_in_order)
{
	damage_must_be_verified(&damage_file, CHARINDEX_OK, "whole", 0);
}
END_TEST

START_TEST(sections_that_disagree_are_found)
{
	size_t second_run = damage_long_list() + 8, free_slot = 0, taken_slot = 0;
	size_t last_block = index_file_length(&damage_file, "SETS") - 8;

	while (damage_value("HASH", free_slot) != 0)
		free_slot += 4;
	while (damage_value("HASH", taken_slot) == 0)
		taken_slot += 4;
	change_must_be_found("HASH", free_slot, 1);
	change_must_be_found("HASH", taken_slot, damage_value("HASH", taken_slot) ^ 1u << 31);
	addition_must_be_found("TERM", TERM_PREFIX, 1);
	addition_must_be_found("TERM", TERM_WORD, 1);
	addition_must_be_found("TERM", TERM_LENGTH, 1);
	addition_must_be_found("TERM", TERM_ROWS, 1);
	change_must_be_found("WORD", 0, 0x41414141);
	addition_must_be_found("RUNS", second_run, UINT32_MAX); /* a row earlier */
	change_must_be_found("SETS", 0, 1);
	change_must_be_found("SETS", last_block, damage_value("SETS", last_block) ^ 1);
	addition_must_be_found("ROWS", 4, 1);
	addition_must_be_found("CODE", 4, 1);
	change_must_be_found("CODE", 4, 0xD800);
	change_must_be_found("CODE", 0, UINT32_MAX);
	change_must_be_found("TEXT", 0, 0x41414141);
	change_must_be_found("TEXT", 4, 0x09090909);
	change_must_be_found("TEXT", 12, 0xFFFFFFFF);
}
END_TEST

START_TEST(a_wrong_checksum_is_found)
{
	for (int id = 0; id < SECTION_NEEDED; id++) {
		size_t at = index_file_entry(&damage_file, damage_sections[id]) + ENTRY_CRC;
		uint32_t right = index_file_get(&damage_file, at);

		index_file_put(&damage_file, at, right + 1);
		index_file_fix_header(&damage_file);
		damage_must_be_verified(&damage_file, CHARINDEX_ERR_CHECKSUM, damage_sections[id], 0);
		index_file_put(&damage_file, at, right);
	}
}
END_TEST

START_TEST(padding_that_is_not_zero_is_found)
{
	unsigned padded = 0;

	for (int id = 0; id + 1 < SECTION_NEEDED; id++) {
		size_t end = index_file_section(&damage_file, damage_sections[id]) +
		    index_file_length(&damage_file, damage_sections[id]);

		if (end % 8 == 0)
			continue;
		padded++;
		damage_file.bytes[end] = 1;
		damage_must_be_verified(&damage_file, CHARINDEX_ERR_CHECKSUM, "padding at", end);
		damage_file.bytes[end] = 0;
	}
	ck_assert_uint_gt(padded, 0);
}
END_TEST

START_TEST(bytes_after_the_last_section_are_found)
{
	struct index_file file;

	index_file_make(&file, NULL, damage_file.size + 8);
	memcpy(file.bytes, damage_file.bytes, damage_file.size);
	index_file_put(&file, AT_FILE_SIZE, (uint32_t)file.size);
	index_file_fix_header(&file);
	damage_must_be_verified(&file, CHARINDEX_ERR_CHECKSUM, "bytes after", damage_file.size);
	index_file_release(&file);
}
END_TEST

START_TEST(a_section_that_is_not_known_is_skipped)
{
	struct index_file file;
	size_t begin = damage_add_section(&file, "XTRA");

	damage_must_be_verified(&file, CHARINDEX_OK, "with section", SECTION_NEEDED + 1);
	file.bytes[begin] ^= 1;
	damage_must_be_verified(&file, CHARINDEX_ERR_CHECKSUM, "with section", SECTION_NEEDED + 1);
	index_file_release(&file);
}
END_TEST

static void
add_tests(TCase *tests)
{
	damage_add_fixtures(tests);
	tcase_add_test(tests, a_whole_index_is_in_order);
	tcase_add_test(tests, sections_that_disagree_are_found);
	tcase_add_test(tests, a_wrong_checksum_is_found);
	tcase_add_test(tests, padding_that_is_not_zero_is_found);
	tcase_add_test(tests, bytes_after_the_last_section_are_found);
	tcase_add_test(tests, a_section_that_is_not_known_is_skipped);
}

UNIT_MAIN("verify", add_tests)
