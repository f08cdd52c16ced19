/* test_category.c - general categories, of the index and of ICU. */
#include <stdio.h>
#include <unicode/uchar.h>

#include "unit.h"
#include "unit_index.h"

START_TEST(knows_a_character_of_every_category)
{
	static const struct {
		uint32_t code_point;
		uint8_t category;
	} cases[] = {
		{ 'A', U_UPPERCASE_LETTER },
		{ 'z', U_LOWERCASE_LETTER },
		{ 0x01C5, U_TITLECASE_LETTER },
		{ 0x02B0, U_MODIFIER_LETTER },
		{ 0x05D0, U_OTHER_LETTER },
		{ 0x0301, U_NON_SPACING_MARK },
		{ 0x20DD, U_ENCLOSING_MARK },
		{ 0x0903, U_COMBINING_SPACING_MARK },
		{ '0', U_DECIMAL_DIGIT_NUMBER },
		{ 0x2160, U_LETTER_NUMBER },
		{ 0x00B2, U_OTHER_NUMBER },
		{ ' ', U_SPACE_SEPARATOR },
		{ 0x2028, U_LINE_SEPARATOR },
		{ 0x2029, U_PARAGRAPH_SEPARATOR },
		{ 0x0000, U_CONTROL_CHAR },
		{ 0x00AD, U_FORMAT_CHAR },
		{ 0xE000, U_PRIVATE_USE_CHAR },
		{ 0xD800, U_SURROGATE },
		{ '-', U_DASH_PUNCTUATION },
		{ '(', U_START_PUNCTUATION },
		{ ')', U_END_PUNCTUATION },
		{ '_', U_CONNECTOR_PUNCTUATION },
		{ '!', U_OTHER_PUNCTUATION },
		{ '+', U_MATH_SYMBOL },
		{ '$', U_CURRENCY_SYMBOL },
		{ '^', U_MODIFIER_SYMBOL },
		{ 0x265C, U_OTHER_SYMBOL },
		{ 0x00AB, U_INITIAL_PUNCTUATION },
		{ 0x00BB, U_FINAL_PUNCTUATION },
		{ 0x0378, U_UNASSIGNED },
	};

	for (size_t i = 0; i < UNIT_COUNT(cases); i++)
		ck_assert_uint_eq(charindex_category(unit_index, cases[i].code_point), cases[i].category);
}
END_TEST

START_TEST(knows_the_edges_of_ranges)
{
	static const struct {
		uint32_t code_point;
		uint8_t category;
	} cases[] = {
		{ 0x1F, U_CONTROL_CHAR },
		{ 0x20, U_SPACE_SEPARATOR },
		{ 0x7E, U_MATH_SYMBOL },
		{ 0x7F, U_CONTROL_CHAR },
		{ 0x9F, U_CONTROL_CHAR },
		{ 0xA0, U_SPACE_SEPARATOR },
		{ 0x33FF, U_OTHER_SYMBOL },
		{ 0x3400, U_OTHER_LETTER },
		{ 0x4DBF, U_OTHER_LETTER },
		{ 0x4DC0, U_OTHER_SYMBOL },
		{ 0x9FFF, U_OTHER_LETTER },
		{ 0xD7FF, U_UNASSIGNED },
		{ 0xD800, U_SURROGATE },
		{ 0xDFFF, U_SURROGATE },
		{ 0xE000, U_PRIVATE_USE_CHAR },
		{ 0xF8FF, U_PRIVATE_USE_CHAR },
		{ 0xF900, U_OTHER_LETTER },
		{ 0xFFFF, U_UNASSIGNED },
		{ 0x10000, U_OTHER_LETTER },
		{ 0xEFFFF, U_UNASSIGNED },
		{ 0xF0000, U_PRIVATE_USE_CHAR },
		{ 0xFFFFD, U_PRIVATE_USE_CHAR },
		{ 0xFFFFE, U_UNASSIGNED },
		{ 0x10FFFD, U_PRIVATE_USE_CHAR },
		{ 0x10FFFE, U_UNASSIGNED },
		{ 0x10FFFF, U_UNASSIGNED },
	};

	for (size_t i = 0; i < UNIT_COUNT(cases); i++)
		ck_assert_uint_eq(charindex_category(unit_index, cases[i].code_point), cases[i].category);
}
END_TEST

