/* row_set.h - the rows that a word has, a bit for each: what is left of a score map where only that is
 * asked which words stand together, and asked of many of them.
 *
 *     block      0        1        2        3    of 64 rows each, as those of score maps
 *     touched    0        1        0        1    a bit for each
 *     rows       --       1001..   --       01..  of touched blocks only
 */
#ifndef CHARINDEX_ROW_SET_H
#define CHARINDEX_ROW_SET_H

#include "score_map.h"

struct row_set {
	uint64_t *touched; /* not owned, nor is what follows */
	uint64_t *rows;
	uint32_t words; /* of `touched` */
};

/* Bytes of memory that a set of rows needs, and a set without rows in so many of them. */
size_t row_set_size(uint32_t rows);
void row_set_init(struct row_set *set, uint32_t rows, void *memory);

/* Takes the rows of the map, which is not everything. */
void row_set_take(struct row_set *set, const struct score_map *map);

/* The rows of both, in `into`, which may be `a`. */
void row_set_and(struct row_set *into, const struct row_set *a, const struct row_set *b);

/* The first touched block from number `from` on, in *block: false if there are no more. */
bool row_set_next(const struct row_set *set, uint32_t from, uint32_t *block);

#endif
