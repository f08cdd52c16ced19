/* facts.c - what is known of every character, in JSON. */
#include "facts.h"

#include <string.h>

#include "glyph.h"
#include "text.h"

const char *const facts_property_names[CHARINDEX_PROPERTY_COUNT] = {
	[CHARINDEX_PROPERTY_CATEGORY] = "category",
	[CHARINDEX_PROPERTY_SCRIPT] = "script",
	[CHARINDEX_PROPERTY_BLOCK] = "block",
	[CHARINDEX_PROPERTY_AGE] = "age",
};

static void
put_text(struct text *out, struct charindex_text text)
{
	text_json(out, text.bytes, text.length);
}

/* "U+1F468 U+200D" as ["U+1F468","U+200D"]. */
static void
put_codes(struct text *out, struct charindex_text codes)
{
	const char *at = codes.bytes, *end = codes.bytes + codes.length;

	text_puts(out, "[");
	while (at < end) {
		const char *space = memchr(at, ' ', (size_t)(end - at));
		const char *stop = space != NULL ? space : end;

		text_json(out, at, (size_t)(stop - at));
		at = stop + 1;
		if (at < end)
			text_puts(out, ",");
	}
	text_puts(out, "]");
}

void
facts_put(struct text *out, const struct charindex *ci, uint32_t row,
    const struct charindex_row *facts)
{
	struct glyph glyph;
	char utf8[4];

	glyph_of(ci, row, facts, &glyph);
	text_puts(out, "\"code\":");
	put_text(out, facts->codes);
	text_puts(out, ",\"codes\":");
	put_codes(out, facts->codes);
	text_puts(out, ",\"char\":");
	put_text(out, charindex_row_text(facts, utf8));
	text_puts(out, ",\"shown\":");
	put_text(out, glyph.shown);
	text_puts(out, glyph.boxed ? ",\"boxed\":true,\"name\":" : ",\"boxed\":false,\"name\":");
	put_text(out, facts->name);
	for (int i = 0; i < CHARINDEX_PROPERTY_COUNT; i++) {
		text_puts(out, ",\"");
		text_puts(out, facts_property_names[i]);
		text_puts(out, "\":");
		put_text(out, facts->property[i]);
	}
}
