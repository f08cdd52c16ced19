/* entity.h - the name that HTML has for a character. */
#ifndef ENTITY_H
#define ENTITY_H

#include "charindex.h"

/* "euro" for U+20AC, of several the shortest; empty if there is none. `row` is of `facts`. */
struct charindex_text entity_of(const struct charindex *ci, uint32_t row,
    const struct charindex_row *facts);

#endif
