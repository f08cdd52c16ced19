/* category_table.h - the general categories (UAX #44, table 12), numbered as ICU does. */
#ifndef CHARINDEX_CATEGORY_TABLE_H
#define CHARINDEX_CATEGORY_TABLE_H

#include <unicode/uchar.h>

struct category {
	char code[3];     /* "Lu" */
	const char *name; /* "Uppercase letter" */
};

/* By enum UCharCategory. */
extern const struct category category_table[U_CHAR_CATEGORY_COUNT];

#endif
