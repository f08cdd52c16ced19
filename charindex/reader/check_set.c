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

/* The place of what the node's last bit stands for, which takes so many words. */
static uint32_t
last_place(const struct format_set_node *node, uint32_t words)
{
	return le32toh(node->first) + words * (set_bit_count(le64toh(node->bits)) - 1);
}

/* A set has no bit for a row that is not there. `node` is for the last span. */
static bool
is_set_of_rows(const struct charindex *ci, const struct format_set_node *node)
{
	uint32_t blocks = (ci->row_count - 1) / FORMAT_BLOCK + 1;
	uint32_t regions = (blocks - 1) / 64 + 1;

	if ((le64toh(node->bits) & ~last_bits(regions)) != 0)
		return false;
	if (!has_last(node, regions))
		return true;
	node = index_set_node(ci, last_place(node, FORMAT_NODE_WORDS));
	if ((le64toh(node->bits) & ~last_bits(blocks)) != 0)
		return false;
	return !has_last(node, blocks) ||
	    (le64toh(ci->sets[last_place(node, 1)]) & ~last_bits(ci->row_count)) == 0;
}

bool
check_set(const struct charindex *ci, uint64_t *place)
{
	uint64_t spans = *place, regions = spans + FORMAT_NODE_WORDS * (uint64_t)ci->set_spans;
	uint64_t blocks = regions;

	if (!check_level(ci, spans, regions, FORMAT_NODE_WORDS, &blocks))
		return false;
	*place = blocks;
	return check_level(ci, regions, blocks, 1, place) &&
	    is_set_of_rows(ci, index_set_node(ci, (uint32_t)(regions - FORMAT_NODE_WORDS)));
}
