/* set_walk.c - hides how sets are intersected, level by level: most of what they do not have in common is
 * left out by 64 blocks of 64 rows at a time. Finding a place on the next level takes counting bits;
 * most processors have an instruction for it, POPCNT, but not all that programs are built for. So the
 * walk is there twice, made of one source: it saves a tenth of what finding rows takes in the mix of
 * bench/, 4 % of all. */
#include "set_walk.h"

#include "set_bits.h"

/* What the walk is made of is compiled into each of the two. */
#define WALK static inline __attribute__((always_inline))

/* Of 64 bits that stand for parts of the rows, the first for number `part` of so many rows each, those
 * that have any row from `least` to before `most`. */
WALK uint64_t
within(const struct charindex_search *search, uint32_t part, uint32_t rows)
{
	uint32_t first, last;
	uint64_t bits = UINT64_MAX;

	if (!search->is_narrow)
		return bits;
	first = search->least / rows;
	last = (search->most - 1) / rows;
	if (first >= part + 64 || last < part)
		return 0;
	if (first > part)
		bits <<= first - part;
	if (last < part + 63)
		bits &= UINT64_MAX >> (part + 63 - last);
	return bits;
}

/* The lowest bit of *bits, which is cleared. */
WALK uint32_t
take_bit(uint64_t *bits)
{
	uint32_t n = (uint32_t)__builtin_ctzll(*bits);

	*bits &= *bits - 1;
	return n;
}

/* The place of what a bit of the node stands for, which takes so many words; `below` are the lower
 * bits. */
WALK uint32_t
place_of(const struct format_set_node *node, uint64_t below, uint32_t words, bool popcnt)
{
	uint64_t bits = le64toh(node->bits) & below;
	uint32_t count = popcnt ? (uint32_t)__builtin_popcountll(bits) : set_bit_count(bits);

	return le32toh(node->first) + words * count;
}

/* The node of the set at `place` for a span. */
WALK const struct format_set_node *
span_node(const struct charindex *ci, uint32_t place, uint32_t span)
{
	return index_set_node(ci, place + FORMAT_NODE_WORDS * span);
}

/* The three that follow go on to the next span, region or block in which all sets have any: false if
 * there is none. */

WALK bool
next_span(struct charindex_search *search)
{
	const struct charindex *ci = search->ci;
	uint64_t regions;

	if (search->span == ci->set_spans)
		return false;
	regions = within(search, 64 * search->span, FORMAT_REGION);
	for (uint32_t i = 0; i < search->list_count; i++)
		regions &= le64toh(span_node(ci, search->list[i].set, search->span)->bits);
	search->regions = regions;
	search->span++;
	return true;
}

WALK bool
next_region(struct charindex_search *search, bool popcnt)
{
	const struct charindex *ci = search->ci;
	struct charindex_list *list = search->list, *end = list + search->list_count;
	uint64_t below, blocks;
	uint32_t span, n;

	while (search->regions == 0)
		if (!next_span(search))
			return false;
	span = search->span - 1;
	n = take_bit(&search->regions);
	search->region = 64 * span + n;
	below = ((uint64_t)1 << n) - 1;
	blocks = within(search, 64 * search->region, FORMAT_BLOCK);
	for (; list < end && blocks != 0; list++) {
		list->region = place_of(span_node(ci, list->set, span), below, FORMAT_NODE_WORDS, popcnt);
		blocks &= le64toh(index_set_node(ci, list->region)->bits);
	}
	search->blocks = blocks;
	return true;
}

WALK bool
next_block(struct charindex_search *search, bool popcnt)
{
	const struct charindex *ci = search->ci;
	const struct charindex_list *list, *end = search->list + search->list_count;
	uint64_t below, rows;

	do {
		uint32_t n;

		while (search->blocks == 0)
			if (!next_region(search, popcnt))
				return false;
		n = take_bit(&search->blocks);
		search->block = 64 * search->region + n;
		below = ((uint64_t)1 << n) - 1;
		rows = within(search, 64 * search->block, 1);
		for (list = search->list; list < end && rows != 0; list++)
			rows &= le64toh(ci->sets[place_of(index_set_node(ci, list->region), below, 1, popcnt)]);
	} while (rows == 0);
	search->rows = rows;
	return true;
}

/* Takes the first rows of the block that are neighbours: returns the row after them. */
WALK uint32_t
take_neighbours(struct charindex_search *search)
{
	uint32_t first = (uint32_t)__builtin_ctzll(search->rows);
	uint64_t others = ~search->rows >> first;
	uint32_t end = others != 0 ? first + (uint32_t)__builtin_ctzll(others) : FORMAT_BLOCK;

	search->rows &= end < FORMAT_BLOCK ? UINT64_MAX << end : 0;
	return FORMAT_BLOCK * search->block + end;
}

WALK struct format_run
walk(struct charindex_search *search, bool popcnt)
{
	struct format_run run = { 0, 0 };

	if (search->list_count == 0 || (search->rows == 0 && !next_block(search, popcnt))) {
		search->list_count = 0;
		return run;
	}
	run.first = FORMAT_BLOCK * search->block + (uint32_t)__builtin_ctzll(search->rows);
	run.end = take_neighbours(search);
	/* the next block may begin with more of them */
	while (run.end % FORMAT_BLOCK == 0 && search->rows == 0 && next_block(search, popcnt) &&
	    FORMAT_BLOCK * search->block == run.end && (search->rows & 1) != 0)
		run.end = take_neighbours(search);
	return run;
}

struct format_run
set_walk_next_plain(struct charindex_search *search)
{
	return walk(search, false);
}

#if defined(__x86_64__) || defined(__i386__)

__attribute__((target("popcnt"))) static struct format_run
walk_by_popcnt(struct charindex_search *search)
{
	return walk(search, true);
}

struct format_run
set_walk_next(struct charindex_search *search)
{
	return __builtin_cpu_supports("popcnt") ? walk_by_popcnt(search) : set_walk_next_plain(search);
}

#else

struct format_run
set_walk_next(struct charindex_search *search)
{
	return set_walk_next_plain(search);
}

#endif
