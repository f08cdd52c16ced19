/* fold_table.h - what folding has to know of characters, in the Unicode version of the tables
 * in data/, whatever ICU is installed. */
#ifndef CHARINDEX_FOLD_TABLE_H
#define CHARINDEX_FOLD_TABLE_H

#include <stdint.h>

#include "lower_bound.h"

enum fold_class {
	FOLD_WORD = 1,   /* letters, marks and numbers, which words consist of */
	FOLD_ACCENT = 2, /* a mark that words are also written without */
	FOLD_RUN_ON = 4, /* of a script that is written without spaces */
};

struct fold_range {
	uint32_t first, last;
	unsigned class; /* FOLD_… */
};

/* Ascending; code points between the ranges are of no class. */
extern const struct fold_range fold_ranges[];
extern const unsigned fold_range_count;

/* What the table says of a character: FOLD_… */
static inline unsigned
fold_class_of(uint32_t c)
{
	uint32_t low = 0;

	LOWER_BOUND(low, fold_range_count, i, fold_ranges[i].last < c);
	return low < fold_range_count && fold_ranges[low].first <= c ? fold_ranges[low].class : 0;
}

#endif
