/* set_builder.h - posting lists as sets of rows (FORMAT.md, "Posting lists"). */
#ifndef CHARINDEX_SET_BUILDER_H
#define CHARINDEX_SET_BUILDER_H

#include "buffer.h"

/* Appends the set of `count` ascending rows, of `row_count` that there are, to SETS: returns its place;
 * 0 if memory ran out. */
uint32_t append_set(struct buffer *sets, const uint32_t *rows, uint32_t count, uint32_t row_count);

#endif