START_TEST(nothing_is_assigned_beyond_the_last_code_point)
{
	ck_assert_uint_eq(charindex_category(unit_index, 0x110000), U_UNASSIGNED);
	ck_assert_uint_eq(charindex_category(unit_index, 0x80000000), U_UNASSIGNED);
	ck_assert_uint_eq(charindex_category(unit_index, UINT32_MAX), U_UNASSIGNED);
}
END_TEST

START_TEST(knows_what_unicode_17_and_18_have_added)
{
	ck_assert_uint_eq(charindex_category(unit_index, 0x20C1), U_CURRENCY_SYMBOL);
	ck_assert_uint_eq(charindex_category(unit_index, 0x1CEBB), U_OTHER_SYMBOL);
	ck_assert_uint_eq(charindex_category(unit_index, 0x323B0), U_OTHER_LETTER);
	ck_assert_uint_eq(charindex_category(unit_index, 0x18E00), U_OTHER_LETTER);
	ck_assert_uint_eq(charindex_category(unit_index, 0x3D000), U_OTHER_LETTER);
	ck_assert_uint_eq(charindex_category(unit_index, 0x3FC3F), U_OTHER_LETTER);
	ck_assert_uint_eq(charindex_category(unit_index, 0x1FACC), U_OTHER_SYMBOL);
}
END_TEST

/* Changed after Unicode 15.0, which is what the oldest supported ICU knows. */
static const struct {
	uint32_t code_point;
	uint8_t before, now;
} changed[] = {
	{ 0x0295, U_LOWERCASE_LETTER, U_OTHER_LETTER },
	{ 0x1171E, U_NON_SPACING_MARK, U_COMBINING_SPACING_MARK },
};

static bool
has_changed(uint32_t code_point, int8_t icu)
{
	for (size_t i = 0; i < UNIT_COUNT(changed); i++)
		if (changed[i].code_point == code_point && changed[i].before == icu)
			return true;
	return false;
}

START_TEST(knows_what_has_changed)
{
	for (size_t i = 0; i < UNIT_COUNT(changed); i++)
		ck_assert_uint_eq(charindex_category(unit_index, changed[i].code_point), changed[i].now);
}
END_TEST

START_TEST(agrees_with_icu_on_all_that_icu_knows)
{
	unsigned compared = 0, left_out = 0;

	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		int8_t icu = u_charType((UChar32)c);

		if (icu == U_UNASSIGNED || has_changed(c, icu)) {
			left_out += charindex_category(unit_index, c) != U_UNASSIGNED;
			continue;
		}
		compared++;
		if (charindex_category(unit_index, c) != icu)
			ck_abort_msg("U+%04X: %d, and ICU says %d", (unsigned)c,
			    charindex_category(unit_index, c), icu);
	}
	printf("categories of %u code points compared with ICU %s, %u left out that it does not know "
	       "or has others for\n",
	    compared, U_ICU_VERSION, left_out);
	ck_assert_uint_gt(compared, 280000);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_unchecked_fixture(tests, unit_index_open, unit_index_close);
	tcase_add_test(tests, knows_a_character_of_every_category);
	tcase_add_test(tests, knows_the_edges_of_ranges);
	tcase_add_test(tests, nothing_is_assigned_beyond_the_last_code_point);
	tcase_add_test(tests, knows_what_unicode_17_and_18_have_added);
	tcase_add_test(tests, knows_what_has_changed);
	tcase_add_test(tests, agrees_with_icu_on_all_that_icu_knows);
}

UNIT_MAIN("category", add_tests)
