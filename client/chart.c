/* chart.c - a heading, a line of last digits, and a line for each sixteen code points. */
#include "chart.h"

#include <err.h>
#include <stdio.h>
#include <string.h>

#include "block_range.h"
#include "glyph.h"
#include "options.h"
#include "terminal_row.h"

/* Columns of a terminal: before the characters, and for each. */
enum { MARGIN = 9, CELL = 4 };

/* Stands for what cannot be seen, and has no abbreviation that fits. */
#define BOX "\u25AF"

struct chart {
	const struct printer *printer;
	struct block_range range;
	bool terminal;
};

/* Goes to where a character of the line stands, however wide those before it are (ECMA-48, CHA). */
static void
put_cell(const struct chart *chart, unsigned digit)
{
	if (chart->terminal)
		strbuf_printf(chart->printer->out, "\033[%uG", MARGIN + digit * CELL);
	else
		strbuf_putc(chart->printer->out, '\t');
}

static void
put_seen(struct strbuf *out, const struct charindex_row *facts)
{
	const struct columns columns = { .of = {
		                                 [COLUMN_CODES] = facts->codes,
		                                 [COLUMN_CHAR] = facts->text,
		                                 [COLUMN_CATEGORY] =
		                                     facts->property[CHARINDEX_PROPERTY_CATEGORY],
		                             } };

	terminal_row_put_char(out, &columns);
}

static void
put_character(const struct chart *chart, uint32_t row)
{
	struct charindex_label label;
	struct charindex_row facts;
	struct glyph glyph;

	charindex_row(chart->printer->ci, row, 0, &facts, &label);
	glyph_of(chart->printer->ci, row, &facts, &glyph);
	if (!glyph.boxed)
		put_seen(chart->printer->out, &facts);
	else if (glyph.shown.length < CELL)
		print_colored(chart->printer, PRINT_DIM, glyph.shown.bytes, glyph.shown.length);
	else
		print_colored(chart->printer, PRINT_DIM, BOX, strlen(BOX));
}

/* A line if there is any character on it. Returns how many there are. */
static unsigned
put_line(const struct chart *chart, uint32_t first)
{
	struct strbuf *out = chart->printer->out;
	unsigned count = 0;
	size_t begin = out->length;

	strbuf_printf(out, "U+%03Xx", (unsigned)(first / 16));
	for (unsigned digit = 0; digit < 16; digit++) {
		uint32_t row = charindex_row_of(chart->printer->ci, first + digit);

		if (row != CHARINDEX_NO_ROW || !chart->terminal)
			put_cell(chart, digit);
		if (row == CHARINDEX_NO_ROW)
			continue;
		put_character(chart, row);
		count++;
	}
	if (count > 0)
		print_end_line(chart->printer);
	else
		out->length = begin;
	return count;
}

static void
put_heading(const struct chart *chart)
{
	struct strbuf *out = chart->printer->out;

	print_colored(chart->printer, PRINT_BOLD, chart->range.name.bytes, chart->range.name.length);
	print_end_line(chart->printer);
	for (unsigned digit = 0; digit < 16; digit++) {
		put_cell(chart, digit);
		strbuf_printf(out, "%X", digit);
	}
	print_end_line(chart->printer);
}

/* A character of the block: false if it has none. */
static bool
find_member(const struct charindex *ci, const struct charindex_filter *filter, uint32_t *code_point)
{
	static const char every[] = "age:>=1";
	const struct charindex_settings settings = { .mode = CHARINDEX_AUTO,
		.limit = 1,
		.filters = filter,
		.filter_count = 1 };
	struct charindex_answer answer;
	struct charindex_hit hit;
	bool found;

	if (charindex_answer_begin(&answer, ci, &settings, every, strlen(every)) != CHARINDEX_OK)
		errx(EXIT_ERROR, "out of memory");
	found = charindex_answer_next_hit(&answer, &hit);
	*code_point = found ? hit.code_point : 0;
	charindex_answer_release(&answer);
	return found;
}

void
chart_print(const struct printer *printer, const char *block, bool terminal)
{
	struct chart chart = { .printer = printer, .terminal = terminal };
	struct charindex_filter filter;
	unsigned count = 0;
	uint32_t member;
	char status[96];

	if (!charindex_read_filter(printer->ci, CHARINDEX_PROPERTY_BLOCK, block, strlen(block),
	        &filter) ||
	    !find_member(printer->ci, &filter, &member))
		errx(EXIT_ERROR, "--table=%s: there is no such block; charfinder --list=blocks names all",
		    block);
	chart.range = block_range_of(printer->ci, member);
	put_heading(&chart);
	for (uint32_t first = chart.range.first; first < chart.range.last; first += 16)
		count += put_line(&chart, first);
	snprintf(status, sizeof(status), "%u characters in U+%04X..U+%04X", count,
	    (unsigned)chart.range.first, (unsigned)chart.range.last);
	print_total(printer, status, "");
	print_flush(printer);
}
