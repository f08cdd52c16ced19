/* binary_property.c - hides how binary properties are looked up. */
#include "binary_property.h"

#include <string.h>

#include "lower_bound.h"
#include "property.h"

#define BITS 64

static const struct format_binary *
entry_at(const struct charindex *ci, uint32_t n)
{
	return (const struct format_binary *)extra_section(ci, SECTION_BINARY) + n;
}

uint32_t
binary_begin(const struct charindex *ci, uint32_t n)
{
	return n < extra_entries(ci, SECTION_BINARY) ? le32toh(entry_at(ci, n)->first) : 0x110000;
}

bool
binary_holds(const struct charindex *ci, uint32_t n, uint32_t bit)
{
	return (le32toh(entry_at(ci, n)->bits[bit / 32]) >> bit % 32 & 1) != 0;
}

/* The entry that a code point belongs to, if there are entries. */
static uint32_t
entry_of(const struct charindex *ci, uint32_t code_point)
{
	uint32_t after = 1, count = extra_entries(ci, SECTION_BINARY);

	/* the first entry begins at U+0000 */
	LOWER_BOUND(after, count, i, binary_begin(ci, i) <= code_point);
	return after - 1;
}

bool
binary_is(const struct charindex *ci, uint32_t bit, uint32_t code_point)
{
	return extra_entries(ci, SECTION_BINARY) > 0 && binary_holds(ci, entry_of(ci, code_point), bit);
}

bool
binary_find(const struct charindex *ci, const char *text, size_t length, uint32_t *bit)
{
	return property_find_value(ci, FORMAT_BINARY_NAMES, text, length, bit) && *bit < BITS;
}

struct charindex_text
charindex_binary(const struct charindex *ci, uint32_t code_point, uint32_t n)
{
	uint32_t entry = entry_of(ci, code_point);

	for (uint32_t bit = 0; bit < BITS && entry < extra_entries(ci, SECTION_BINARY); bit++)
		if (binary_holds(ci, entry, bit) && n-- == 0)
			return property_value_name(ci, FORMAT_BINARY_NAMES, bit);
	return (struct charindex_text){ "", 0 };
}

bool
charindex_is(const struct charindex *ci, uint32_t code_point, const char *name)
{
	uint32_t bit;

	return binary_find(ci, name, strlen(name), &bit) && binary_is(ci, bit, code_point);
}
