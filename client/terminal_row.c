/* terminal_row.c - what a terminal is given to show of characters. */
#include "terminal_row.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Controls of the bidirectional algorithm (UAX #9, 2), which show nothing and reorder what follows. */
static const struct {
	uint32_t code_point;
	const char *name;
} controls[] = {
	{ 0x061C, "ALM" },
	{ 0x200E, "LRM" },
	{ 0x200F, "RLM" },
	{ 0x202A, "LRE" },
	{ 0x202B, "RLE" },
	{ 0x202C, "PDF" },
	{ 0x202D, "LRO" },
	{ 0x202E, "RLO" },
	{ 0x2066, "LRI" },
	{ 0x2067, "RLI" },
	{ 0x2068, "FSI" },
	{ 0x2069, "PDI" },
};

/* Blocks whose characters run from right to left, those still unassigned too (UAX #44,
 * DerivedBidiClass.txt). */
static const struct {
	uint32_t first, last;
} from_right[] = {
	{ 0x0590, 0x08FF },
	{ 0xFB1D, 0xFDFF },
	{ 0xFE70, 0xFEFF },
	{ 0x10800, 0x10FFF },
	{ 0x1E800, 0x1EFFF },
};

#define DOTTED_CIRCLE "\u25CC"
#define FIRST_STRONG_ISOLATE "\u2068"
#define POP_DIRECTIONAL_ISOLATE "\u2069"

static const char *
control_name(uint32_t c)
{
	for (size_t i = 0; i < sizeof(controls) / sizeof(controls[0]); i++)
		if (controls[i].code_point == c)
			return controls[i].name;
	return NULL;
}

static bool
is_from_right(uint32_t c)
{
	for (size_t i = 0; i < sizeof(from_right) / sizeof(from_right[0]); i++)
		if (c >= from_right[i].first && c <= from_right[i].last)
			return true;
	return false;
}

static void
put(struct strbuf *out, struct charindex_text text)
{
	strbuf_put(out, text.bytes, text.length);
}

/* Of sequences, the first code point tells. */
static uint32_t
first_code_point(const struct columns *columns)
{
	const struct charindex_text codes = columns->of[COLUMN_CODES];

	return codes.length > 2 ? (uint32_t)strtoul(codes.bytes + strlen("U+"), NULL, 16) : 0;
}

static bool
is_mark(const struct columns *columns)
{
	const struct charindex_text category = columns->of[COLUMN_CATEGORY];

	return category.length > 0 && category.bytes[0] == 'M';
}

void
terminal_row_put_char(struct strbuf *out, const struct columns *columns)
{
	uint32_t c = first_code_point(columns);
	bool isolated = is_from_right(c);

	if (control_name(c) != NULL) {
		strbuf_puts(out, control_name(c));
		return;
	}
	strbuf_puts(out, isolated ? FIRST_STRONG_ISOLATE : "");
	strbuf_puts(out, is_mark(columns) ? DOTTED_CIRCLE : "");
	put(out, columns->of[COLUMN_CHAR]);
	strbuf_puts(out, isolated ? POP_DIRECTIONAL_ISOLATE : "");
}

void
terminal_row_put(struct strbuf *out, const struct columns *columns)
{
	put(out, columns->of[COLUMN_CODES]);
	for (size_t length = columns->of[COLUMN_CODES].length; length < strlen("U+1FA0C"); length++)
		strbuf_putc(out, ' ');
	strbuf_putc(out, '\t');
	terminal_row_put_char(out, columns);
	strbuf_putc(out, '\t');
	put(out, columns->of[COLUMN_NAME]);
}
