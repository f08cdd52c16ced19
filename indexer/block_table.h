/* block_table.h - blocks.tsv: where blocks begin and end. */
#ifndef CHARINDEX_BLOCK_TABLE_H
#define CHARINDEX_BLOCK_TABLE_H

#include "properties_builder.h"

/* Reads it in `directory`, if it is there, into a section of the builder of `properties`, whose values
 * it adds blocks without any character to: before properties_builder_finish(). */
void block_table_read(struct properties_builder *properties, const char *directory);

#endif
