/* match_traits.c - runs of code points ascend, and so do rows: both are gone through once. */
#include "match_traits.h"

#include "binary_property.h"
#include "extra.h"
#include "lower_bound.h"
#include "match_properties.h"
#include "match_rows.h"
#include "relation.h"
#include "trait.h"

/* Runs of code points are added from here on. */
struct ascent {
	struct match *match;
	uint32_t row;     /* after those that are done */
	uint32_t control; /* of the extra rows the same */
};

static struct ascent
begin_ascent(struct match *match)
{
	return (struct ascent){ match, 0, match->ci->row_count };
}

/* The first row from `row` on, before `end`, that is not below the code point. */
static uint32_t
advance(const struct charindex *ci, uint32_t row, uint32_t end, uint32_t code_point)
{
	if (row < end && extra_row_code(ci, row) < code_point)
		LOWER_BOUND_NEAR(row, end, i, extra_row_code(ci, i) < code_point);
	return row;
}

/* Adds the rows of the code points from `first` to before `end`. */
static void
add_run(struct ascent *ascent, uint32_t first, uint32_t end)
{
	struct match *match = ascent->match;
	const struct charindex *ci = match->ci;
	uint32_t begin = advance(ci, ascent->row, ci->row_count, first);

	ascent->row = advance(ci, begin, ci->row_count, end);
	score_map_add_rows(match->map, begin, ascent->row, 0);
	ascent->control = advance(ci, ascent->control, match->map->rows, first);
	for (; ascent->control < match->map->rows && extra_row_code(ci, ascent->control) < end;
	     ascent->control++)
		if ((extra_rank(ci, ascent->control).flags & CHARINDEX_IS_CONTROL) != 0)
			score_map_add(match->map, ascent->control, 0);
	match->work += 16;
}

/* ---- traits --------------------------------------------------------------------------------- */

static bool
holds(const struct trait_runs *runs, uint32_t n, const struct trait_values *values)
{
	return n < runs->end && trait_values_have(values, trait_run_value(runs, n));
}

static void
add_values(struct match *match, const struct trait_runs *runs, const struct trait_values *values)
{
	struct ascent ascent = begin_ascent(match);

	match->work += runs->end - runs->begin;
	for (uint32_t n = runs->begin; n < runs->end; n++) {
		uint32_t first = trait_run_first(runs, n);

		if (!holds(runs, n, values))
			continue;
		while (holds(runs, n + 1, values))
			n++;
		add_run(&ascent, first, trait_run_first(runs, n + 1));
	}
}

/* Those that have extensions are not of their script alone. */
static void
leave_out_extended(struct match *match, const struct trait_runs *runs)
{
	const struct charindex *ci = match->ci;
	uint32_t row = 0;

	for (uint32_t n = runs->begin; n < runs->end; n++) {
		uint32_t end = trait_run_first(runs, n + 1);

		row = advance(ci, row, ci->row_count, trait_run_first(runs, n));
		for (;
		     trait_run_value(runs, n) != 0 && row < ci->row_count && extra_row_code(ci, row) < end;
		     row++)
			score_map_remove(match->map, row);
	}
}

void
match_trait(struct match *match, enum charindex_trait trait, const char *text, size_t length)
{
	const struct charindex *ci = match->ci;
	struct trait_runs runs = trait_runs(ci, trait);
	struct charindex_filter script;
	struct trait_values values;

	if (trait == CHARINDEX_TRAIT_EXTENSIONS &&
	    charindex_read_filter(ci, CHARINDEX_PROPERTY_SCRIPT, text, length, &script)) {
		match_filter(match, &script);
		leave_out_extended(match, &runs);
	}
	if (trait_find(ci, trait, text, length, &values))
		add_values(match, &runs, &values);
}

/* ---- binary properties ---------------------------------------------------------------------- */

void
match_binary(struct match *match, uint32_t bit)
{
	const struct charindex *ci = match->ci;
	uint32_t count = extra_entries(ci, SECTION_BINARY);
	struct ascent ascent = begin_ascent(match);

	match->work += count;
	for (uint32_t n = 0; n < count; n++) {
		uint32_t first = binary_begin(ci, n);

		if (!binary_holds(ci, n, bit))
			continue;
		while (n + 1 < count && binary_holds(ci, n + 1, bit))
			n++;
		add_run(&ascent, first, binary_begin(ci, n + 1));
	}
}

/* ---- looks ---------------------------------------------------------------------------------- */

static void
add_row_of(struct match *match, uint32_t code_point)
{
	uint32_t row = charindex_row_of(match->ci, code_point);

	if (row < match->map->rows)
		score_map_add(match->map, row, 0);
}

void
match_looks(struct match *match, const char *text, size_t length)
{
	const struct charindex *ci = match->ci;
	struct skeleton wanted, other;
	uint32_t entry, end;

	if (!skeleton_of_text(ci, text, length, &wanted))
		return;
	if (wanted.count == 1)
		add_row_of(match, wanted.codes[0]);
	relation_entries(ci, CHARINDEX_RELATION_LOOKS, &entry, &end);
	match->work += end - entry;
	for (; entry < end; entry++) {
		other = skeleton_of_entry(ci, entry);
		if (skeleton_same(&wanted, &other))
			add_row_of(match, relation_from(ci, entry));
	}
}
