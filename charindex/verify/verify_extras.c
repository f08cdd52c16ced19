/* verify_extras.c - hides the deep check of extra rows, ranks, properties and references. */
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "fold.h"
#include "property.h"
#include "row.h"
#include "verify.h"

bool
verify_is_text(struct charindex_text text)
{
	const uint8_t *s = (const uint8_t *)text.bytes;
	size_t at = 0;
	UChar32 c;

	while (at < text.length) {
		U8_NEXT(s, at, text.length, c);
		if (c < 0x20 || (c >= 0x7F && c < 0xA0))
			return false;
	}
	return true;
}

/* ---- extra rows ------------------------------------------------------------------------- */

/* As builder.h says. */

/* The row that mkcharindex would make of the code points in the second column of `text`, or, if
 * that is empty, of `first`, with the name in the third: is it this one? */
static bool
is_as_rendered(struct charindex_text text, uint32_t first, uint32_t *code_count)
{
	char codes[CHARINDEX_MAX_CODES * 9 + 1];
	const char *tab = memchr(text.bytes, '\t', text.length), *end = text.bytes + text.length, *name;
	size_t used = 0, at = 0, length, name_length;
	const uint8_t *s;
	UChar32 c;

	if (!row_name(text.bytes, text.length, &name, &name_length) || name_length == 0 ||
	    name_length > FORMAT_MAX_WORD ||
	    !verify_is_text((struct charindex_text){ name, name_length }))
		return false;
	s = (const uint8_t *)tab + 1;
	length = (size_t)(name - tab) - 2;
	*code_count = 0;
	while (at < length && *code_count < CHARINDEX_MAX_CODES) {
		U8_NEXT(s, at, length, c);
		if (c < 0 || ((*code_count)++ == 0 && (uint32_t)c != first))
			return false;
		used += (size_t)sprintf(codes + used, *code_count > 1 ? " U+%04X" : "U+%04X", (unsigned)c);
	}
	if (*code_count == 0 && first <= 0x10FFFF)
		used = (size_t)sprintf(codes, "U+%04X", (unsigned)first);
	while (used < 7)
		codes[used++] = ' ';
	return at == length && (size_t)(tab - text.bytes) == used &&
	    memcmp(text.bytes, codes, used) == 0 && memchr(name, '\r', (size_t)(end - name)) == end - 2;
}

/* Controls are of one code point, which is not shown; all else is a sequence. */
static bool
is_kind_right(const struct charindex *ci, uint32_t row, uint32_t code_count)
{
	unsigned flags = extra_rank(ci, row).flags;

	return code_count == 0
	    ? (flags & (CHARINDEX_IS_CONTROL | CHARINDEX_IS_SEQUENCE)) == CHARINDEX_IS_CONTROL
	    : code_count > 1 &&
	        (flags & (CHARINDEX_IS_CONTROL | CHARINDEX_IS_SEQUENCE)) == CHARINDEX_IS_SEQUENCE;
}

/* By the first code point, then by the characters. */
static bool
is_after(const struct charindex *ci, uint32_t row, struct charindex_text before)
{
	struct charindex_text text = extra_row_text(ci, row);
	uint32_t code = extra_row_code(ci, row), code_before = extra_row_code(ci, row - 1);
	const char *a = memchr(before.bytes, '\t', before.length),
	           *b = memchr(text.bytes, '\t', text.length);
	size_t a_left = before.length - (size_t)(a - before.bytes),
	       b_left = text.length - (size_t)(b - text.bytes);

	/* a TAB ends them, which is below all characters that they have */
	return code > code_before ||
	    (code == code_before && memcmp(a, b, a_left < b_left ? a_left : b_left) < 0);
}

bool
verify_extra_rows(const struct charindex *ci)
{
	const uint32_t *offsets = extra_section(ci, SECTION_EXTRA_ROWS);
	struct charindex_text before = { NULL, 0 };

	if (ci->extra_count == 0)
		return extra_entries(ci, SECTION_EXTRA_CODES) == 0 &&
		    extra_entries(ci, SECTION_EXTRA_TEXT) == 0 &&
		    extra_entries(ci, SECTION_EXTRA_ROWS) <= 1;
	if (le32toh(offsets[0]) != 0 ||
	    le32toh(offsets[ci->extra_count]) != extra_entries(ci, SECTION_EXTRA_TEXT))
		return false;
	for (uint32_t row = ci->row_count; row < extra_all_rows(ci); row++) {
		struct charindex_text text = extra_row_text(ci, row);
		uint32_t code_count;

		if (text.length == 0 || !is_as_rendered(text, extra_row_code(ci, row), &code_count) ||
		    !is_kind_right(ci, row, code_count) ||
		    (before.bytes != NULL && !is_after(ci, row, before)))
			return false;
		before = text;
	}
	return true;
}

