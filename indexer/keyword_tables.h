/* keyword_tables.h - the tables of keywords, one for each language. */
#ifndef CHARINDEX_KEYWORD_TABLES_H
#define CHARINDEX_KEYWORD_TABLES_H

#include "reading.h"

/* Makes a dictionary of each table in keywords/ whose language is asked for. */
void keyword_tables_read(struct reading *reading);

#endif
