/* block.c - where blocks begin and end, as BLKS has it. */
#include "property.h"

bool
charindex_block(const struct charindex *ci, uint32_t n, struct charindex_block *block)
{
	const struct format_block *entries = extra_section(ci, SECTION_BLOCKS);

	if (n >= extra_entries(ci, SECTION_BLOCKS))
		return false;
	block->first = le32toh(entries[n].first);
	block->last = le32toh(entries[n].last);
	block->name = property_value_name(ci, CHARINDEX_PROPERTY_BLOCK, le32toh(entries[n].block));
	return block->first <= block->last && block->last <= 0x10FFFF;
}

bool
charindex_block_named(const struct charindex *ci, const char *name, size_t length,
    struct charindex_block *block)
{
	const struct format_block *entries = extra_section(ci, SECTION_BLOCKS);
	uint32_t n = 0, count = extra_entries(ci, SECTION_BLOCKS), value;

	if (!property_find_value(ci, CHARINDEX_PROPERTY_BLOCK, name, length, &value))
		return false;
	while (n < count && le32toh(entries[n].block) != value)
		n++;
	return charindex_block(ci, n, block);
}
