/* relation_tables.h - mappings.tsv, and of decompositions.tsv the mappings (FORMAT.md, RELA). */
#ifndef INDEXER_RELATION_TABLES_H
#define INDEXER_RELATION_TABLES_H

#include "builder.h"

void relation_tables_read(struct builder *builder, const char *directory);

#endif
