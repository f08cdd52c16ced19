/* block_range.c - blocks, told apart by their names, and their ends, found by halving: the rows of
 * characters are in the order of code points. */
#include "block_range.h"

#include <string.h>

struct member {
	uint32_t code_point;
	struct charindex_text block;
};

static struct member
member_at(const struct charindex *ci, uint32_t row)
{
	struct charindex_label label;
	struct charindex_row facts;

	charindex_row(ci, row, 0, &facts, &label);
	return (struct member){ facts.code_point, facts.property[CHARINDEX_PROPERTY_BLOCK] };
}

static bool
is_in(const struct charindex *ci, uint32_t row, struct charindex_text name)
{
	struct charindex_text block = member_at(ci, row).block;

	return block.length == name.length && memcmp(block.bytes, name.bytes, name.length) == 0;
}

/* The code point of the last row in the block, from the row `in` towards `end`. */
static uint32_t
halve(const struct charindex *ci, uint32_t in, uint32_t end, struct charindex_text name)
{
	if (is_in(ci, end, name))
		return member_at(ci, end).code_point;
	while (in + 1 < end || end + 1 < in) {
		uint32_t middle = in / 2 + end / 2 + (in & end & 1);

		if (is_in(ci, middle, name))
			in = middle;
		else
			end = middle;
	}
	return member_at(ci, in).code_point;
}

/* Controls have rows of their own, elsewhere. */
static void
add_controls(const struct charindex *ci, struct block_range *range)
{
	uint32_t row, ignored;

	charindex_neighbours(ci, range->first, &row, &ignored);
	while (row != CHARINDEX_NO_ROW && is_in(ci, row, range->name)) {
		range->first = member_at(ci, row).code_point;
		charindex_neighbours(ci, range->first, &row, &ignored);
	}
	charindex_neighbours(ci, range->last, &ignored, &row);
	while (row != CHARINDEX_NO_ROW && is_in(ci, row, range->name)) {
		range->last = member_at(ci, row).code_point;
		charindex_neighbours(ci, range->last, &ignored, &row);
	}
}

struct block_range
block_range_of(const struct charindex *ci, uint32_t code_point)
{
	const uint32_t count = charindex_info(ci).row_count;
	uint32_t row = charindex_row_of(ci, code_point);
	struct block_range range = { code_point, code_point, member_at(ci, row).block };

	if (row < count) {
		range.first = halve(ci, row, 0, range.name);
		range.last = halve(ci, row, count - 1, range.name);
	}
	add_controls(ci, &range);
	range.first &= ~15u;
	range.last |= 15;
	return range;
}

bool
block_range_next(const struct charindex *ci, struct block_range *range)
{
	uint32_t previous, row;

	if (range->last == 0)
		row = charindex_row_of(ci, 0);
	else
		charindex_neighbours(ci, range->last, &previous, &row);
	if (row == CHARINDEX_NO_ROW)
		return false;
	previous = range->last;
	*range = block_range_of(ci, member_at(ci, row).code_point);
	return range->last > previous; /* not in a damaged file */
}
