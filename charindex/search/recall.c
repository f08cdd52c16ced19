/* recall.c - few rows, packed. */
#include "recall.h"

#include <stdlib.h>

#include "packed_hits.h"

static bool
is_asked_for_later(const struct query *query, const struct clause *clause)
{
	const struct clause *end = query->clause + query->clause_count;

	for (const struct clause *later = clause + 1; later < end; later++)
		if (clause_is_same(query, clause, later))
			return true;
	return false;
}

bool
recall_rows(const struct recall *recall, const struct query *query, const struct clause *clause,
    struct score_map *map)
{
	struct packed_reader reader = { 0 };
	uint32_t n = 0;

	while (n < recall->count && !clause_is_same(query, recall->found[n].clause, clause))
		n++;
	if (n == recall->count)
		return false;
	map->work += recall->found[n].count;
	while (reader.number < recall->found[n].count) {
		uint32_t row = packed_hits_read(recall->found[n].rows, &reader);

		score_map_add(map, row & SCORED_ROW_MASK, (uint8_t)(row >> SCORED_ROW_BITS));
	}
	return true;
}

void
recall_keep(struct recall *recall, const struct query *query, const struct clause *clause,
    struct score_map *map)
{
	uint32_t *items, count, taken = 0, from = 0, more;

	if (recall->count == RECALL_MAX || !is_asked_for_later(query, clause))
		return;
	count = score_map_count(map);
	items = count <= RECALL_MAX_ROWS ? malloc((count + 1) * sizeof(*items)) : NULL;
	if (items == NULL)
		return;
	while ((more = score_map_take(map, &from, map->rows, items + taken)) > 0)
		taken += more;
	map->work += taken;
	recall->found[recall->count].clause = clause;
	recall->found[recall->count].count = count;
	packed_hits_write(items, count);
	recall->found[recall->count++].rows = (uint8_t *)items;
}

void
recall_release(struct recall *recall)
{
	for (uint32_t n = 0; n < recall->count; n++)
		free(recall->found[n].rows);
}
