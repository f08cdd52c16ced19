/* rarity_tables.h - the tables that say how common characters are. */
#ifndef CHARINDEX_RARITY_TABLES_H
#define CHARINDEX_RARITY_TABLES_H

#include "reading.h"

/* Tells reading->rarity of emoji, of forms of other characters and of popular ones. */
void rarity_tables_read(struct reading *reading);

#endif
