/* hits.c - hits put in their order, and kept. */
#include "hits.h"

#include <stdlib.h>
#include <string.h>

#include "extra.h"
#include "filters.h"

void
hits_init(struct hits *hits, const struct charindex *ci)
{
	*hits = (struct hits){ .ci = ci, .source = CHARINDEX_SOURCE_COUNT };
}

void
hits_release(struct hits *hits)
{
	free(hits->items);
	free(hits->packed);
	hits->items = NULL;
	hits->packed = NULL;
}

bool
hits_reserve(struct hits *hits, uint32_t count)
{
	uint32_t *items;

	if (count <= hits->capacity)
		return true;
	items = realloc(hits->items, count * sizeof(*items));
	if (items == NULL)
		return false;
	hits->items = items;
	hits->capacity = count;
	return true;
}

/* Room for one more: twice as much as before, for the number is not known. */
static bool
grow(struct hits *hits)
{
	return hits->count < hits->capacity ||
	    hits_reserve(hits, hits->capacity > 0 ? 2 * hits->capacity : 16);
}

bool
hits_add_row(struct hits *hits, uint32_t row, enum charindex_source source)
{
	if (!grow(hits))
		return false;
	hits->items[hits->count++] = (uint32_t)source << HIT_ROW_BITS | row;
	return true;
}

bool
hits_add_code(struct hits *hits, uint32_t code_point, enum charindex_source source)
{
	uint32_t row = charindex_row_of(hits->ci, code_point);

	return row != CHARINDEX_NO_ROW ? hits_add_row(hits, row, source)
	                               : hits_add_row(hits, code_point, HIT_CODE);
}

/* ---- order ------------------------------------------------------------------------------- */

/* Takes rows from *from on and before `end`: they are items as they are. */
static void
take_rows(struct hits *hits, const struct score_map *map, uint32_t *from, uint32_t end)
{
	uint32_t taken;

	while ((taken = score_map_take(map, from, end, hits->items + hits->count)) > 0)
		hits->count += taken;
}

/* Rows of both kinds ascend by code point: they are merged, characters before the sequences
 * that begin with them. */
static void
take_by_code(struct hits *hits, const struct score_map *map)
{
	uint32_t names = hits->ci->row_count, named = 0, extra = names;
	uint32_t rows[SCORE_BLOCK], taken;

	while ((taken = score_map_take(map, &extra, map->rows, rows)) > 0)
		for (uint32_t i = 0; i < taken; i++) {
			uint32_t code_point = extra_row_code(hits->ci, rows[i] & HIT_ROW_MASK);
			uint32_t end = extra_first_row(hits->ci, named, names, code_point + 1);

			take_rows(hits, map, &named, end);
			hits->items[hits->count++] = rows[i];
		}
	take_rows(hits, map, &named, names);
}

/* What a row costs by how it was found (RANKING.md), in steps of rarity. */
static const uint8_t cost_of_source[CHARINDEX_SOURCE_COUNT] = {
	[CHARINDEX_BY_WHOLE_ALIAS] = 5,
	[CHARINDEX_BY_NAME] = 6,
	[CHARINDEX_BY_SYNONYM] = 6,
	[CHARINDEX_BY_WHOLE_KEYWORD] = 11,
	[CHARINDEX_BY_WHOLE_CROWD] = 11,
	[CHARINDEX_BY_KEYWORD] = 17,
	[CHARINDEX_BY_WHOLE_FOREIGN] = 18,
	[CHARINDEX_BY_CORRECTION] = 19,
	[CHARINDEX_BY_PREFIX] = 20,
	[CHARINDEX_BY_ALIAS] = 20,
	[CHARINDEX_BY_FOREIGN] = 30,
	[CHARINDEX_BY_DEFINITION] = 30,
	[CHARINDEX_BY_SUBSTRING] = 38,
	[CHARINDEX_BY_PROPERTY] = 38,
};

#define MOST_COST 38
#define MOST_WORDS 15
#define MOST_RARITY 15
#define COST_COUNT (MOST_COST + MOST_WORDS + MOST_RARITY + 1)

/* How the row was found, its rarity, and, where it is for words of a name, how many the name has,
 * unless everybody knows the character anyway. */
uint32_t
hits_cost(const struct charindex *ci, uint32_t item)
{
	struct format_rank rank = extra_rank(ci, item & HIT_ROW_MASK);
	uint32_t source = item >> HIT_ROW_BITS, words = 0;

	if ((source == CHARINDEX_BY_NAME || source == CHARINDEX_BY_SYNONYM) && rank.rarity > 0)
		words = rank.words < MOST_WORDS ? rank.words : MOST_WORDS;
	return cost_of_source[source] + words + (rank.rarity < MOST_RARITY ? rank.rarity : MOST_RARITY);
}

uint32_t
hits_least_cost(const struct charindex *ci, const struct score_map *map, uint32_t enough)
{
	uint32_t rows[SCORE_BLOCK], from = 0, taken, least = UINT32_MAX;

	while (least > enough && (taken = score_map_take(map, &from, map->rows, rows)) > 0)
		for (uint32_t i = 0; i < taken; i++) {
			uint32_t cost = hits_cost(ci, rows[i]);

			least = cost < least ? cost : least;
		}
	return least;
}

