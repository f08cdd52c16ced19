/* match_rows.h - rows by code point, property and flag. The score is that of rows in which no word
 * has been found, unless one is given. */
#ifndef CHARINDEX_MATCH_ROWS_H
#define CHARINDEX_MATCH_ROWS_H

#include "match.h"
#include "property.h"

/* Finds the rows of characters from `first` to `last`. */
void match_codes(struct match *match, uint32_t first, uint32_t last, uint8_t score);

/* Finds those for which the filter holds. */
void match_filter(struct match *match, const struct charindex_filter *filter);

/* Finds those that have one of these CHARINDEX_IS_… */
void match_flag(struct match *match, uint8_t flag);

#endif
