/* trait_tables.h - traits.tsv, and of decompositions.tsv the types. */
#ifndef INDEXER_TRAIT_TABLES_H
#define INDEXER_TRAIT_TABLES_H

#include "properties_builder.h"

void trait_tables_read(struct properties_builder *properties, const char *directory);

#endif
