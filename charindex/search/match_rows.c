/* match_rows.c - rows are in the order of their code points, those of names and the extra ones. */
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

void
match_next_codes(struct match *match, struct row_places *places, uint32_t first, uint32_t last)
{
	const struct charindex *ci = match->ci;

	places->named = add_range(match, places->named, ci->row_count, first, last, 0);
	places->extra = add_range(match, places->extra, match->map->rows, first, last, 0);
}
