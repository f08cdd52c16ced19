/* test_property.c - the properties of code points, and filters by them. */
#include "binary_property.h"
#include "property.h"
#include "property_name.h"

#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>

#include "bytes.h"
#include "unit.h"
#include "unit_index.h"

static const char *const property_names[CHARINDEX_PROPERTY_COUNT] = {
	[CHARINDEX_PROPERTY_CATEGORY] = "gc",
	[CHARINDEX_PROPERTY_SCRIPT] = "sc",
	[CHARINDEX_PROPERTY_BLOCK] = "blk",
	[CHARINDEX_PROPERTY_AGE] = "age",
};

/* Rows of the table whose filter is `text` must be as many as `expected`, if that is not 0. */
static uint32_t
count_entries(enum charindex_property property, const char *text)
{
	struct charindex_filter filter;
	uint32_t count = 0;

	if (!charindex_read_filter(unit_index, property, text, strlen(text), &filter))
		return 0;
	for (uint32_t n = 0; property_begin(unit_index, n) < 0x110000; n++)
		count += property_filter_holds(unit_index, &filter, n);
	return count;
}

static void
text_must_be(enum charindex_property property, uint32_t c, const char *expected)
{
	struct charindex_text text = property_text(unit_index, property, c);

	bytes_must_be(property_names[property], text.bytes, text.length, expected, strlen(expected));
}

START_TEST(every_code_point_has_its_values)
{
	text_must_be(CHARINDEX_PROPERTY_CATEGORY, 0x20AC, "Sc");
	text_must_be(CHARINDEX_PROPERTY_SCRIPT, 0x03BB, "Greek");
	text_must_be(CHARINDEX_PROPERTY_BLOCK, 0x2190, "Arrows");
	text_must_be(CHARINDEX_PROPERTY_AGE, 0x20AC, "2.1");
	text_must_be(CHARINDEX_PROPERTY_CATEGORY, 0x0378, "Cn");
	text_must_be(CHARINDEX_PROPERTY_AGE, 0x0378, "");
	text_must_be(CHARINDEX_PROPERTY_CATEGORY, 0x10FFFF, "Cn");
	text_must_be(CHARINDEX_PROPERTY_CATEGORY, 0x0A, "Cc");
	text_must_be(CHARINDEX_PROPERTY_SCRIPT, 0x4E00, "Han");
	text_must_be(CHARINDEX_PROPERTY_AGE, 0xAC00, "2.0");
}
END_TEST

START_TEST(blocks_are_whole_and_have_all_characters)
{
	struct charindex_block block;
	uint32_t next = 0;

	for (uint32_t n = 0; charindex_block(unit_index, n, &block); n++) {
		UNIT_HOLDS(block.first >= next && block.first % 16 == 0 && block.last % 16 == 15);
		for (next = block.first; next <= block.last; next++) {
			struct charindex_text of = property_text(unit_index, CHARINDEX_PROPERTY_BLOCK, next);

			UNIT_HOLDS(of.length == 0 || of.bytes == block.name.bytes);
		}
	}
	UNIT_HOLDS(next == 0x110000);
}
END_TEST

START_TEST(blocks_are_found_by_name)
{
	struct charindex_block block;

	UNIT_HOLDS(charindex_block_named(unit_index, "greek", 5, &block));
	UNIT_HOLDS(block.first == 0x0370 && block.last == 0x03FF);
	bytes_must_be("name", block.name.bytes, block.name.length, "Greek and Coptic", 16);
	UNIT_HOLDS(charindex_block_named(unit_index, "Low_Surrogates", 14, &block));
	UNIT_HOLDS(block.first == 0xDC00 && block.last == 0xDFFF);
	UNIT_HOLDS(!charindex_block_named(unit_index, "nosuch", 6, &block));
	UNIT_HOLDS(!charindex_block(unit_index, 1000, &block));
}
END_TEST

START_TEST(categories_are_those_of_the_names)
{
	for (uint32_t c = 0; c < 0x110000; c++)
		UNIT_HOLDS(property_value(unit_index, CHARINDEX_PROPERTY_CATEGORY,
		               property_entry(unit_index, c)) == charindex_category(unit_index, c));
}
END_TEST

/* ---- the names of values ---------------------------------------------------------------- */

/* In another case, and with other things between its words. */
static void
make_loose(const char *name, char *loose)
{
	for (; *name != '\0'; name++) {
		if (*name == '_' || *name == ' ' || *name == '-')
			continue;
		*loose++ = (char)(u_islower(*name) ? u_toupper(*name) : u_tolower(*name));
		*loose++ = *name % 2 ? '_' : ' ';
	}
	*loose = '\0';
}

