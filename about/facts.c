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

static void
put_glyph(struct members *members, const struct charindex *ci, uint32_t row,
    const struct charindex_row *facts)
{
	struct glyph glyph;

	if ((members->wanted & (1u << MEMBER_SHOWN | 1u << MEMBER_BOXED)) == 0)
		return;
	glyph_of(ci, row, facts, &glyph);
	if (members_next(members, MEMBER_SHOWN))
		put_text(members->out, glyph.shown);
	if (members_next(members, MEMBER_BOXED))
		text_puts(members->out, glyph.boxed ? "true" : "false");
}

void
facts_put(struct members *members, const struct charindex *ci, uint32_t row,
    const struct charindex_row *facts)
{
	char utf8[4];

	if (members_next(members, MEMBER_CODE))
		put_text(members->out, facts->codes);
	if (members_next(members, MEMBER_CODES))
		put_codes(members->out, facts->codes);
	if (members_next(members, MEMBER_CHAR))
		put_text(members->out, charindex_row_text(facts, utf8));
	put_glyph(members, ci, row, facts);
	if (members_next(members, MEMBER_NAME))
		put_text(members->out, facts->name);
	for (int i = 0; i < CHARINDEX_PROPERTY_COUNT; i++)
		if (members_next(members, (enum member)(MEMBER_CATEGORY + i)))
			put_text(members->out, facts->property[i]);
}
