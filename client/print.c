/* print.c - hides what a row looks like: its colours, and the forms below or beside it. */
#include "print.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "charform.h"
#include "options.h"
#include "program.h"

/* SGR, ECMA-48. */
#define DIM "\033[2m"
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

/* Rows that are fetched at a time. */
enum { ROWS_AT_ONCE = 1024 };

/* Text of one row at most, in bytes: charindex_render() refuses what is longer. */
enum { MAX_TEXT = 80 };

static void
put(const char *text, size_t length)
{
	fwrite_unlocked(text, 1, length, stdout);
}

static void
put_colored(const struct printer *printer, const char *color, const char *text, size_t length)
{
	if (!printer->color || length == 0) {
		put(text, length);
		return;
	}
	fputs_unlocked(color, stdout);
	put(text, length);
	fputs_unlocked(PLAIN, stdout);
}

static void
end_line(void)
{
	putc_unlocked('\n', stdout);
	program_check_output(EXIT_ERROR);
}

/* ---- forms --------------------------------------------------------------------------------- */

/* The characters of a row in UTF-8. Rows do not show controls, but those have forms. */
static struct charindex_text
characters(const struct charindex_row *row, char control[2])
{
	struct charindex_text text = row->text;

	if (text.length > 0 || (row->flags & CHARINDEX_IS_CONTROL) == 0)
		return text;
	text.bytes = control;
	if (row->code_point < 0x80) {
		control[text.length++] = (char)row->code_point;
	} else { /* the last is U+009F */
		control[text.length++] = (char)0xC2;
		control[text.length++] = (char)row->code_point;
	}
	return text;
}

static void
put_form(const struct printer *printer, enum charform form, struct charindex_text text)
{
	char escaped[CHARFORM_SIZE(MAX_TEXT)];
	char quoted[CHARFORM_JSON_STRING_SIZE(sizeof(escaped))];
	const char *name = charform_name(form);
	size_t length = charform_write(form, text.bytes, text.length, escaped);

	switch (printer->format) {
	case CHARINDEX_JSON:
		printf("%s\"%s\":", form > 0 ? "," : "", name);
		put(quoted, charform_json_string(escaped, length, quoted));
		break;
	case CHARINDEX_TSV:
		putc_unlocked('\t', stdout);
		put(escaped, length);
		break;
	default:
		putc_unlocked('\n', stdout);
		putc_unlocked('\t', stdout);
		put_colored(printer, DIM, name, strlen(name));
		putc_unlocked('\t', stdout);
		put(escaped, length);
	}
}

/* Goes on where the row ends, without its line end: in JSON, without its last brace. Text that
 * nothing can be said of, as a surrogate's, has columns but no lines. */
