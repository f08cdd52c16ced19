/* definition_tables.h - the tables of ideographs and of historic scripts. */
#ifndef CHARINDEX_DEFINITION_TABLES_H
#define CHARINDEX_DEFINITION_TABLES_H

#include "reading.h"

/* Makes the dictionary of definitions and readings. */
void definition_tables_read(struct reading *reading);

#endif
