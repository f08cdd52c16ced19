/* glyph.c - decides what can be seen of a character. */
#include "glyph.h"

#include <stdio.h>
#include <string.h>

struct range {
	uint32_t first, last;
};

static bool
is_among(const struct range *ranges, size_t count, uint32_t c)
{
	size_t i = 0;

	while (i < count && (c < ranges[i].first || c > ranges[i].last))
		i++;
	return i < count;
}

#define AMONG(ranges, c) is_among(ranges, sizeof(ranges) / sizeof((ranges)[0]), c)

static bool
is_category(const struct charindex_row *facts, const char *codes)
{
	struct charindex_text code = facts->property[CHARINDEX_PROPERTY_CATEGORY];

	for (; *codes != '\0'; codes += 2)
		if (code.length == 2 && memcmp(codes, code.bytes, 2) == 0)
			return true;
	return false;
}

/* Fillers, blanks, joiners and selectors whose general category says nothing of it
 * (Default_Ignorable_Code_Point of UAX #44, and the blank of Braille), and those that are formats
 * and seen nonetheless (Prepended_Concatenation_Mark). */
static bool
is_invisible(const struct charindex_row *facts)
{
	static const struct range blank[] = { { 0x034F, 0x034F }, { 0x115F, 0x1160 },
		{ 0x17B4, 0x17B5 }, { 0x180B, 0x180F }, { 0x2800, 0x2800 }, { 0x3164, 0x3164 },
		{ 0xFE00, 0xFE0F }, { 0xFFA0, 0xFFA0 }, { 0xE0100, 0xE01EF } };
	static const struct range seen[] = { { 0x0600, 0x0605 }, { 0x06DD, 0x06DD }, { 0x070F, 0x070F },
		{ 0x0890, 0x0891 }, { 0x08E2, 0x08E2 }, { 0x110BD, 0x110BD }, { 0x110CD, 0x110CD } };

	return AMONG(blank, facts->code_point) ||
	    (is_category(facts, "CcCfCnCoCsZlZpZs") && !AMONG(seen, facts->code_point));
}

static void
take_abbreviation(void *arg, const struct charindex_record *record)
{
	struct glyph *glyph = arg;

	if (record->kind == CHARINDEX_RECORD_ABBREVIATION && glyph->shown.length == 0)
		glyph->shown = record->text;
}

static void
take_room(struct glyph *glyph, int length)
{
	glyph->shown = (struct charindex_text){ glyph->room, (size_t)length };
}

void
glyph_of(const struct charindex *ci, uint32_t row, const struct charindex_row *facts,
    struct glyph *glyph)
{
	glyph->shown = facts->text;
	glyph->boxed = false;
	if ((facts->flags & CHARINDEX_IS_SEQUENCE) != 0)
		return;
	if (is_invisible(facts)) {
		glyph->shown.length = 0;
		glyph->boxed = true;
		if (row != CHARINDEX_NO_ROW)
			charindex_records(ci, row, take_abbreviation, glyph);
		if (glyph->shown.length == 0)
			take_room(glyph,
			    snprintf(glyph->room, GLYPH_SIZE, "%04X", (unsigned)facts->code_point));
	} else if (is_category(facts, "MnMeMc")) {
		take_room(glyph,
		    snprintf(glyph->room, GLYPH_SIZE, "\u25CC%.*s", (int)facts->text.length,
		        facts->text.bytes));
	}
}
