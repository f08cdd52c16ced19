/* hits.h - the rows that a query has been found to match, in the order in which they are given. */
#ifndef CHARINDEX_HITS_H
#define CHARINDEX_HITS_H

#include "evaluate.h"
#include "packed_hits.h"

struct hits {
	const struct charindex *ci;
	uint32_t *items; /* owned; all pages */
	uint32_t count;
	uint32_t left_out; /* items after those, which the filters do not leave */
	uint32_t capacity; /* of items */
	uint8_t *packed;   /* owned; the same, once they are packed and there are no items any more */
	size_t packed_size;
	enum charindex_source source; /* of the stage that has them; COUNT if none is to be told */
	uint64_t work;                /* what has been looked at, charindex_summary.work */
};

void hits_init(struct hits *hits, const struct charindex *ci);
void hits_release(struct hits *hits);

/* Makes room for `count` rows and no more: false if there is no memory. */
bool hits_reserve(struct hits *hits, uint32_t count);

/* Adds a row, or a code point that may have one: false if there is no memory. */
bool hits_add_row(struct hits *hits, uint32_t row, enum charindex_source source);
bool hits_add_code(struct hits *hits, uint32_t code_point, enum charindex_source source);

/* Takes the rows that an evaluator has scored, `count` of them, in the order of their code
 * points, or the best first: then by the number of words of their names, then by rarity. The
 * evaluator is released. False if there is no memory. */
bool hits_take(struct hits *hits, struct evaluator *evaluator, uint32_t count, bool ranked);

/* What a scored row costs (RANKING.md). */
uint32_t hits_cost(const struct charindex *ci, uint32_t scored_row);

/* What the cheapest of the rows that have been scored costs, UINT32_MAX if there is none; or what any does
 * that costs `enough` or less. */
uint32_t hits_least_cost(const struct charindex *ci, const struct score_map *map, uint32_t enough);

/* Leaves those for which the filters of the settings hold, in their order. */
void hits_filter(struct hits *hits, const struct charindex_settings *settings);

/* Packs them: they are complete, and from now on read one after the other. */
void hits_pack(struct hits *hits);

/* The row, or CHARINDEX_NO_ROW, the code point and the source of the next of the packed hits, those
 * that have been left out coming last. There must be one. */
struct charindex_hit hits_read(const struct hits *hits, struct packed_reader *reader);

#endif
