/* match_properties.c - one way through the properties for all filters, and one through the rows for
 * all flags. */
#include "match_properties.h"

#include "match_rows.h"
#include "property.h"

/* ---- filters -------------------------------------------------------------------------------- */

/* The filters of an alternative. */
struct asked {
	const struct charindex *ci;
	const struct clause *clause[QUERY_MAX_CLAUSES];
	uint32_t count;
	bool ages; /* one is by age */
};

static bool
is_asked(const struct clause *clause, uint32_t alternative, enum clause_kind kind)
{
	return clause->alternative == alternative && clause->kind == kind;
}

static void
collect(struct asked *asked, const struct query *query, uint32_t alternative)
{
	for (uint32_t i = 0; i < query->clause_count; i++) {
		const struct clause *clause = &query->clause[i];

		if (!is_asked(clause, alternative, CLAUSE_FILTER))
			continue;
		asked->clause[asked->count++] = clause;
		asked->ages |= clause->filter.property == CHARINDEX_PROPERTY_AGE;
	}
}

/* Do all filters hold for an entry of PROP? For a sequence none by age does: it has come later than
 * its first code point. */
static bool
all_hold(const struct asked *asked, uint32_t entry, bool sequence)
{
	for (uint32_t i = 0; i < asked->count; i++) {
		const struct charindex_filter *filter = &asked->clause[i]->filter;
		bool holds = property_filter_holds(asked->ci, filter, entry) &&
		    !(sequence && filter->property == CHARINDEX_PROPERTY_AGE);

		if (holds == asked->clause[i]->negated)
			return false;
	}
	return true;
}

/* Sequences have the properties of their first code point, which ascend as entries do. */
static void
settle_sequences(struct match *match, const struct asked *asked)
{
	const struct charindex *ci = match->ci;
	uint32_t entries = extra_entries(ci, SECTION_PROPERTIES), entry = 0;
	bool hold = all_hold(asked, 0, true);

	match->work += ci->extra_count / 4;
	for (uint32_t row = ci->row_count; row < match->map->rows; row++) {
		uint32_t before = entry, code_point = extra_row_code(ci, row);

		if ((extra_rank(ci, row).flags & CHARINDEX_IS_SEQUENCE) == 0)
			continue;
		while (entry + 1 < entries && property_begin(ci, entry + 1) <= code_point)
			entry++;
		if (entry != before)
			hold = all_hold(asked, entry, true);
		if (hold)
			score_map_add(match->map, row, 0);
		else
			score_map_remove(match->map, row);
	}
}

/* Finds the rows for which all hold. */
static void
match_asked(struct match *match, const struct asked *asked)
{
	const struct charindex *ci = match->ci;
	struct row_places places = { 0, ci->row_count };
	uint32_t entries = extra_entries(ci, SECTION_PROPERTIES);

	match->work += entries + entries * asked->count / 4;
	for (uint32_t n = 0; n < entries; n++) {
		uint32_t begin = property_begin(ci, n), end;

		if (!all_hold(asked, n, false))
			continue;
		while (n + 1 < entries && all_hold(asked, n + 1, false))
			n++;
		end = property_begin(ci, n + 1);
		if (begin < end)
			match_next_codes(match, &places, begin, end - 1);
	}
	if (asked->ages)
		settle_sequences(match, asked);
}

bool
match_filters(struct match *match, const struct query *query, uint32_t alternative)
{
	struct asked asked = { .ci = match->ci };

	collect(&asked, query, alternative);
	if (asked.count == 0)
		return false;
	match_asked(match, &asked);
	return true;
}

void
match_filter(struct match *match, const struct charindex_filter *filter)
{
	struct clause clause = { .filter = *filter };
	struct asked asked = { .ci = match->ci, .clause = { &clause }, .count = 1 };

	asked.ages = filter->property == CHARINDEX_PROPERTY_AGE;
	match_asked(match, &asked);
}

/* ---- flags ---------------------------------------------------------------------------------- */

/* For which flags of a row all clauses hold: false if there are none. */
static bool
flags_that_hold(const struct query *query, uint32_t alternative, bool hold[UINT8_MAX + 1])
{
	bool any = false;

	memset(hold, true, UINT8_MAX + 1);
	for (uint32_t i = 0; i < query->clause_count; i++) {
		const struct clause *clause = &query->clause[i];

		if (!is_asked(clause, alternative, CLAUSE_FLAG))
			continue;
		for (unsigned flags = 0; flags <= UINT8_MAX; flags++)
			if (((flags & clause->flag) != 0) == clause->negated)
				hold[flags] = false;
		any = true;
	}
	return any;
}

/* Has one of the rows any flag? Two at a time: hardly one has. */
static bool
any_has_flags(const struct charindex *ci, uint32_t row, uint32_t end)
{
	const struct format_rank *ranks = extra_section(ci, SECTION_RANK);
	struct format_rank pair[2];
	uint64_t all = 0, two;

	for (; row + 1 < end && row + 1 < extra_entries(ci, SECTION_RANK); row += 2) {
		memcpy(&two, &ranks[row], sizeof(two));
		all |= two;
	}
	memcpy(pair, &all, sizeof(pair));
	return (pair[0].flags | pair[1].flags | (row < end ? extra_rank(ci, row).flags : 0)) != 0;
}

bool
match_flags(struct match *match, const struct query *query, uint32_t alternative)
{
	uint32_t rows = match->map->rows;
	bool hold[UINT8_MAX + 1];

	if (!flags_that_hold(query, alternative, hold))
		return false;
	match->work += rows / 16;
	for (uint32_t begin = 0; begin < rows; begin += SCORE_BLOCK) {
		uint32_t end = rows - begin < SCORE_BLOCK ? rows : begin + SCORE_BLOCK;

		if (!any_has_flags(match->ci, begin, end)) {
			if (hold[0])
				score_map_add_rows(match->map, begin, end, 0);
			continue;
		}
		for (uint32_t row = begin; row < end; row++)
			if (hold[extra_rank(match->ci, row).flags])
				score_map_add(match->map, row, 0);
	}
	return true;
}