static void
put_forms(const struct printer *printer, struct charindex_text text)
{
	bool json = printer->format == CHARINDEX_JSON;

	if (text.length == 0 && printer->format != CHARINDEX_TSV)
		return;
	if (json)
		fputs_unlocked(",\"forms\":{", stdout);
	for (enum charform form = 0; form < CHARFORM_COUNT; form++)
		put_form(printer, form, text);
	if (json)
		putc_unlocked('}', stdout);
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* "U+2657 \t♗\tWHITE CHESS BISHOP" */
static void
put_text_row(const struct printer *printer, const char *row, size_t length)
{
	const char *codes_end = memchr(row, '\t', length), *end = row + length;
	const char *text = codes_end != NULL ? codes_end + 1 : end;
	const char *text_end = memchr(text, '\t', (size_t)(end - text));

	if (text_end == NULL) {
		put(row, length);
		return;
	}
	put_colored(printer, DIM, row, (size_t)(codes_end - row));
	putc_unlocked('\t', stdout);
	put_colored(printer, BOLD, text, (size_t)(text_end - text));
	put(text_end, (size_t)(end - text_end));
}

/* Rows as the index has them rendered for the wire, ended by CRLF. */
static void
put_run(const struct printer *printer, const struct charindex_run *run)
{
	const char *row = run->text, *end = row + run->length, *cr;

	while (row < end && (cr = memchr(row, '\r', (size_t)(end - row))) != NULL) {
		if (printer->color)
			put_text_row(printer, row, (size_t)(cr - row));
		else
			put(row, (size_t)(cr - row));
		putc_unlocked('\n', stdout);
		row = cr + 2;
	}
	program_check_output(EXIT_ERROR);
}

static void
put_hit(const struct printer *printer, const struct charindex_hit *hit)
{
	bool json = printer->format == CHARINDEX_JSON;
	char rendered[CHARINDEX_RENDER_SIZE], control[2];
	struct charindex_label label;
	struct charindex_row row;
	size_t length = charindex_render(printer->ci, hit, printer->format, rendered);

	if (length == 0)
		return;
	if (printer->format == CHARINDEX_TEXT)
		put_text_row(printer, rendered, length);
	else
		put(rendered, json ? length - 1 : length);
	if (printer->all_forms) {
		charindex_row(printer->ci, hit->row, hit->code_point, &row, &label);
		put_forms(printer, characters(&row, control));
	}
	if (json)
		putc_unlocked('}', stdout);
	end_line();
}

void
print_rows(const struct printer *printer, struct charindex_answer *answer)
{
	struct charindex_run run;
	struct charindex_hit hit;

	if (printer->format == CHARINDEX_TEXT && !printer->all_forms) {
		while (charindex_answer_next(answer, ROWS_AT_ONCE, &run))
			put_run(printer, &run);
	} else {
		while (charindex_answer_next_hit(answer, &hit))
			put_hit(printer, &hit);
	}
}

void
print_stray_byte(const struct printer *printer, const struct stray_byte *stray)
{
	char row[128], name[96];

	snprintf(name, sizeof(name), "<not UTF-8: line %" PRIu64 ", column %" PRIu64 ">", stray->line,
	    stray->column);
	switch (printer->format) {
	case CHARINDEX_JSON:
		printf("{\"codes\":[],\"char\":\"\",\"name\":\"%s\",\"category\":\"\",\"script\":\"\","
		       "\"block\":\"\",\"age\":\"\",\"source\":\"%s\",\"byte\":%u,\"line\":%" PRIu64
		       ",\"column\":%" PRIu64 "}",
		    name, charindex_source_name(CHARINDEX_BY_TEXT), stray->byte, stray->line,
		    stray->column);
		break;
	case CHARINDEX_TSV:
		printf("0x%02X\t\t%s\t\t\t\t\t%s", stray->byte, name,
		    charindex_source_name(CHARINDEX_BY_TEXT));
		if (printer->all_forms)
			put_forms(printer, (struct charindex_text){ "", 0 });
		break;
	default:
		put_text_row(printer, row,
		    (size_t)snprintf(row, sizeof(row), "0x%02X   \t\t%s", stray->byte, name));
	}
	end_line();
}

/* ---- status ---------------------------------------------------------------------------------- */

static void
put_text_status(const struct printer *printer, const char *text, size_t length)
{
	if (printer->color)
		fputs_unlocked(DIM, stdout);
	putc_unlocked('(', stdout);
	put(text, length);
	putc_unlocked(')', stdout);
	if (printer->color)
		fputs_unlocked(PLAIN, stdout);
	end_line();
}

void
print_answer_status(const struct printer *printer, const struct charindex_answer *answer)
{
	char *text;
	size_t length;

	if (printer->format == CHARINDEX_TSV)
		return;
	text = malloc(CHARINDEX_RENDER_STATUS_SIZE(answer->query_length));
	if (text == NULL)
		errx(EXIT_ERROR, "out of memory");
	length = charindex_render_status(answer, printer->format, text);
	if (printer->format == CHARINDEX_TEXT) {
		put_text_status(printer, text, length);
	} else {
		put(text, length);
		end_line();
	}
	free(text);
}

void
print_status(const struct printer *printer, const char *text, const char *rest)
{
	if (printer->format == CHARINDEX_TEXT) {
		put_text_status(printer, text, strlen(text));
	} else if (printer->format == CHARINDEX_JSON) {
		printf("{\"status\":\"%s\"%s}", text, rest);
		end_line();
	}
}
