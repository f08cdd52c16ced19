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

/* SGR, ECMA-48. */
#define DIM "\033[2m"
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

/* Rows that are fetched at a time. */
enum { ROWS_AT_ONCE = 1024 };

/* Code points of one row at most, of which forms are printed, and their bytes. */
enum { MAX_CODES = 24, MAX_TEXT = MAX_CODES * U8_MAX_LENGTH };

/* Bytes that gather before they are given to standard output. */
enum { ENOUGH = 32 * 1024 };

static void
put(const struct printer *printer, const char *text, size_t length)
{
	strbuf_put(printer->out, text, length);
}

static void
put_colored(const struct printer *printer, const char *color, const char *text, size_t length)
{
	if (!printer->color || length == 0) {
		put(printer, text, length);
		return;
	}
	strbuf_puts(printer->out, color);
	put(printer, text, length);
	strbuf_puts(printer->out, PLAIN);
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

static void
end_line(const struct printer *printer)
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
		put_colored(printer, DIM, name, strlen(name));
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

void
print_details(const struct printer *printer, const struct charindex_text *properties)
{
	static const char *const names[CHARINDEX_PROPERTY_COUNT] = {
		[CHARINDEX_PROPERTY_CATEGORY] = "category",
		[CHARINDEX_PROPERTY_SCRIPT] = "script",
		[CHARINDEX_PROPERTY_BLOCK] = "block",
		[CHARINDEX_PROPERTY_AGE] = "age",
	};

	for (int i = 0; i < CHARINDEX_PROPERTY_COUNT; i++) {
		if (properties[i].length == 0)
			continue;
		strbuf_putc(printer->out, '\t');
		put_colored(printer, DIM, names[i], strlen(names[i]));
		strbuf_putc(printer->out, '\t');
		put(printer, properties[i].bytes, properties[i].length);
		end_line(printer);
	}
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
		put(printer, row, length);
		return;
	}
	put_colored(printer, DIM, row, (size_t)(codes_end - row));
	strbuf_putc(printer->out, '\t');
	put_colored(printer, BOLD, text, (size_t)(text_end - text));
	put(printer, text_end, (size_t)(end - text_end));
}

/* A row, or a status, that is an object or columns: after whose it is, and in JSON without the
 * last brace. */
static void
put_row_of_query(const struct printer *printer, const char *row, size_t length)
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
		put_text_row(printer, row, length);
	else
		put_row_of_query(printer, row, length);
	if (printer->all_forms)
		put_forms(printer, text, characters(row, length, printer->format, text));
	if (printer->format == CHARINDEX_JSON)
		strbuf_putc(printer->out, '}');
	end_line(printer);
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

static void
print_hit(const struct printer *printer, const struct charindex_hit *hit)
{
	char rendered[CHARINDEX_RENDER_SIZE];
	size_t length = charindex_render(printer->ci, hit, printer->format, rendered);
	struct charindex_label label;
	struct charindex_row row;

	print_row(printer, rendered, length);
	if (!printer->details || printer->format != CHARINDEX_TEXT)
		return;
	charindex_row(printer->ci, hit->row, hit->code_point, &row, &label);
	print_details(printer, row.property);
}

void
print_rows(const struct printer *printer, struct charindex_answer *answer)
{
	struct charindex_run run;
	struct charindex_hit hit;

	if (printer->format == CHARINDEX_TEXT && !printer->all_forms && !printer->details) {
		while (charindex_answer_next(answer, ROWS_AT_ONCE, &run))
			print_lines(printer, run.text, run.length);
	} else {
		while (charindex_answer_next_hit(answer, &hit))
			print_hit(printer, &hit);
	}
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
		put_text_row(printer, row,
		    (size_t)snprintf(row, sizeof(row), "0x%02X   \t\t%s", stray->byte, name));
	}
	end_line(printer);
}

/* ---- status ---------------------------------------------------------------------------------- */

void
print_status(const struct printer *printer, const char *status, size_t length)
{
	switch (printer->format) {
	case CHARINDEX_TSV:
		return;
	case CHARINDEX_JSON:
		put_row_of_query(printer, status, length);
		strbuf_putc(printer->out, '}');
		break;
	default:
		if (printer->color)
			strbuf_puts(printer->out, DIM);
		strbuf_putc(printer->out, '(');
		put(printer, status, length);
		strbuf_putc(printer->out, ')');
		if (printer->color)
			strbuf_puts(printer->out, PLAIN);
	}
	end_line(printer);
}

void
print_answer_status(const struct printer *printer, const struct charindex_answer *answer)
{
	enum { ROOM = 16 * 1024 };
	size_t size = CHARINDEX_RENDER_STATUS_SIZE(answer->query_length);
	char room[ROOM], *status = size <= sizeof(room) ? room : malloc(size);

	if (status == NULL) {
		printer->out->failed = true;
		return;
	}
	print_status(printer, status, charindex_render_status(answer, printer->format, status));
	if (status != room)
		free(status);
}

void
print_total(const struct printer *printer, const char *text, const char *rest)
{
	if (printer->format == CHARINDEX_TEXT) {
		print_status(printer, text, strlen(text));
	} else if (printer->format == CHARINDEX_JSON) {
		strbuf_printf(printer->out, "{\"status\":\"%s\"%s}", text, rest);
		end_line(printer);
	}
}