/* So many hits need little memory beside that of the maps. */
#define FEW 16384

/* Rows that have been taken, and what each costs. */
struct taken {
	uint32_t count;
	uint32_t rows[FEW + SCORE_BLOCK];
	uint8_t costs[FEW + SCORE_BLOCK];
};

/* The first rows, FEW or some more: *from moves on behind them. That they are taken once and not twice
 * is a fifth of the answers to two letters, which have thousands of rows. */
static void
take_first(const struct charindex *ci, const struct score_map *map, uint32_t *from,
    struct taken *taken)
{
	uint32_t more;

	taken->count = 0;
	while (taken->count < FEW &&
	    (more = score_map_take(map, from, map->rows, taken->rows + taken->count)) > 0)
		for (uint32_t end = taken->count + more; taken->count < end; taken->count++)
			taken->costs[taken->count] = (uint8_t)hits_cost(ci, taken->rows[taken->count]);
}

/* How many rows there are of each cost: those that have been taken, and those from `from` on. */
static void
count_costs(const struct charindex *ci, const struct score_map *map, uint32_t from,
    const struct taken *taken, uint32_t counts[COST_COUNT])
{
	uint32_t rows[SCORE_BLOCK], more;

	for (uint32_t i = 0; i < taken->count; i++)
		counts[taken->costs[i]]++;
	while ((more = score_map_take(map, &from, map->rows, rows)) > 0)
		for (uint32_t i = 0; i < more; i++)
			counts[hits_cost(ci, rows[i])]++;
}

/* Sorted by counting: equals stay in the order of their numbers. False if there is no memory. */
static bool
take_by_rank(struct hits *hits, const struct score_map *map)
{
	uint32_t places[COST_COUNT] = { 0 }, rows[SCORE_BLOCK], from = 0, more;
	struct taken *taken = malloc(sizeof(*taken));

	if (taken == NULL)
		return false;
	take_first(hits->ci, map, &from, taken);
	count_costs(hits->ci, map, from, taken, places);
	for (uint32_t cost = 0; cost < COST_COUNT; cost++) {
		uint32_t count = places[cost];

		places[cost] = hits->count;
		hits->count += count;
	}
	for (uint32_t i = 0; i < taken->count; i++)
		hits->items[places[taken->costs[i]]++] = taken->rows[i];
	while ((more = score_map_take(map, &from, map->rows, rows)) > 0)
		for (uint32_t i = 0; i < more; i++)
			hits->items[places[hits_cost(hits->ci, rows[i])]++] = rows[i];
	free(taken);
	return true;
}

bool
hits_take(struct hits *hits, struct evaluator *evaluator, uint32_t count, bool ranked)
{
	bool room;

	hits->count = 0;
	hits->work += evaluator_work(evaluator) + (ranked ? 4 : 2) * (uint64_t)count;
	if (count > FEW)
		evaluator_keep_result(evaluator);
	room = hits_reserve(hits, count);
	if (room && count > 0 && ranked)
		room = take_by_rank(hits, &evaluator->result);
	else if (room && count > 0)
		take_by_code(hits, &evaluator->result);
	evaluator_release(evaluator);
	return room;
}

static struct charindex_hit
hit_of(const struct hits *hits, uint32_t item)
{
	uint32_t value = item & HIT_ROW_MASK, source = item >> HIT_ROW_BITS;

	if (source == HIT_CODE)
		return (struct charindex_hit){ CHARINDEX_NO_ROW, value, CHARINDEX_BY_CODE };
	return (struct charindex_hit){ value, extra_row_code(hits->ci, value),
		(enum charindex_source)source };
}

void
hits_filter(struct hits *hits, const struct charindex_settings *settings)
{
	struct filters filters = { .ci = hits->ci,
		.list = settings->filters,
		.count = settings->filter_count,
		.but = -1 };
	uint32_t kept = 0;

	for (uint32_t n = 0; n < hits->count; n++) {
		uint32_t one = hits->items[n];
		struct charindex_hit hit = hit_of(hits, one);

		filters_look_up(&filters, &hit);
		if (!filters.hold)
			continue;
		hits->items[n] = hits->items[kept];
		hits->items[kept++] = one;
	}
	hits->work += hits->count;
	hits->left_out = hits->count - kept;
	hits->count = kept;
}

void
hits_pack(struct hits *hits)
{
	uint8_t *smaller;

	if (hits->items == NULL)
		return;
	hits->packed_size = packed_hits_write(hits->items, hits->count + hits->left_out);
	hits->packed = (uint8_t *)hits->items;
	hits->items = NULL;
	hits->capacity = 0;
	smaller = realloc(hits->packed, hits->packed_size + 1); /* which is not 0 */
	if (smaller != NULL)                                    /* making it smaller need not succeed */
		hits->packed = smaller;
}

struct charindex_hit
hits_read(const struct hits *hits, struct packed_reader *reader)
{
	return hit_of(hits, packed_hits_read(hits->packed, reader));
}