/* ---- ranks -------------------------------------------------------------------------------- */

/* What is not ASCII may be folded otherwise by another ICU. */
static bool
is_word_count_right(struct charindex_text text, uint32_t words)
{
	struct folded folded;
	const char *name;
	size_t length;
	uint32_t distinct;

	if (!row_name(text.bytes, text.length, &name, &length) ||
	    !fold_text(&folded, name, length, FOLD_SEGMENTS))
		return false;
	distinct = folded_distinct(&folded);
	return !folded.ascii || words == (distinct < UINT8_MAX ? distinct : UINT8_MAX);
}

bool
verify_ranks(const struct charindex *ci)
{
	enum {
		OF_EXTRAS = CHARINDEX_IS_SEQUENCE | CHARINDEX_IS_TONED | CHARINDEX_IS_CONTROL,
		KNOWN = OF_EXTRAS | CHARINDEX_IS_EMOJI,
	};
	uint32_t count = extra_entries(ci, SECTION_RANK);

	if (count == 0)
		return ci->extra_count == 0;
	if (count != extra_all_rows(ci))
		return false;
	for (uint32_t row = 0; row < count; row++) {
		struct format_rank rank = extra_rank(ci, row);
		unsigned allowed = row < ci->row_count ? CHARINDEX_IS_EMOJI : KNOWN;

		if (rank.zero != 0 || rank.rarity > 15 || (rank.flags & ~allowed) != 0 ||
		    !is_word_count_right(extra_row_text(ci, row), rank.words))
			return false;
	}
	return true;
}

/* ---- properties ------------------------------------------------------------------------------ */

static bool
has_names(uint32_t property)
{
	return property < CHARINDEX_PROPERTY_COUNT || property == FORMAT_BINARY_NAMES ||
	    (property >= FORMAT_TRAIT_NAMES && property < FORMAT_TRAIT_NAMES + CHARINDEX_TRAIT_COUNT);
}

/* Names lie one after the other, and each is of a property that there is; properties ascend. */
static bool
are_names_right(const struct charindex *ci)
{
	const struct format_value *values = extra_section(ci, SECTION_VALUES);
	uint32_t count = extra_entries(ci, SECTION_VALUES), offset = 0;

	for (uint32_t n = 0; n < count; n++) {
		uint32_t length = le16toh(values[n].name_length);

		if (n > 0 && le16toh(values[n].property) < le16toh(values[n - 1].property))
			return false;
		if (!has_names(le16toh(values[n].property)) || length == 0 || values[n].zero != 0 ||
		    le32toh(values[n].name_offset) != offset ||
		    !verify_is_text(extra_text(ci, SECTION_VALUE_NAMES, offset, length)) ||
		    extra_text(ci, SECTION_VALUE_NAMES, offset, length).length != length)
			return false;
		offset += length;
	}
	return offset == extra_entries(ci, SECTION_VALUE_NAMES);
}

/* Values that are in use have names; 0 means none, but for the category. */
static bool
are_values_named(const struct charindex *ci, uint32_t entry)
{
	for (int i = 0; i < CHARINDEX_PROPERTY_COUNT; i++) {
		enum charindex_property property = (enum charindex_property)i;
		uint32_t value = property_value(ci, property, entry);

		if ((value > 0 || property == CHARINDEX_PROPERTY_CATEGORY) &&
		    property_value_name(ci, property, value).length == 0)
			return false;
	}
	return true;
}

/* PROP says of categories what GCAT does. */
static bool
do_categories_agree(const struct charindex *ci)
{
	for (uint32_t i = 0; i < ci->category_count; i++) {
		uint32_t first = le32toh(ci->categories[i].first);

		if (property_value(ci, CHARINDEX_PROPERTY_CATEGORY, property_entry(ci, first)) !=
		    le32toh(ci->categories[i].category))
			return false;
	}
	return true;
}

