/* table.h - data/characters.tsv, the facts about characters, read for the builder. */
#ifndef CHARINDEX_TABLE_H
#define CHARINDEX_TABLE_H

#include "builder.h"
#include "private_names.h"
#include "properties_builder.h"

/* Called now and then with the share of the table that has been read, 0 to 100. */
typedef void table_progress(unsigned percent);

/* Reads characters.tsv in `directory` into `builder` and `properties`, and sets
 * *unicode_version to major << 16 | minor << 8 | update. Ends the program with a one-line
 * error that names file, line and remedy if the table is missing or wrong. `progress` may be
 * NULL. `own` are names of code points for private use, which have none in the table. */
void table_read_characters(const char *directory, struct builder *builder,
    struct properties_builder *properties, struct private_names *own, uint32_t *unicode_version,
    table_progress *progress);

#endif
