/* recall.h - the rows of words that several alternatives of a query ask for: they are found once. */
#ifndef CHARINDEX_RECALL_H
#define CHARINDEX_RECALL_H

#include "query_tree.h"
#include "score_map.h"

/* Words that are remembered, and rows of each at most: 256 KiB in all. */
#define RECALL_MAX 8
#define RECALL_MAX_ROWS 8192

/* All zero at first. It is for one query, and one scope. */
struct recall {
	uint32_t count;
	struct {
		const struct clause *clause;
		uint8_t *rows; /* owned, packed (packed_hits.h); NULL if there are none */
		uint32_t count;
	} found[RECALL_MAX];
};

/* Adds the rows of a clause of words to `map`, which has none: false if they are not remembered. */
bool recall_rows(const struct recall *recall, const struct query *query,
    const struct clause *clause, struct score_map *map);

/* Remembers the rows of a clause of words if a later one asks for the same, there is room, and there is
 * memory. */
void recall_keep(struct recall *recall, const struct query *query, const struct clause *clause,
    struct score_map *map);

void recall_release(struct recall *recall);

#endif
