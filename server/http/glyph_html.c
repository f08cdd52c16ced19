/* glyph_html.c - a glyph in a page. */
#include "glyph_html.h"

#include "glyph.h"
#include "text.h"

void
glyph_put(struct text *out, const struct charindex *ci, uint32_t row,
    const struct charindex_row *facts)
{
	struct glyph glyph;

	glyph_of(ci, row, facts, &glyph);
	text_puts(out, glyph.boxed ? "<span class=\"glyph boxed\">" : "<span class=\"glyph\">");
	text_html(out, glyph.shown.bytes, glyph.shown.length);
	text_puts(out, "</span>");
}
