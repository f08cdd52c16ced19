/* block_range.h - where the characters of a block begin and end. An index does not say where the block
 * itself does. */
#ifndef BLOCK_RANGE_H
#define BLOCK_RANGE_H

#include <stdbool.h>

#include "charindex.h"

struct block_range {
	uint32_t first, last; /* code points: of its first sixteen with a character, and its last */
	struct charindex_text name; /* lives as long as the index */
};

/* The block of the character. */
struct block_range block_range_of(const struct charindex *ci, uint32_t code_point);

/* The next one that has a character: false if there is none. All zero is before the first. */
bool block_range_next(const struct charindex *ci, struct block_range *range)
    __attribute__((warn_unused_result));

#endif
