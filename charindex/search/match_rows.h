/* match_rows.h - rows by code point. */
#ifndef CHARINDEX_MATCH_ROWS_H
#define CHARINDEX_MATCH_ROWS_H

#include "match.h"

/* Finds the rows of characters from `first` to `last`. */
void match_codes(struct match *match, uint32_t first, uint32_t last, uint8_t score);

/* Behind the rows of both kinds that have been looked at: 0, and row_count, to begin with. */
struct row_places {
	uint32_t named, extra;
};

/* Finds all rows of code points from `first` to `last`, those of sequences too; none of them is below
 * those that were asked for before. The score is that of rows in which no word has been found. */
void match_next_codes(struct match *match, struct row_places *places, uint32_t first,
    uint32_t last);

#endif
