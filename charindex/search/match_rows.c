/* match_rows.c - rows are in the order of their code points, and so are the properties of these. */
#include "match_rows.h"

#include "extra.h"

/* Adds those from row `begin` to before `end`, which ascend by code point, whose first one is from
 * `first` to `last`: returns the row after them. */
static uint32_t
add_range(struct match *match, uint32_t begin, uint32_t end, uint32_t first, uint32_t last,
    uint8_t score)
{
	const struct charindex *ci = match->ci;

	begin = extra_first_row(ci, begin, end, first);
	end = last < UINT32_MAX ? extra_first_row(ci, begin, end, last + 1) : end;
	score_map_add_rows(match->map, begin, end, score);
	return end;
}

/* A sequence is not meant when its first code point is named. */
void
match_codes(struct match *match, uint32_t first, uint32_t last, uint8_t score)
{
	const struct charindex *ci = match->ci;

	add_range(match, 0, ci->row_count, first, last, score);
	match->work += ci->extra_count;
	for (uint32_t row = extra_first_row(ci, ci->row_count, match->map->rows, first);
	     row < match->map->rows && extra_row_code(ci, row) <= last; row++)
		if ((extra_rank(ci, row).flags & CHARINDEX_IS_SEQUENCE) == 0)
			score_map_add(match->map, row, score);
}

/* They have come later than their first code point. */
static void
leave_out_sequences(struct match *match)
{
	const struct charindex *ci = match->ci;

	match->work += ci->extra_count / 4;
	for (uint32_t row = ci->row_count; row < match->map->rows; row++)
		if ((extra_rank(ci, row).flags & CHARINDEX_IS_SEQUENCE) != 0)
			score_map_remove(match->map, row);
}

void
match_filter(struct match *match, const struct charindex_filter *filter)
{
	const struct charindex *ci = match->ci;
	uint32_t entries = extra_entries(ci, SECTION_PROPERTIES), named = 0, extra = ci->row_count;

	match->work += entries;
	/* entries ascend, as rows do; sequences have the properties of their first code point */
	for (uint32_t n = 0; n < entries; n++) {
		uint32_t begin = property_begin(ci, n), end;

		if (!property_filter_holds(ci, filter, n))
			continue;
		while (n + 1 < entries && property_filter_holds(ci, filter, n + 1))
			n++;
		end = property_begin(ci, n + 1);
		if (begin >= end)
			continue;
		named = add_range(match, named, ci->row_count, begin, end - 1, 0);
		extra = add_range(match, extra, match->map->rows, begin, end - 1, 0);
	}
	if (filter->property == CHARINDEX_PROPERTY_AGE)
		leave_out_sequences(match);
}

void
match_flag(struct match *match, uint8_t flag)
{
	const struct format_rank *ranks = extra_section(match->ci, SECTION_RANK);
	uint32_t rows = extra_entries(match->ci, SECTION_RANK);

	if (rows > match->map->rows)
		rows = match->map->rows;
	match->work += rows / 16;
	for (uint32_t begin = 0; begin < rows; begin += SCORE_BLOCK) {
		uint32_t end = rows - begin < SCORE_BLOCK ? rows : begin + SCORE_BLOCK;
		uint8_t any = 0;

		/* most blocks have none, which takes no branches to see */
		for (uint32_t row = begin; row < end; row++)
			any |= ranks[row].flags;
		for (uint32_t row = begin; row < end && (any & flag) != 0; row++)
			if ((ranks[row].flags & flag) != 0)
				score_map_add(match->map, row, 0);
	}
}
