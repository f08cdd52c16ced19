/* binary_property.h - binary properties of code points in an open index (FORMAT.md, BINP), for the files of the
 * library. */
#ifndef CHARINDEX_BINARY_PROPERTY_H
#define CHARINDEX_BINARY_PROPERTY_H

#include "extra.h"

/* Has a code point the property? */
bool binary_is(const struct charindex *ci, uint32_t bit, uint32_t code_point);

/* The first code point of entry `n` of BINP; 0x110000 if there is none. */
uint32_t binary_begin(const struct charindex *ci, uint32_t n);

/* Have the code points of entry `n`, which there is, the property? */
bool binary_holds(const struct charindex *ci, uint32_t n, uint32_t bit);

/* The bit of the property that is called so: false if there is none. */
bool binary_find(const struct charindex *ci, const char *text, size_t length, uint32_t *bit);

#endif
