/* synonym_table.h - a table of synonyms, written by hand. */
#ifndef CHARINDEX_SYNONYM_TABLE_H
#define CHARINDEX_SYNONYM_TABLE_H

#include "reading.h"

/* Adds the table at `path` to the dictionary that has been begun. Ends the program if it is not
 * there, unless it is optional. */
void synonym_table_read(struct reading *reading, const char *path, bool optional);

#endif
