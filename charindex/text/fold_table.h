/* fold_table.h - what folding has to know of characters, in the Unicode version of the tables
 * in data/, whatever ICU is installed. */
#ifndef CHARINDEX_FOLD_TABLE_H
#define CHARINDEX_FOLD_TABLE_H

#include <stdint.h>

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

#endif
