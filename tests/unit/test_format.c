/* test_format.c - the file that mkcharindex writes against FORMAT.md, byte by byte. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "charindex.h"
#include "classic_search.h"
#include "format_golden.h"
#include "index_file.h"
#include "unit.h"
#include "unit_index.h"
#include "write.h"

static void
add_name(struct builder *builder, uint32_t code_point, const char *name)
{
	ck_assert_int_eq(builder_add(builder, code_point, name, strlen(name)), BUILDER_OK);
}

static void
build_one_name(struct builder *builder)
{
	builder_category(builder, 0, 0);
	add_name(builder, 0x41, "A");
	ck_assert_int_eq(builder_finish(builder), BUILDER_OK);
}

static void
build_three_names(struct builder *builder)
{
	builder_category(builder, 0, 0);
	builder_category(builder, 0x41, 1);
	builder_category(builder, 0x1F600, 27);
	add_name(builder, 0x20AC, "EURO-CURRENCY SIGN");
	add_name(builder, 0x4E00, "CJK UNIFIED IDEOGRAPH-4E00");
	add_name(builder, 0x1F600, "SIGN CJK SIGN");
	ck_assert_int_eq(builder_finish(builder), BUILDER_OK);
}

/* Writes the index into a new directory, makes a copy of the file in memory, and removes
 * both; nothing else may have been in the directory. */
