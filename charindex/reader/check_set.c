/* check_set.c - hides what makes a set safe to walk through. */
#include "check_set.h"

#include "set_bits.h"

/* What the nodes from `begin` to before `end` stand for is all there from *next on, one after the other,
 * so many words for each bit: goes on to what is behind it. */
static bool
check_level(const struct charindex *ci, uint64_t begin, uint64_t end, uint32_t words,
    uint64_t *next)
{
	if (end > ci->set_words)
		return false;
	for (; begin < end; begin += FORMAT_NODE_WORDS) {
		const struct format_set_node *node = index_set_node(ci, (uint32_t)begin);

		if (le32toh(node->first) != *next)
			return false;
		*next += words * set_bit_count(le64toh(node->bits));
	}
	return *next <= ci->set_words;
}

/* The bits that may be set of those that stand for the last of so many things, in words of 64. */
static uint64_t
last_bits(uint32_t count)
{
	return UINT64_MAX >> (63 - (count - 1) % 64);
}

/* Has the node the last of so many things? */
static bool
has_last(const struct format_set_node *node, uint32_t count)
{
	return (le64toh(node->bits) >> (count - 1) % 64 & 1) != 0;
}

/* Has a set no bit for a row that is not there? Its last node of each level and the bits of its last block
 * are given. The span is that of the last rows; the region and the block may be of earlier ones. */
static bool
ends_with_rows(const struct charindex *ci, const struct format_set_node *span,
    const struct format_set_node *region, uint64_t block)
{
	uint32_t blocks = (ci->row_count - 1) / FORMAT_BLOCK + 1;
	uint32_t regions = (blocks - 1) / 64 + 1;

	if ((le64toh(span->bits) & ~last_bits(regions)) != 0)
		return false;
	if (!has_last(span, regions))
		return true;
	if ((le64toh(region->bits) & ~last_bits(blocks)) != 0)
		return false;
	return !has_last(region, blocks) || (block & ~last_bits(ci->row_count)) == 0;
}

bool
check_set(const struct charindex *ci, uint64_t *place)
{
	uint64_t spans = *place, regions = spans + FORMAT_NODE_WORDS * (uint64_t)ci->set_spans;
	uint64_t blocks = regions, end;

	if (!check_level(ci, spans, regions, FORMAT_NODE_WORDS, &blocks))
		return false;
	end = blocks;
	if (!check_level(ci, regions, blocks, 1, &end))
		return false;
	*place = end;
	/* levels lie one after the other: what is last on each is before the next */
	return ends_with_rows(ci, index_set_node(ci, (uint32_t)(regions - FORMAT_NODE_WORDS)),
	    index_set_node(ci, (uint32_t)(blocks - FORMAT_NODE_WORDS)), le64toh(ci->sets[end - 1]));
}
