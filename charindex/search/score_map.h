/* score_map.h - a score for each row of the index: an enum charindex_source, 0 for rows that match
 * without any word having been found, or NO_MATCH.
 *
 *     block      0        1        2        3    of 64 rows each
 *     touched    0        1        0        1    a bit for each
 *     scores  ........ -- 7 -- ........ 5 - 5    a byte for each row, of touched blocks only
 *
 * What is not touched has no rows, whatever the bytes are, so that clearing, combining and counting
 * cost what was found, and not all the rows that there are. */
#ifndef CHARINDEX_SCORE_MAP_H
#define CHARINDEX_SCORE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define NO_MATCH UINT8_MAX

#define SCORE_BLOCK 64

struct score_map {
	uint8_t *scores; /* not owned, nor is what follows */
	uint64_t *touched;
	uint32_t rows;
	uint32_t words;  /* of `touched` */
	bool everything; /* each row has the score 0; none is touched */
	uint64_t work;   /* blocks that have been worked on, and rows added */
};

/* Words of `touched` that a map of so many rows has, and the number of the first of these bits from number
 * `from` on that is set: false if there is none. */
uint32_t score_map_words(uint32_t rows);
bool score_map_next_bit(const uint64_t *touched, uint32_t words, uint32_t from, uint32_t *block);

/* Bytes of memory that a map needs, and a map without rows in so many of them, which outlive it and
 * are aligned as malloc() does. */
size_t score_map_size(uint32_t rows);
void score_map_init(struct score_map *map, uint32_t rows, void *memory);

/* Moves the map to other memory of the same size; what is there already may be its own. */
void score_map_move(struct score_map *map, void *memory);

/* No rows; each row, with the score 0. */
void score_map_clear(struct score_map *map);
void score_map_fill(struct score_map *map);

/* The better score of rows from `first` to before `end`. */
void score_map_add_rows(struct score_map *map, uint32_t first, uint32_t end, uint8_t score);

/* Takes the row out. */
void score_map_remove(struct score_map *map, uint32_t row);

/* Narrows `into` to the rows of both, with the worse score; `other` may have no rows then. */
void score_map_and(struct score_map *into, struct score_map *other);

/* Widens `into` by the rows of the other, with the better score. */
void score_map_or(struct score_map *into, const struct score_map *other);

/* No row has a better score than `best`. */
void score_map_worsen(struct score_map *map, uint8_t best);

/* Takes the rows of the other out of `into`. */
void score_map_and_not(struct score_map *into, const struct score_map *other);

uint32_t score_map_count(struct score_map *map);
bool score_map_has_rows(struct score_map *map);

/* A row with its score, which stands in the upper 8 bits. */
#define SCORED_ROW_BITS 24
#define SCORED_ROW_MASK ((1u << SCORED_ROW_BITS) - 1)

/* The next rows that have a score, from *from on and before `end`, with that, SCORE_BLOCK of them at
 * most: how many, 0 if there are no more. *from moves on behind them. */
uint32_t score_map_take(const struct score_map *map, uint32_t *from, uint32_t end,
    uint32_t *scored_rows);

/* A bit for each row of a touched block that has a score. */
uint64_t score_map_rows_of(const struct score_map *map, uint32_t block);

/* The next rows that have this score, SCORE_BLOCK of them at most: how many, 0 if there are no more.
 * *from moves on behind them. */
uint32_t score_map_take_scored(const struct score_map *map, uint8_t score, uint32_t *from,
    uint32_t *rows);

static inline bool
score_map_is_touched(const struct score_map *map, uint32_t block)
{
	return (map->touched[block / 64] >> block % 64 & 1) != 0;
}

static inline uint8_t
score_map_get(const struct score_map *map, uint32_t row)
{
	if (map->everything)
		return 0;
	return score_map_is_touched(map, row / SCORE_BLOCK) ? map->scores[row] : NO_MATCH;
}

/* The bytes of the block, to be written to. */
static inline uint8_t *
score_map_touch(struct score_map *map, uint32_t block)
{
	uint8_t *scores = map->scores + block * SCORE_BLOCK;

	if (!score_map_is_touched(map, block)) {
		map->touched[block / 64] |= (uint64_t)1 << block % 64;
		memset(scores, NO_MATCH, SCORE_BLOCK);
	}
	return scores;
}

/* The better score of a row. The map must not be everything. */
static inline void
score_map_add(struct score_map *map, uint32_t row, uint8_t score)
{
	uint8_t *at = score_map_touch(map, row / SCORE_BLOCK) + row % SCORE_BLOCK;

	*at = *at < score ? *at : score;
}

#endif