bool
verify_properties(const struct charindex *ci)
{
	const struct format_property *entries = extra_section(ci, SECTION_PROPERTIES);
	uint32_t count = extra_entries(ci, SECTION_PROPERTIES);

	if (!are_names_right(ci))
		return false;
	for (uint32_t n = 0; n < count; n++) {
		uint32_t first = property_begin(ci, n);

		if (first > 0x10FFFF || entries[n].zero != 0 ||
		    (n == 0 ? first != 0 : first <= property_begin(ci, n - 1)) ||
		    charindex_category(ci, first) != entries[n].category || !are_values_named(ci, n))
			return false;
	}
	return count == 0 || do_categories_agree(ci);
}

/* ---- blocks ---------------------------------------------------------------------------------- */

/* Ranges ascend, and their numbers have names. */
static bool
are_blocks_right(const struct charindex *ci)
{
	const struct format_block *entries = extra_section(ci, SECTION_BLOCKS);
	struct charindex_block block;
	uint32_t next = 0;

	for (uint32_t n = 0; n < extra_entries(ci, SECTION_BLOCKS); n++) {
		if (le32toh(entries[n].block) == 0 || !charindex_block(ci, n, &block) ||
		    block.first < next || block.name.length == 0)
			return false;
		next = block.last + 1;
	}
	return true;
}

bool
verify_blocks(const struct charindex *ci)
{
	const struct format_block *entries = extra_section(ci, SECTION_BLOCKS);
	uint32_t n = 0, count = extra_entries(ci, SECTION_BLOCKS);

	if (!are_blocks_right(ci))
		return false;
	for (uint32_t i = 0; i < extra_entries(ci, SECTION_PROPERTIES); i++) {
		uint32_t first = property_begin(ci, i);
		uint32_t block = property_value(ci, CHARINDEX_PROPERTY_BLOCK, i);

		while (n < count && le32toh(entries[n].last) < first)
			n++;
		if (block != 0 && n < count && le32toh(entries[n].first) <= first &&
		    le32toh(entries[n].block) != block)
			return false;
	}
	return true;
}

/* ---- binary properties ----------------------------------------------------------------------- */

/* Sets `named` to the bits that have names. */
static void
find_named_bits(const struct charindex *ci, uint32_t named[2])
{
	const struct format_value *values = extra_section(ci, SECTION_VALUES);

	named[0] = named[1] = 0;
	for (uint32_t n = 0; n < extra_entries(ci, SECTION_VALUES); n++) {
		uint32_t bit = le16toh(values[n].value);

		if (le16toh(values[n].property) == FORMAT_BINARY_NAMES && bit < 64)
			named[bit / 32] |= (uint32_t)1 << bit % 32;
	}
}

/* Entries ascend from 0, each says something else, and all bits have names. */
bool
verify_binary(const struct charindex *ci)
{
	const struct format_binary *entries = extra_section(ci, SECTION_BINARY);
	uint32_t count = extra_entries(ci, SECTION_BINARY), named[2];

	find_named_bits(ci, named);
	for (uint32_t n = 0; n < count; n++) {
		uint32_t first = le32toh(entries[n].first);

		if (first > 0x10FFFF || (n == 0 ? first != 0 : first <= le32toh(entries[n - 1].first)) ||
		    (n > 0 && memcmp(entries[n].bits, entries[n - 1].bits, sizeof(entries[n].bits)) == 0) ||
		    (le32toh(entries[n].bits[0]) & ~named[0]) != 0 ||
		    (le32toh(entries[n].bits[1]) & ~named[1]) != 0)
			return false;
	}
	return true;
}

/* ---- references ---------------------------------------------------------------------------------- */

static bool
is_later(const struct format_reference *a, const struct format_reference *b)
{
	return le32toh(a->row) < le32toh(b->row) ||
	    (a->row == b->row && a->code_point != b->code_point);
}

bool
verify_references(const struct charindex *ci)
{
	const struct format_reference *references = extra_section(ci, SECTION_REFERENCES);
	uint32_t count = extra_entries(ci, SECTION_REFERENCES);

	for (uint32_t n = 0; n < count; n++)
		if (le32toh(references[n].row) >= extra_all_rows(ci) ||
		    le32toh(references[n].code_point) > 0x10FFFF ||
		    (n > 0 && !is_later(&references[n - 1], &references[n])))
			return false;
	return true;
}
