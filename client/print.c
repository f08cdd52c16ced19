/* print.c - what a row looks like: its colours, and the forms below or beside it. */
#include "print.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

#include "charform.h"
#include "options.h"
#include "program.h"

/* Code points of one row at most, of which forms are printed, and their bytes. */
enum { MAX_CODES = 24, MAX_TEXT = MAX_CODES * U8_MAX_LENGTH };

/* Bytes that gather before they are given to standard output. */
enum { ENOUGH = 32 * 1024 };

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

/* The characters of a row in UTF-8, by their code points: rows do not show controls, but those
 * have forms, and surrogates have none. Returns the bytes. */
static size_t
characters(const char *row, size_t length, enum charindex_format format, char text[MAX_TEXT])
{
	const char *end = memchr(row, format == CHARINDEX_JSON ? ']' : '\t', length), *code;
	size_t bytes = 0;

	if (end == NULL)
		end = row + length;
	while (bytes <= MAX_TEXT - U8_MAX_LENGTH &&
	    (code = memmem(row, (size_t)(end - row), "U+", 2)) != NULL) {
		unsigned long c = strtoul(code + 2, NULL, 16);

		if (c <= 0x10FFFF && !U_IS_SURROGATE(c))
			U8_APPEND_UNSAFE((uint8_t *)text, bytes, (uint32_t)c);
		row = code + 2;
	}
	return bytes;
}

static void
put_form(const struct printer *printer, enum charform form, const char *text, size_t length)
{
	char escaped[CHARFORM_SIZE(MAX_TEXT)];
	char quoted[CHARFORM_JSON_STRING_SIZE(sizeof(escaped))];
	const char *name = charform_name(form);
	size_t escaped_length = charform_write(form, text, length, escaped);

	switch (printer->format) {
	case CHARINDEX_JSON:
		strbuf_printf(printer->out, "%s\"%s\":", form > 0 ? "," : "", name);
		put(printer, quoted, charform_json_string(escaped, escaped_length, quoted));
		break;
	case CHARINDEX_TSV:
		strbuf_putc(printer->out, '\t');
		put(printer, escaped, escaped_length);
		break;
	default:
		strbuf_puts(printer->out, "\n\t");
		print_colored(printer, PRINT_DIM, name, strlen(name));
		strbuf_putc(printer->out, '\t');
		put(printer, escaped, escaped_length);
	}
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
	for (enum charform form = 0; form < CHARFORM_COUNT; form++)
		put_form(printer, form, text, length);
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
print_row(const struct printer *printer, const char *row, size_t length)
{
	char text[MAX_TEXT];

	if (length == 0)
		return;
	if (printer->format == CHARINDEX_TEXT)
		print_columns(printer, row, length);
	else
		print_object(printer, row, length);
	if (printer->all_forms)
		put_forms(printer, text, characters(row, length, printer->format, text));
	if (printer->format == CHARINDEX_JSON)
		strbuf_putc(printer->out, '}');
	print_end_line(printer);
}

/* Most rows are not longer. Copying so much at a time, whatever their lengths, is faster than
 * copying what there is. */
enum { USUAL_ROW = 64 };

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

uint64_t
print_lines(const struct printer *printer, const char *rows, size_t length)
{
	const char *end = rows + length, *cr;
	uint64_t count = 0;

	if (printer->format == CHARINDEX_TEXT && !printer->color && !printer->all_forms)
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
	char row[128], name[96];

	snprintf(name, sizeof(name), "<not UTF-8: line %" PRIu64 ", column %" PRIu64 ">", stray->line,
	    stray->column);
	switch (printer->format) {
	case CHARINDEX_JSON:
		strbuf_printf(out,
		    "{\"codes\":[],\"char\":\"\",\"name\":\"%s\",\"category\":\"\",\"script\":\"\","
		    "\"block\":\"\",\"age\":\"\",\"source\":\"%s\",\"byte\":%u,\"line\":%" PRIu64
		    ",\"column\":%" PRIu64 "}",
		    name, source, stray->byte, stray->line, stray->column);
		break;
	case CHARINDEX_TSV:
		strbuf_printf(out, "0x%02X\t\t%s\t\t\t\t\t%s", stray->byte, name, source);
		if (printer->all_forms)
			put_forms(printer, "", 0);
		break;
	default:
		print_columns(printer, row,
		    (size_t)snprintf(row, sizeof(row), "0x%02X   \t\t%s", stray->byte, name));
	}
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
