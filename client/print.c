/* print.c - what a row looks like: its colours, and the forms below or beside it. */
#include "print.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms.h"
#include "options.h"
#include "program.h"
#include "row_template.h"
#include "terminal_row.h"

/* Bytes that gather before they are given to standard output. */
#define ENOUGH (32 * 1024)

static void
put(const struct printer *printer, const char *text, size_t length)
{
	strbuf_put(printer->out, text, length);
}

void
print_colored(const struct printer *printer, const char *color, const char *text, size_t length)
{
	if (!printer->color || length == 0) {
		put(printer, text, length);
		return;
	}
	strbuf_puts(printer->out, color);
	put(printer, text, length);
	strbuf_puts(printer->out, PRINT_PLAIN);
}

void
print_flush(const struct printer *printer)
{
	struct strbuf *out = printer->out;

	if (out->failed)
		errx(EXIT_ERROR, "out of memory");
	if (out->length > 0)
		fwrite(out->text, 1, out->length, stdout);
	program_check_output(EXIT_ERROR);
	out->length = 0;
}

void
print_end_line(const struct printer *printer)
{
	strbuf_putc(printer->out, '\n');
	if (printer->streams && printer->out->length >= ENOUGH)
		print_flush(printer);
}

/* ---- forms --------------------------------------------------------------------------------- */

static void
put_form(const struct printer *printer, unsigned form, const struct strbuf *written)
{
	char *room;

	switch (printer->format) {
	case CHARINDEX_JSON:
		strbuf_printf(printer->out, "%s\"%s\":", form > 0 ? "," : "", form_name(form));
		room = strbuf_reserve(printer->out, CHARFORM_JSON_STRING_SIZE(written->length));
		if (room != NULL)
			printer->out->length += charform_json_string(written->text, written->length, room);
		break;
	case CHARINDEX_TSV:
		strbuf_putc(printer->out, '\t');
		put(printer, written->text, written->length);
		break;
	default:
		strbuf_puts(printer->out, "\n\t");
		print_colored(printer, PRINT_DIM, form_name(form), strlen(form_name(form)));
		strbuf_putc(printer->out, '\t');
		put(printer, written->text, written->length);
	}
}

/* Columns are there in any case; a name that there is not has neither a member nor a line. */
static void
put_forms_of(const struct printer *printer, const char *text, size_t length)
{
	struct strbuf written = { 0 };

	for (unsigned form = 0; form < FORM_COUNT; form++) {
		strbuf_clear(&written, SIZE_MAX);
		form_put(&written, printer->ci, form, text, length);
		if (form < CHARFORM_COUNT || written.length > 0 || printer->format == CHARINDEX_TSV)
			put_form(printer, form, &written);
		printer->out->failed |= written.failed;
	}
	strbuf_release(&written);
}

/* Goes on where the row ends, without its line end: in JSON, without its last brace. Text that
 * nothing can be said of, as a surrogate's, has columns but no lines. */
static void
put_forms(const struct printer *printer, const char *text, size_t length)
{
	bool json = printer->format == CHARINDEX_JSON;

	if (length == 0 && printer->format != CHARINDEX_TSV)
		return;
	if (json)
		strbuf_puts(printer->out, ",\"forms\":{");
	put_forms_of(printer, text, length);
	if (json)
		strbuf_putc(printer->out, '}');
}

/* ---- rows ------------------------------------------------------------------------------------ */

void
print_columns(const struct printer *printer, const char *row, size_t length)
{
	const char *codes_end = memchr(row, '\t', length), *end = row + length;
	const char *text = codes_end != NULL ? codes_end + 1 : end;
	const char *text_end = memchr(text, '\t', (size_t)(end - text));

	if (text_end == NULL) {
		put(printer, row, length);
		return;
	}
	print_colored(printer, PRINT_DIM, row, (size_t)(codes_end - row));
	strbuf_putc(printer->out, '\t');
	print_colored(printer, PRINT_BOLD, text, (size_t)(text_end - text));
	put(printer, text_end, (size_t)(end - text_end));
}

void
print_object(const struct printer *printer, const char *row, size_t length)
{
	bool json = printer->format == CHARINDEX_JSON;
	size_t begin = json && printer->prefix_length > 0;

	put(printer, printer->prefix, printer->prefix_length);
	put(printer, row + begin, length - begin - json);
}

void
print_for_terminal(const struct printer *printer, const struct columns *columns)
{
	struct strbuf text = { 0 };

	terminal_row_put(&text, columns);
	print_columns(printer, text.text, text.length);
	printer->out->failed |= text.failed;
	strbuf_release(&text);
}

/* The columns of a row, whose characters are a terminal's. */
static void
print_text(const struct printer *printer, const char *row, size_t length)
{
	struct columns columns;

	if (!printer->terminal) {
		print_columns(printer, row, length);
		return;
	}
	columns_of(&columns, row, length);
	print_for_terminal(printer, &columns);
}

/* As the template says, without a line end; the row is in TSV. */
static void
print_by_template(const struct printer *printer, const char *row, size_t length)
{
	struct template_row values = { .ci = printer->ci,
		.query = { printer->prefix, printer->prefix_length } };

	columns_of(&values.columns, row, length);
	values.text_length = forms_text(row, length, CHARINDEX_TSV, values.text);
	row_template_put(printer->out, printer->row_template, &values);
}

