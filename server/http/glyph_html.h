/* glyph_html.h - what stands for a character (about/glyph.h), in a page. */
#ifndef GLYPH_HTML_H
#define GLYPH_HTML_H

#include "charindex.h"

struct text;

/* Adds it in HTML. `row` is of `facts`. */
void glyph_put(struct text *out, const struct charindex *ci, uint32_t row,
    const struct charindex_row *facts);

#endif
