/* reference_table.h - the characters that the names list refers to. */
#ifndef CHARINDEX_REFERENCE_TABLE_H
#define CHARINDEX_REFERENCE_TABLE_H

#include "reading.h"

/* Makes the section of references. */
void reference_table_read(struct reading *reading);

#endif
