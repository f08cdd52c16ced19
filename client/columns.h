/* columns.h - a row of an answer in TSV, taken apart. */
#ifndef COLUMNS_H
#define COLUMNS_H

#include "charindex.h"

enum column {
	COLUMN_CODES,
	COLUMN_CHAR,
	COLUMN_NAME,
	COLUMN_CATEGORY,
	COLUMN_SCRIPT,
	COLUMN_BLOCK,
	COLUMN_AGE,
	COLUMN_SOURCE,
	COLUMN_COUNT,
};

struct columns {
	struct charindex_text of[COLUMN_COUNT]; /* they point into the row */
};

/* Columns that the row has not are empty. */
void columns_of(struct columns *columns, const char *row, size_t length);

/* "codes", "char" …: what they are called in JSON; a constant. */
const char *column_name(enum column column);

#endif