static void
note_first(const struct printer *printer, const char *row, size_t length)
{
	char text[FORMS_MAX_TEXT];

	if (printer->first != NULL && printer->first->length == 0)
		strbuf_put(printer->first, text, forms_text(row, length, printer->rows, text));
}

void
print_row(const struct printer *printer, const char *row, size_t length)
{
	char text[FORMS_MAX_TEXT];

	if (length == 0)
		return;
	note_first(printer, row, length);
	if (printer->row_template != NULL)
		print_by_template(printer, row, length);
	else if (printer->format != CHARINDEX_TEXT)
		print_object(printer, row, length);
	else
		print_text(printer, row, length);
	put(printer, printer->suffix, printer->suffix_length);
	if (printer->all_forms)
		put_forms(printer, text, forms_text(row, length, printer->rows, text));
	if (printer->format == CHARINDEX_JSON)
		strbuf_putc(printer->out, '}');
	print_end_line(printer);
}

/* Most rows are not longer. Copying so much at a time, whatever their lengths, is faster than
 * copying what there is. */
#define USUAL_ROW 64

/* Plain rows, in which nothing changes but their line ends. */
static uint64_t
print_plain_lines(const struct printer *printer, const char *rows, size_t length)
{
	const char *end = rows + length, *cr;
	char *out = strbuf_reserve(printer->out, length + USUAL_ROW), *begin = out;
	uint64_t count = 0;

	if (out == NULL)
		return 0;
	for (; rows < end && (cr = memchr(rows, '\r', (size_t)(end - rows))) != NULL; count++) {
		if (cr - rows <= USUAL_ROW && end - rows >= USUAL_ROW)
			memcpy(out, rows, USUAL_ROW);
		else
			memcpy(out, rows, (size_t)(cr - rows));
		out += cr - rows;
		*out++ = '\n';
		rows = cr + 2;
	}
	printer->out->length += (size_t)(out - begin);
	if (printer->streams && printer->out->length >= ENOUGH)
		print_flush(printer);
	return count;
}

bool
print_is_plain(const struct printer *printer)
{
	return printer->format == CHARINDEX_TEXT && !printer->terminal && !printer->all_forms &&
	    !printer->details && printer->first == NULL;
}

uint64_t
print_lines(const struct printer *printer, const char *rows, size_t length)
{
	const char *end = rows + length, *cr;
	uint64_t count = 0;

	if (print_is_plain(printer) && !printer->color)
		return print_plain_lines(printer, rows, length);
	for (; rows < end && (cr = memchr(rows, '\r', (size_t)(end - rows))) != NULL; count++) {
		print_row(printer, rows, (size_t)(cr - rows));
		rows = cr + 2;
	}
	return count;
}

void
print_stray_byte(const struct printer *printer, const struct stray_byte *stray)
{
	struct strbuf *out = printer->out;
	const char *source = charindex_source_name(CHARINDEX_BY_TEXT);
	char row[160], name[96];

	snprintf(name, sizeof(name), "<not UTF-8: line %" PRIu64 ", column %" PRIu64 ">", stray->line,
	    stray->column);
	switch (printer->format) {
	case CHARINDEX_JSON:
		strbuf_printf(out,
		    "{\"codes\":[],\"char\":\"\",\"name\":\"%s\",\"category\":\"\",\"script\":\"\","
		    "\"block\":\"\",\"age\":\"\",\"source\":\"%s\",\"byte\":%u,\"line\":%" PRIu64
		    ",\"column\":%" PRIu64,
		    name, source, stray->byte, stray->line, stray->column);
		break;
	case CHARINDEX_TSV:
		snprintf(row, sizeof(row), "0x%02X\t\t%s\t\t\t\t\t%s", stray->byte, name, source);
		if (printer->row_template != NULL)
			print_by_template(printer, row, strlen(row));
		else
			strbuf_puts(out, row);
		break;
	default:
		print_columns(printer, row,
		    (size_t)snprintf(row, sizeof(row), "0x%02X   \t\t%s", stray->byte, name));
	}
	put(printer, printer->suffix, printer->suffix_length);
	if (printer->format == CHARINDEX_TSV && printer->all_forms)
		put_forms(printer, "", 0);
	if (printer->format == CHARINDEX_JSON)
		strbuf_putc(out, '}');
	print_end_line(printer);
}

/* ---- status ---------------------------------------------------------------------------------- */

void
print_status(const struct printer *printer, const char *status, size_t length)
{
	switch (printer->format) {
	case CHARINDEX_TSV:
		return;
	case CHARINDEX_JSON:
		print_object(printer, status, length);
		strbuf_putc(printer->out, '}');
		break;
	default:
		if (printer->color)
			strbuf_puts(printer->out, PRINT_DIM);
		strbuf_putc(printer->out, '(');
		put(printer, status, length);
		strbuf_putc(printer->out, ')');
		if (printer->color)
			strbuf_puts(printer->out, PRINT_PLAIN);
	}
	print_end_line(printer);
}

void
print_total(const struct printer *printer, const char *text, const char *rest)
{
	if (printer->format == CHARINDEX_TEXT) {
		print_status(printer, text, strlen(text));
	} else if (printer->format == CHARINDEX_JSON) {
		strbuf_printf(printer->out, "{\"status\":\"%s\"%s}", text, rest);
		print_end_line(printer);
	}
}
