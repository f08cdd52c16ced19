/* glyph.h - what stands for a character where it is shown by itself: it may be invisible, or need
 * another one to sit on. */
#ifndef GLYPH_H
#define GLYPH_H

#include "charindex.h"

/* Room for what is shown of a character of one code point. */
#define GLYPH_SIZE 24

struct glyph {
	struct charindex_text shown; /* in the index, or in `room` */
	bool boxed;                  /* it is an abbreviation or a number, to be framed */
	char room[GLYPH_SIZE];
};

/* The characters themselves; marks on a dotted circle; and in a frame the abbreviation of what
 * cannot be seen, or its number where it has none. `row` is of `facts`. */
void glyph_of(const struct charindex *ci, uint32_t row, const struct charindex_row *facts,
    struct glyph *glyph);

#endif