/* Every value in data/properties.tsv that characters have is found by each of its names. */
START_TEST(every_value_is_matched_by_each_of_its_names_loosely)
{
	const char *source = getenv("srcdir");
	char path[4096], line[1024];
	unsigned matched = 0;
	FILE *file;

	snprintf(path, sizeof(path), "%s/data/properties.tsv", source != NULL ? source : ".");
	file = fopen(path, "r");
	UNIT_HOLDS(file != NULL);
	while (fgets(line, sizeof(line), file) != NULL) {
		char *rest = line, *property = strsep(&rest, "\t"), *name;
		int which = 0;
		uint32_t count = 0;

		while (which < CHARINDEX_PROPERTY_COUNT && strcmp(property, property_names[which]) != 0)
			which++;
		if (which >= CHARINDEX_PROPERTY_AGE) /* their names are numbers */
			continue;
		while ((name = strsep(&rest, "\t \n")) != NULL) {
			char loose[1024];
			uint32_t own;

			if (*name == '\0' || strcmp(name, "n/a") == 0)
				continue;
			own = count_entries((enum charindex_property)which, name);
			make_loose(name, loose);
			UNIT_HOLDS(count_entries((enum charindex_property)which, loose) == own);
			if (count > 0 && own != count)
				ck_abort_msg("%s:%s is not what its other name is", property, name);
			count = own;
			matched++;
		}
	}
	fclose(file);
	ck_assert_uint_gt(matched, 1000);
}
END_TEST

/* Also those that properties.tsv does not have: as the values are shown. */
START_TEST(every_value_is_matched_as_it_is_shown)
{
	for (int i = 0; i < CHARINDEX_PROPERTY_COUNT; i++)
		for (uint32_t n = 0; property_begin(unit_index, n) < 0x110000; n++) {
			enum charindex_property property = (enum charindex_property)i;
			struct charindex_text name =
			    property_value_name(unit_index, property, property_value(unit_index, property, n));
			struct charindex_filter filter;

			if (name.length == 0)
				continue;
			UNIT_HOLDS(
			    charindex_read_filter(unit_index, property, name.bytes, name.length, &filter));
			UNIT_HOLDS(property_filter_holds(unit_index, &filter, n));
		}
}
END_TEST

START_TEST(names_are_matched_but_for_case_and_what_is_between_words)
{
	UNIT_HOLDS(property_names_match("Box_Drawing", 11, "box drawing", 11));
	UNIT_HOLDS(property_names_match("Box_Drawing", 11, "B-O-X drawing_", 14));
	UNIT_HOLDS(!property_names_match("Box_Drawing", 11, "box", 3));
	UNIT_HOLDS(!property_names_match("Box", 3, "boxes", 5));
	UNIT_HOLDS(property_names_match("", 0, "- _", 3));
}
END_TEST

/* ---- groups and versions -------------------------------------------------------------------- */

static bool
holds_for(enum charindex_property property, const char *text, uint32_t c)
{
	struct charindex_filter filter;

	UNIT_HOLDS(charindex_read_filter(unit_index, property, text, strlen(text), &filter));
	return property_filter_holds(unit_index, &filter, property_entry(unit_index, c));
}

START_TEST(groups_of_categories)
{
	UNIT_HOLDS(holds_for(CHARINDEX_PROPERTY_CATEGORY, "L", 'a') &&
	    holds_for(CHARINDEX_PROPERTY_CATEGORY, "letter", 'A'));
	UNIT_HOLDS(!holds_for(CHARINDEX_PROPERTY_CATEGORY, "L", '5') &&
	    holds_for(CHARINDEX_PROPERTY_CATEGORY, "N", '5'));
	UNIT_HOLDS(holds_for(CHARINDEX_PROPERTY_CATEGORY, "LC", 'a') &&
	    !holds_for(CHARINDEX_PROPERTY_CATEGORY, "LC", 0x4E00));
	UNIT_HOLDS(holds_for(CHARINDEX_PROPERTY_CATEGORY, "Symbol", 0x20AC) &&
	    !holds_for(CHARINDEX_PROPERTY_CATEGORY, "P", 0x20AC));
	UNIT_HOLDS(holds_for(CHARINDEX_PROPERTY_CATEGORY, "other", 0x0A) &&
	    holds_for(CHARINDEX_PROPERTY_CATEGORY, "C", 0x0378));
	UNIT_HOLDS(holds_for(CHARINDEX_PROPERTY_CATEGORY, "Z", ' ') &&
	    holds_for(CHARINDEX_PROPERTY_CATEGORY, "mark", 0x0301));
}
END_TEST

