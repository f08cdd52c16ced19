/* reader.c - the pieces that pages are made of, in the languages of their reader. */
#include "reader.h"

#include <string.h>

#include "char_link.h"
#include "exchange.h"
#include "glyph.h"
#include "languages.h"
#include "snapshot.h"
#include "text.h"

struct reader
reader_of(const struct exchange *exchange)
{
	const struct search *search = &exchange->search;

	return (struct reader){ .exchange = exchange,
		.ci = exchange->snapshot->ci,
		.texts = search->texts,
		.languages = search->settings.language,
		.glyphs = languages_of_glyphs(search->settings.language) };
}

/* ---- texts --------------------------------------------------------------------------------- */

void
reader_put(struct text *out, const struct reader *reader, enum page_text text)
{
	const char *string = reader->texts->text[text];

	text_html(out, string, strlen(string));
}

void
reader_put_heading(struct text *out, const struct reader *reader, enum page_text text)
{
	text_puts(out, "<h3>");
	reader_put(out, reader, text);
	text_puts(out, "</h3>\n");
}

static void
put_place(struct text *out, const struct reader_place *place)
{
	if (place->bytes != NULL)
		text_html(out, place->bytes, place->length);
	else
		text_number(out, place->number);
}

void
reader_fill(struct text *out, const struct reader *reader, enum page_text text,
    const struct reader_place *places)
{
	const char *at = reader->texts->text[text], *open;

	while ((open = strchr(at, '{')) != NULL) {
		size_t length = strcspn(open + 1, "}");

		text_html(out, at, (size_t)(open - at));
		for (const struct reader_place *place = places; place->name != NULL; place++)
			if (strlen(place->name) == length && memcmp(place->name, open + 1, length) == 0)
				put_place(out, place);
		at = open + length + strlen("{}");
	}
	text_html(out, at, strlen(at));
}

/* ---- links --------------------------------------------------------------------------------- */

void
reader_put_kept(struct text *out, const struct reader *reader, const char *and)
{
	struct text kept = { 0 };

	languages_put_kept(&kept, &reader->exchange->search);
	if (kept.length > 0)
		text_puts(out, and);
	text_add(out, kept.bytes, kept.length);
	out->failed |= kept.failed;
	text_release(&kept);
}

void
reader_put_char(struct text *out, const struct reader *reader, const struct charindex_row *row)
{
	char_link_put(out, reader->exchange, row);
	reader_put_kept(out, reader, "?");
}

/* ---- characters ---------------------------------------------------------------------------- */

void
reader_put_glyph(struct text *out, const struct reader *reader, uint32_t row,
    const struct charindex_row *facts)
{
	struct glyph glyph;

	glyph_of(reader->ci, row, facts, &glyph);
	text_puts(out, glyph.boxed ? "<span class=\"glyph boxed\"" : "<span class=\"glyph\"");
	if (reader->glyphs != NULL)
		text_format(out, " lang=\"%s\"", reader->glyphs);
	text_puts(out, ">");
	text_html(out, glyph.shown.bytes, glyph.shown.length);
	text_puts(out, "</span>");
}

void
reader_put_item(struct text *out, const struct reader *reader, uint32_t row, uint32_t code_point,
    const char *rel)
{
	struct charindex_row facts;
	struct charindex_label label;

	charindex_row(reader->ci, row, code_point, &facts, &label);
	text_puts(out, "<li><a href=\"");
	reader_put_char(out, reader, &facts);
	if (rel != NULL)
		text_format(out, "\" rel=\"%s", rel);
	text_puts(out, "\">");
	reader_put_glyph(out, reader, row, &facts);
	text_puts(out, " <span class=\"label\" lang=\"en\"><span class=\"code\">");
	text_html(out, facts.codes.bytes, facts.codes.length);
	text_puts(out, "</span> ");
	text_html(out, facts.name.bytes, facts.name.length);
	text_puts(out, "</span></a></li>\n");
}
