/* test_names.c - the rows against the names that ICU knows. */
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "index.h"
#include "unit.h"
#include "unit_index.h"

static uint32_t
row_code(uint32_t row)
{
	return le32toh(unit_index->codes[row]);
}

/* The row as PROTOCOL.md says. */
static void
add_row(struct bytes *bytes, uint32_t code_point, const char *name, size_t name_length)
{
	char utf8[U8_MAX_LENGTH], code[16];
	int utf8_length = 0;

	U8_APPEND_UNSAFE(utf8, utf8_length, code_point);
	snprintf(code, sizeof(code), "U+%04X", (unsigned)code_point);
	bytes_printf(bytes, "%-7s\t%.*s\t%.*s\r\n", code, utf8_length, utf8, (int)name_length, name);
}

START_TEST(rows_are_in_ascending_order_of_code_point)
{
	uint32_t row_count = charindex_info(unit_index).row_count;

	for (uint32_t row = 1; row < row_count; row++)
		UNIT_HOLDS(row_code(row) > row_code(row - 1));
	ck_assert_uint_eq(row_code(0), 0x20);
	ck_assert_uint_le(row_code(row_count - 1), 0x10FFFF);
}
END_TEST

START_TEST(every_row_is_rendered_as_the_protocol_says)
{
	uint32_t row_count = charindex_info(unit_index).row_count;
	struct bytes expected = { 0 };

	for (uint32_t row = 0; row < row_count; row++) {
		uint32_t offset = index_row_offset(unit_index, row);
		size_t length = index_row_offset(unit_index, row + 1) - offset;
		const char *text = unit_index->text + offset, *end = text + length;
		const char *name = memrchr(text, '\t', length);

		UNIT_HOLDS(name != NULL && end - name > 3);
		name++;
		expected.length = 0;
		add_row(&expected, row_code(row), name, (size_t)(end - name) - 2);
		if (expected.length != length || memcmp(expected.data, text, length) != 0)
			ck_abort_msg("%.*s", (int)length, text);
	}
	bytes_release(&expected);
}
END_TEST

/* ICU's name of a code point; its length is 0 if it has none. */
static size_t
icu_name(uint32_t code_point, char *name, size_t size)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t length =
	    u_charName((UChar32)code_point, U_UNICODE_CHAR_NAME, name, (int32_t)size, &status);

	UNIT_HOLDS(U_SUCCESS(status));
	return (size_t)length;
}

START_TEST(names_are_those_of_icu_and_none_is_missing)
{
	uint32_t row_count = charindex_info(unit_index).row_count, row = 0;
	unsigned compared = 0, unknown = 0;
	struct bytes expected = { 0 };

	for (uint32_t c = 0x20; c <= 0x10FFFF; c++) {
		bool has_row = row < row_count && row_code(row) == c;
		char name[256];
		size_t length;

		if (u_charType((UChar32)c) == U_UNASSIGNED) {
			unknown += has_row;
			row += has_row;
			continue;
		}
		length = icu_name(c, name, sizeof(name));
		if (has_row != (length > 0))
			ck_abort_msg("U+%04X: %s row, and ICU says '%s'", (unsigned)c, has_row ? "a" : "no",
			    name);
		if (!has_row)
			continue;
		expected.length = 0;
		add_row(&expected, c, name, length);
		if (index_row_offset(unit_index, row + 1) - index_row_offset(unit_index, row) !=
		        expected.length ||
		    memcmp(unit_index->text + index_row_offset(unit_index, row), expected.data,
		        expected.length) != 0)
			ck_abort_msg("the row of U+%04X is not that of %s", (unsigned)c, name);
		compared++;
		row++;
	}
	bytes_release(&expected);
	printf("%u names compared with ICU %s, which does not know %u more\n", compared, U_ICU_VERSION,
	    unknown);
	ck_assert_uint_eq(row, row_count);
	ck_assert_uint_eq(compared + unknown, row_count);
	ck_assert_uint_gt(compared, 130000);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_unchecked_fixture(tests, unit_index_open, unit_index_close);
	tcase_add_test(tests, rows_are_in_ascending_order_of_code_point);
	tcase_add_test(tests, every_row_is_rendered_as_the_protocol_says);
	tcase_add_test(tests, names_are_those_of_icu_and_none_is_missing);
}

UNIT_MAIN("names", add_tests)
