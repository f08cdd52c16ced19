/* char_link.h - links to the page about a character. */
#ifndef CHAR_LINK_H
#define CHAR_LINK_H

#include "charindex.h"

struct text;

/* Adds the path of the page about the characters of a row. */
void char_link_put(struct text *out, const struct charindex_row *row);

/* Adds an item of a list that leads there, with glyph, code and name. `rel` is what the characters
 * are to those of the page, as "next", or NULL. */
void char_link_put_item(struct text *out, const struct charindex *ci, uint32_t row,
    uint32_t code_point, const char *rel);

#endif
