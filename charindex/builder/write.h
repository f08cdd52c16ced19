/* write.h - a finished builder put into a file (FORMAT.md). */
#ifndef CHARINDEX_WRITE_H
#define CHARINDEX_WRITE_H

#include "builder.h"

/* Writes the index to a new file beside `path` and renames it to `path`, so that
 * readers see the old index or the new one, whole. Ends the program with a one-line
 * error, and nothing left behind, if that fails. */
void write_index(const char *path, const struct builder *builder, uint32_t unicode_version);

#endif
