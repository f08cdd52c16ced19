/* chart.c - a heading, a line of last digits, and a line for each sixteen code points; on a narrow
 * terminal fewer, and no digits. */
#include "chart.h"

#include <err.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unicode/uchar.h>
#include <unistd.h>

#include "glyph.h"
#include "options.h"
#include "terminal_row.h"

/* Columns of a terminal: before the characters, and for each. */
enum { MARGIN = 9, CELL = 4 };

/* Stands for what cannot be seen, and has no abbreviation that fits. */
#define BOX "\u25AF"

/* Stands for what is not assigned, as hatching does in the code charts. */
#define HATCHED "\u25A8"

struct chart {
	const struct printer *printer;
	struct charindex_block block;
	bool terminal;
	unsigned cells; /* of a line: 16, or a half, a quarter, ... of it */
};

/* How many cells go beside each other. */
static unsigned
cells_of_terminal(void)
{
	struct winsize size;
	unsigned cells = 16;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
		return cells;
	while (cells > 1 && MARGIN - 1 + cells * CELL > size.ws_col)
		cells /= 2;
	return cells;
}

/* Goes to where a character of the line stands, however wide those before it are (ECMA-48, CHA). */
static void
put_cell(const struct chart *chart, unsigned n)
{
	if (chart->terminal)
		strbuf_printf(chart->printer->out, "\033[%uG", MARGIN + n * CELL);
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

/* What has no name: surrogates, what is for private use, and what is not assigned. */
static void
put_nameless(const struct chart *chart, uint32_t code_point)
{
	bool assigned = charindex_category(chart->printer->ci, code_point) != U_UNASSIGNED;
	const char *mark = assigned ? BOX : HATCHED;

	print_colored(chart->printer, PRINT_DIM, mark, strlen(mark));
}

/* Returns how many characters are on it. */
static unsigned
put_line(const struct chart *chart, uint32_t first)
{
	unsigned count = 0;

	if (chart->cells == 16)
		strbuf_printf(chart->printer->out, "U+%03Xx", (unsigned)(first / 16));
	else
		strbuf_printf(chart->printer->out, "U+%04X", (unsigned)first);
	for (unsigned n = 0; n < chart->cells; n++) {
		uint32_t row = charindex_row_of(chart->printer->ci, first + n);

		put_cell(chart, n);
		if (row != CHARINDEX_NO_ROW)
			put_character(chart, row);
		else
			put_nameless(chart, first + n);
		count += row != CHARINDEX_NO_ROW;
	}
	print_end_line(chart->printer);
	return count;
}

static void
put_heading(const struct chart *chart)
{
	struct strbuf *out = chart->printer->out;

	print_colored(chart->printer, PRINT_BOLD, chart->block.name.bytes, chart->block.name.length);
	print_end_line(chart->printer);
	if (chart->cells < 16)
		return;
	for (unsigned digit = 0; digit < 16; digit++) {
		put_cell(chart, digit);
		strbuf_printf(out, "%X", digit);
	}
	print_end_line(chart->printer);
}

void
chart_print(const struct printer *printer, const char *block, bool terminal)
{
	struct chart chart = { printer, .terminal = terminal, .cells = 16 };
	unsigned count = 0;
	char status[96];

	if (!charindex_block_named(printer->ci, block, strlen(block), &chart.block))
		errx(EXIT_ERROR, "--table=%s: there is no such block; charfinder --list=blocks names all",
		    block);
	if (terminal)
		chart.cells = cells_of_terminal();
	put_heading(&chart);
	for (uint32_t first = chart.block.first; first <= chart.block.last; first += chart.cells)
		count += put_line(&chart, first);
	snprintf(status, sizeof(status), "%u characters in U+%04X..U+%04X", count,
	    (unsigned)chart.block.first, (unsigned)chart.block.last);
	print_total(printer, status, "");
	print_flush(printer);
}