START_TEST(versions_are_compared_as_numbers)
{
	enum charindex_property age = CHARINDEX_PROPERTY_AGE;

	UNIT_HOLDS(holds_for(age, "2.1", 0x20AC) && holds_for(age, "=2.1", 0x20AC));
	UNIT_HOLDS(holds_for(age, ">=2.1", 0x20AC) && holds_for(age, "<=2.1", 0x20AC) &&
	    holds_for(age, "<3", 0x20AC));
	UNIT_HOLDS(!holds_for(age, ">2.1", 0x20AC) && !holds_for(age, "<2.1", 0x20AC));
	UNIT_HOLDS(
	    holds_for(age, "<10", 0x20AC) && !holds_for(age, ">=10", 0x20AC)); /* 2 is before 10 */
	UNIT_HOLDS(holds_for(age, "18", 0x3D000) && !holds_for(age, "<18", 0x18E00));
	UNIT_HOLDS(holds_for(age, "17", 0x20C1) && holds_for(age, "17.0", 0x20C1));
	UNIT_HOLDS(
	    !holds_for(age, ">=1.1", 0x0378) && !holds_for(age, "<=17", 0x0378)); /* which has none */
}
END_TEST

START_TEST(other_values_are_not_understood)
{
	static const char *const ages[] = { "", "99", ">", ">=", "x", "1.2", "2.1.0", "-1", "=>2",
		"1..1", "0", ">=999999999999" };
	static const char *const others[] = { "", "-", "_", "nosuch", "Lx", "Latinn" };
	struct charindex_filter filter;

	for (size_t i = 0; i < UNIT_COUNT(ages); i++)
		if (charindex_read_filter(unit_index, CHARINDEX_PROPERTY_AGE, ages[i], strlen(ages[i]),
		        &filter))
			ck_abort_msg("'%s' is understood as a version", ages[i]);
	for (size_t i = 0; i < UNIT_COUNT(others); i++)
		for (int p = 0; p < CHARINDEX_PROPERTY_AGE; p++)
			UNIT_HOLDS(!charindex_read_filter(unit_index, (enum charindex_property)p, others[i],
			    strlen(others[i]), &filter));
}
END_TEST

START_TEST(binary_properties_are_those_of_icu_as_far_as_it_knows)
{
	static const UProperty properties[] = {
		[BINARY_EMOJI] = UCHAR_EMOJI,
		[BINARY_EMOJI_PRESENTATION] = UCHAR_EMOJI_PRESENTATION,
		[BINARY_VARIATION_SELECTOR] = UCHAR_VARIATION_SELECTOR,
		[BINARY_IDEOGRAPHIC] = UCHAR_IDEOGRAPHIC,
	};
	unsigned compared = 0, left_out = 0;

	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		if (u_charType((UChar32)c) == U_UNASSIGNED) {
			left_out += charindex_category(unit_index, c) != U_UNASSIGNED;
			continue;
		}
		compared++;
		for (size_t bit = 0; bit < UNIT_COUNT(properties); bit++)
			if (binary_is(unit_index, (uint32_t)bit, c) !=
			    (bool)u_hasBinaryProperty((UChar32)c, properties[bit]))
				ck_abort_msg("U+%04X: bit %zu is not what ICU says", (unsigned)c, bit);
	}
	printf(
	    "4 binary properties of %u code points compared with ICU %s, %u left out that it does not know\n",
	    compared, U_ICU_VERSION, left_out);
	ck_assert_uint_gt(compared, 280000);
	UNIT_HOLDS(binary_is(unit_index, BINARY_EMOJI, 0x1FACC) &&
	    binary_is(unit_index, BINARY_IDEOGRAPHIC, 0x3D000));
	UNIT_HOLDS(!binary_is(unit_index, BINARY_EMOJI, 0x110000) &&
	    !binary_is(unit_index, BINARY_EMOJI, UINT32_MAX));
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_unchecked_fixture(tests, unit_index_open, unit_index_close);
	tcase_add_test(tests, every_code_point_has_its_values);
	tcase_add_test(tests, blocks_are_whole_and_have_all_characters);
	tcase_add_test(tests, blocks_are_found_by_name);
	tcase_add_test(tests, categories_are_those_of_the_names);
	tcase_add_test(tests, every_value_is_matched_by_each_of_its_names_loosely);
	tcase_add_test(tests, every_value_is_matched_as_it_is_shown);
	tcase_add_test(tests, names_are_matched_but_for_case_and_what_is_between_words);
	tcase_add_test(tests, groups_of_categories);
	tcase_add_test(tests, binary_properties_are_those_of_icu_as_far_as_it_knows);
	tcase_add_test(tests, versions_are_compared_as_numbers);
	tcase_add_test(tests, other_values_are_not_understood);
}

UNIT_MAIN("property", add_tests)
