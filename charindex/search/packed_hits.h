/* packed_hits.h - hits in few bytes, which are read from the first one on: what is kept of an answer
 * while its rows are given. A hit stands in relation to the one before it:
 *
 *     0ddddddd                    the row d + 1 rows behind it, found as it was
 *     10nnnnnn                    the n + 1 rows that follow it, all found so
 *     110sssss dddddddd           the row d + 1 rows behind it, found through s
 *     111sssss and three bytes    any row, or code point, found through s
 *
 * A hit as an item has four bytes; here none takes more, and most take one or share it. */
#ifndef CHARINDEX_PACKED_HITS_H
#define CHARINDEX_PACKED_HITS_H

#include <stddef.h>
#include <stdint.h>

#include "score_map.h"

/* A hit is an item of 32 bits as long as hits are put together, as a scored row is: the source in the
 * upper 8, the number of the row below them; or, for code points without a row, HIT_CODE and the code point. */
#define HIT_CODE 0x1Fu
#define HIT_ROW_BITS SCORED_ROW_BITS
#define HIT_ROW_MASK SCORED_ROW_MASK

/* Where in them one is: all zero before the first. */
struct packed_reader {
	uint32_t number;   /* hits that have been read */
	uint32_t at;       /* bytes that have */
	uint32_t last;     /* hit, as an item */
	uint32_t run_left; /* hits of a run that are still to come */
};

/* Packs `count` items in the place where they are. Returns how many bytes that takes. */
size_t packed_hits_write(uint32_t *items, uint32_t count);

/* The next hit as an item. There must be one. */
uint32_t packed_hits_read(const uint8_t *bytes, struct packed_reader *reader);

/* Goes on to hit number `number`, which is not before that where the reader is. */
void packed_hits_skip(const uint8_t *bytes, struct packed_reader *reader, uint32_t number);

#endif
