/* alias_tables.h - the tables of aliases, entities, sequences and synonyms. */
#ifndef CHARINDEX_ALIAS_TABLES_H
#define CHARINDEX_ALIAS_TABLES_H

#include "reading.h"

/* Makes the dictionary of aliases. */
void alias_tables_read(struct reading *reading);

#endif