static void
write_and_copy(const struct builder *builder, uint32_t unicode_version, struct index_file *file)
{
	const char *parent = getenv("TMPDIR");
	struct bytes directory = { 0 }, path = { 0 };
	struct stat st;

	bytes_printf(&directory, "%s/test_format.XXXXXX", parent != NULL ? parent : P_tmpdir);
	ck_assert_ptr_nonnull(mkdtemp(directory.data));
	bytes_printf(&path, "%s/charindex.db", directory.data);
	write_index(path.data, builder, unicode_version);
	ck_assert_int_eq(stat(path.data, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0444, 0444);
	index_file_copy(file, path.data);
	ck_assert_int_eq(unlink(path.data), 0);
	ck_assert_int_eq(rmdir(directory.data), 0);
	bytes_release(&directory);
	bytes_release(&path);
}

static void
must_be_written_as(void (*build)(struct builder *builder), uint32_t unicode_version,
    const char *expected, size_t size)
{
	struct builder builder = { 0 };
	struct index_file file;

	umask(022);
	build(&builder);
	write_and_copy(&builder, unicode_version, &file);
	bytes_must_be("the file", (const char *)file.bytes, file.size, expected, size);
	index_file_release(&file);
	builder_release(&builder);
}

static struct charindex *
open_bytes(const char *bytes, size_t size)
{
	struct index_file file;
	struct charindex *ci;

	index_file_make(&file, bytes, size);
	ck_assert_int_eq(charindex_open(file.path, &ci), CHARINDEX_OK);
	index_file_release(&file);
	return ci;
}

static void
must_find(const struct charindex *ci, const char *query, const char *expected)
{
	struct bytes rows = { 0 };

	unit_index_answer(ci, query, strlen(query), UINT32_MAX, &rows);
	bytes_must_be(query, rows.data, rows.length, expected, strlen(expected));
	bytes_release(&rows);
}

START_TEST(one_name_is_written_as_the_format_says)
{
	must_be_written_as(build_one_name, 17 << 16, index_of_one_name, sizeof(index_of_one_name) - 1);
}
END_TEST

START_TEST(three_names_are_written_as_the_format_says)
{
	must_be_written_as(build_three_names, 1 << 16 | 2 << 8 | 3, index_of_three_names,
	    sizeof(index_of_three_names) - 1);
}
END_TEST

START_TEST(what_the_format_says_can_be_searched)
{
	struct charindex *ci = open_bytes(index_of_three_names, sizeof(index_of_three_names) - 1);
	struct charindex_info info = charindex_info(ci);

	ck_assert_int_eq(charindex_verify(ci), CHARINDEX_OK);
	ck_assert_str_eq(info.unicode_version, "1.2.3");
	ck_assert_uint_eq(info.row_count, 3);
	ck_assert_uint_eq(info.term_count, 6);
	ck_assert_uint_eq(info.file_size, sizeof(index_of_three_names) - 1);
	must_find(ci, "euro", "U+20AC \t\u20AC\tEURO-CURRENCY SIGN\r\n");
	must_find(ci, "cjk",
	    "U+4E00 \t\u4E00\tCJK UNIFIED IDEOGRAPH-4E00\r\n"
	    "U+1F600\t\U0001F600\tSIGN CJK SIGN\r\n");
	must_find(ci, "cjk sign", "U+1F600\t\U0001F600\tSIGN CJK SIGN\r\n");
	must_find(ci, "unified", "U+4E00 \t\u4E00\tCJK UNIFIED IDEOGRAPH-4E00\r\n");
	must_find(ci, "4e00", "");
	ck_assert_uint_eq(charindex_category(ci, 0x40), 0);
	ck_assert_uint_eq(charindex_category(ci, 0x41), 1);
	ck_assert_uint_eq(charindex_category(ci, 0x1F5FF), 1);
	ck_assert_uint_eq(charindex_category(ci, 0x1F600), 27);
	ck_assert_uint_eq(charindex_category(ci, 0x10FFFF), 27);
	ck_assert_uint_eq(charindex_category(ci, 0x110000), 0);
	charindex_close(ci);
	ci = open_bytes(index_of_one_name, sizeof(index_of_one_name) - 1);
	ck_assert_int_eq(charindex_verify(ci), CHARINDEX_OK);
	must_find(ci, "a", "U+0041 \tA\tA\r\n");
	charindex_close(ci);
}
END_TEST

START_TEST(an_index_of_no_names_finds_nothing)
{
	struct builder builder = { 0 };
	struct index_file file;
	struct charindex *ci;

	builder_category(&builder, 0, 0);
	ck_assert_int_eq(builder_finish(&builder), BUILDER_OK);
	index_file_build(&file, &builder);
	builder_release(&builder);
	ck_assert_int_eq(charindex_open(file.path, &ci), CHARINDEX_OK);
	ck_assert_int_eq(charindex_verify(ci), CHARINDEX_OK);
	must_find(ci, "a", "");
	must_find(ci, "", "");
	charindex_close(ci);
	index_file_release(&file);
}
END_TEST

/* Gives the builder all that is in the index. */
static void
build_again(const struct index_file *file, struct builder *builder)
{
	size_t codes = index_file_section(file, "CODE"), rows = index_file_section(file, "ROWS");
	size_t categories = index_file_section(file, "GCAT");
	const char *text = (const char *)file->bytes + index_file_section(file, "TEXT");

	for (size_t at = 0; at < index_file_length(file, "CODE"); at += 4) {
		const char *begin = text + index_file_get(file, rows + at);
		const char *end = text + index_file_get(file, rows + at + 4);
		const char *name = (const char *)memrchr(begin, '\t', (size_t)(end - begin)) + 1;

		UNIT_HOLDS(builder_add(builder, index_file_get(file, codes + at), name,
		               (size_t)(end - name) - 2) == BUILDER_OK);
	}
	for (size_t at = 0; at < index_file_length(file, "GCAT"); at += 8)
		builder_category(builder, index_file_get(file, categories + at),
		    index_file_get(file, categories + at + 4));
	ck_assert_int_eq(builder_finish(builder), BUILDER_OK);
}

START_TEST(the_same_names_give_the_same_bytes)
{
	struct builder builder = { 0 };
	struct index_file file, again;

	index_file_copy(&file, unit_index_path());
	build_again(&file, &builder);
	write_and_copy(&builder, index_file_get(&file, 12), &again);
	for (int id = 0; id < SECTION_NEEDED; id++) {
		const char *name = section_kinds[id].name;

		bytes_must_be(name, (const char *)again.bytes + index_file_section(&again, name),
		    index_file_length(&again, name),
		    (const char *)file.bytes + index_file_section(&file, name),
		    index_file_length(&file, name));
	}
	builder_release(&builder);
	index_file_release(&file);
	index_file_release(&again);
}
END_TEST

/* Which rows are in the list of a term, by its runs. */
static void
set_rows(const struct index_file *file, size_t first_run, size_t end_run, unsigned char *rows)
{
	size_t runs = index_file_section(file, "RUNS");

	for (size_t run = first_run; run < end_run; run++) {
		uint32_t first = index_file_get(file, runs + 8 * run);
		uint32_t end = index_file_get(file, runs + 8 * run + 4);

		for (uint32_t row = first; row < end; row++)
			rows[row / 8] |= (unsigned char)(1 << row % 8);
	}
}

static uint64_t
bits_at(const struct index_file *file, size_t at)
{
	return index_file_get(file, at) | (uint64_t)index_file_get(file, at + 4) << 32;
}

/* Adds the rows of a region, whose node is at `node`, to `rows`; *next is where the next block is, which
 * no set has had yet. */
static void
set_rows_of_region(const struct index_file *file, size_t region, size_t node, size_t *next,
    unsigned char *rows)
{
	size_t sets = index_file_section(file, "SETS");
	uint64_t blocks = bits_at(file, sets + node);

	UNIT_HOLDS(8 * (size_t)index_file_get(file, sets + node + 8) == *next);
	UNIT_HOLDS(index_file_get(file, sets + node + 12) == 0);
	for (size_t block = 0; block < 64; block++)
		if ((blocks >> block & 1) != 0) {
			memcpy(rows + (64 * region + block) * 8, file->bytes + sets + *next, 8);
			*next += 8;
		}
}

/* Adds the rows of the set at *at to `rows`, and goes on to the one behind it. It is one node for 262144
 * rows; little-endian words of bits, the lowest first, are bytes of bits, the lowest first. */
static void
set_rows_of_set(const struct index_file *file, size_t *at, unsigned char *rows)
{
	size_t set = index_file_section(file, "SETS") + *at, node = *at + 16;
	uint64_t regions = bits_at(file, set);
	size_t next = node + 16 * (size_t)__builtin_popcountll(regions);

	UNIT_HOLDS(8 * (size_t)index_file_get(file, set + 8) == node);
	UNIT_HOLDS(index_file_get(file, set + 12) == 0);
	for (size_t region = 0; region < 64; region++)
		if ((regions >> region & 1) != 0) {
			set_rows_of_region(file, region, node, &next, rows);
			node += 16;
		}
	*at = next;
}

START_TEST(lists_of_two_runs_have_sets_that_say_the_same)
{
	struct index_file file;
	size_t terms, size, row_count, term_count, sets = 0, at = 8;
	unsigned char *rows, *set;

	index_file_copy(&file, unit_index_path());
	terms = index_file_section(&file, "TERM");
	row_count = index_file_get(&file, 24);
	term_count = index_file_get(&file, 28);
	ck_assert_uint_le(row_count, 262144);
	size = 262144 / 8;
	rows = malloc(size);
	set = malloc(size);
	ck_assert(rows != NULL && set != NULL);
	for (size_t n = 0; n < term_count; n++) {
		size_t term = terms + 24 * n, first_run = index_file_get(&file, term + 16);
		size_t end_run = n + 1 < term_count ? index_file_get(&file, term + 24 + 16)
		                                    : index_file_length(&file, "RUNS") / 8;
		uint32_t place = index_file_get(&file, term + 12) >> 8;

		UNIT_HOLDS(8 * (size_t)place == (end_run - first_run > 1 ? at : 0));
		if (place == 0)
			continue;
		memset(rows, 0, size);
		memset(set, 0, size);
		set_rows(&file, first_run, end_run, rows);
		set_rows_of_set(&file, &at, set);
		UNIT_HOLDS(memcmp(set, rows, size) == 0);
		sets++;
	}
	ck_assert_uint_gt(sets, 4000);
	ck_assert_uint_eq(bits_at(&file, index_file_section(&file, "SETS")), 0);
	ck_assert_uint_eq(index_file_length(&file, "SETS"), at);
	free(rows);
	free(set);
	index_file_release(&file);
}
END_TEST

START_TEST(terms_have_the_first_bytes_of_their_words)
{
	struct index_file file;
	size_t words, longer = 0, term_count;

	index_file_copy(&file, unit_index_path());
	words = index_file_section(&file, "WORD");
	term_count = index_file_get(&file, 28);
	for (size_t n = 0; n < term_count; n++) {
		size_t term = index_file_section(&file, "TERM") + 24 * n;
		size_t word = words + index_file_get(&file, term + 8);
		size_t length = index_file_get(&file, term + 12) & 0xFF;
		char prefix[8] = { 0 };

		memcpy(prefix, file.bytes + word, length < 8 ? length : 8);
		UNIT_HOLDS(memcmp(file.bytes + term, prefix, 8) == 0);
		longer += length > 8;
	}
	ck_assert_uint_gt(longer, 900);
	index_file_release(&file);
}
END_TEST

/* The name of row `row` of an index that needs two nodes at the first level of a set: one of four rows is ODD,
 * and MIDDLE are the first and those around where the second node begins. */
static const char *
name_of_many(uint32_t row)
{
	if (row == 0 || (row >= 262100 && row < 262200))
		return row % 4 == 1 ? "X ODD MIDDLE" : "X MIDDLE";
	return row % 4 == 1 ? "X ODD" : "X";
}

static uint64_t
count_rows(const struct charindex *ci, const char *query, uint32_t *first)
{
	struct charindex_search search;
	struct charindex_run run;
	uint64_t count = 0;

	classic_search_init(&search, ci, query, strlen(query));
	while (classic_search_next(&search, UINT32_MAX, &run)) {
		if (count == 0)
			*first = run.first;
		count += run.count;
	}
	return count;
}

START_TEST(sets_go_beyond_what_one_node_stands_for)
{
	enum { ROWS = 262144 + 1000 };
	struct builder builder = { 0 };
	struct index_file file;
	struct charindex *ci;
	size_t last_bits;
	uint32_t first;

	for (uint32_t row = 0; row < ROWS; row++) {
		const char *name = row == ROWS - 3 ? "X ODD LAST" : name_of_many(row);

		UNIT_HOLDS(builder_add(&builder, 0x10000 + row, name, strlen(name)) == BUILDER_OK);
	}
	builder_category(&builder, 0, 0);
	ck_assert_int_eq(builder_finish(&builder), BUILDER_OK);
	index_file_build(&file, &builder);
	builder_release(&builder);
	ck_assert_int_eq(charindex_open(file.path, &ci), CHARINDEX_OK);
	ck_assert_uint_eq(count_rows(ci, "odd", &first), ROWS / 4);
	ck_assert_uint_eq(count_rows(ci, "x odd", &first), ROWS / 4);
	ck_assert_uint_eq(first, 1);
	ck_assert_uint_eq(count_rows(ci, "odd middle", &first), 25);
	ck_assert_uint_eq(first, 262101);
	ck_assert_uint_eq(count_rows(ci, "odd last", &first), 1);
	ck_assert_uint_eq(first, ROWS - 3);
	charindex_close(ci);
	/* the last block is that of ODD, and has a row more than there are */
	last_bits = index_file_section(&file, "SETS") + index_file_length(&file, "SETS") - 4;
	index_file_put(&file, last_bits, index_file_get(&file, last_bits) | 1u << 31);
	ck_assert_int_eq(charindex_open(file.path, &ci), CHARINDEX_ERR_POSTINGS);
	index_file_release(&file);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, one_name_is_written_as_the_format_says);
	tcase_add_test(tests, three_names_are_written_as_the_format_says);
	tcase_add_test(tests, what_the_format_says_can_be_searched);
	tcase_add_test(tests, an_index_of_no_names_finds_nothing);
	tcase_add_test(tests, lists_of_two_runs_have_sets_that_say_the_same);
	tcase_add_test(tests, terms_have_the_first_bytes_of_their_words);
	tcase_add_test(tests, sets_go_beyond_what_one_node_stands_for);
	tcase_add_test(tests, the_same_names_give_the_same_bytes);
}

UNIT_MAIN("format", add_tests)
