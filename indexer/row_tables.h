/* row_tables.h - the tables that make rows besides those of names. */
#ifndef CHARINDEX_ROW_TABLES_H
#define CHARINDEX_ROW_TABLES_H

#include "reading.h"

/* The tables that have both rows and records, with their columns. */
#define ALIASES "aliases.tsv", "code\talias\ttype"
#define ENTITIES "entities.tsv", "name\tcode"
#define SEQUENCES "sequences.tsv", "codes\tname\ttype\tbase"

/* Adds controls, sequences with an official name, those of emoji and pairs that are HTML entities
 * to reading->extras. */
void row_tables_read(struct reading *reading);

#endif
