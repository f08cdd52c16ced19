/* char_link.c - a path, and an item of a list. */
#include "char_link.h"

#include "glyph_html.h"
#include "text.h"

static void
put_text(struct text *out, struct charindex_text text)
{
	text_html(out, text.bytes, text.length);
}

void
char_link_put(struct text *out, const struct charindex_row *row)
{
	text_puts(out, "/char/");
	for (size_t i = 0; i < row->codes.length; i++)
		text_add(out, row->codes.bytes[i] == ' ' ? "-" : row->codes.bytes + i, 1);
}

void
char_link_put_item(struct text *out, const struct charindex *ci, uint32_t row, uint32_t code_point,
    const char *rel)
{
	struct charindex_row facts;
	struct charindex_label label;

	charindex_row(ci, row, code_point, &facts, &label);
	text_puts(out, "<li><a href=\"");
	char_link_put(out, &facts);
	if (rel != NULL)
		text_format(out, "\" rel=\"%s", rel);
	text_puts(out, "\">");
	glyph_put(out, ci, row, &facts);
	text_puts(out, " <span class=\"label\"><span class=\"code\">");
	put_text(out, facts.codes);
	text_puts(out, "</span> ");
	put_text(out, facts.name);
	text_puts(out, "</span></a></li>\n");
}
