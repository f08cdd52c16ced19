/* print_facts.c - facts in the three formats. */
#include "print_facts.h"

#include <string.h>

#include "about.h"
#include "columns.h"
#include "text.h"

/* ---- whose they are -------------------------------------------------------------------------- */

/* "U+1F469 U+200D U+1F680" of {"codes":["U+1F469","U+200D","U+1F680"], */
static void
put_codes_of_object(struct strbuf *out, struct charindex_text row)
{
	const char *at = row.bytes, *end = memchr(row.bytes, ']', row.length), *code;
	size_t begin = out->length;

	while (end != NULL && (code = memmem(at, (size_t)(end - at), "\"U+", 3)) != NULL) {
		code++;
		at = memchr(code, '"', (size_t)(end - code));
		if (at == NULL)
			return;
		if (out->length > begin)
			strbuf_putc(out, ' ');
		strbuf_put(out, code, (size_t)(at++ - code));
	}
}

void
facts_put_codes(struct strbuf *out, enum charindex_format format, struct charindex_text row)
{
	const char *tab = memchr(row.bytes, '\t', row.length);
	size_t length = tab != NULL ? (size_t)(tab - row.bytes) : row.length;

	if (format == CHARINDEX_JSON) {
		put_codes_of_object(out, row);
		return;
	}
	while (length > 0 && row.bytes[length - 1] == ' ')
		length--;
	strbuf_put(out, row.bytes, length);
}

static bool
begins_with(struct charindex_text text, const char *prefix, size_t length)
{
	return text.length >= length && memcmp(text.bytes, prefix, length) == 0;
}

/* {"code":"U+2657", */
static bool
is_object_of(struct charindex_text row, struct charindex_text facts)
{
	static const char begin[] = "{\"code\":\"";
	size_t length = sizeof(begin) - 1;
	struct strbuf codes = { 0 };
	bool same;

	if (!begins_with(facts, begin, length) || facts.bytes[facts.length - 3] != '}')
		return false;
	if (row.length == 0)
		return true;
	facts.bytes += length;
	facts.length -= length;
	put_codes_of_object(&codes, row);
	strbuf_putc(&codes, '"');
	same = !codes.failed && begins_with(facts, codes.text, codes.length);
	strbuf_release(&codes);
	return same;
}

bool
facts_are_of(enum charindex_format format, struct charindex_text row, struct charindex_text facts)
{
	const char *tab = memchr(row.bytes, '\t', row.length);

	if (facts.length < 16 || memcmp(facts.bytes + facts.length - 2, "\r\n", 2) != 0)
		return false;
	if (format == CHARINDEX_JSON)
		return is_object_of(row, facts);
	if (row.length == 0)
		return begins_with(facts, "U+", 2);
	if (format == CHARINDEX_TEXT)
		return begins_with(facts, row.bytes, row.length) && facts.bytes[row.length] == '\r';
	return tab != NULL && begins_with(facts, row.bytes, (size_t)(tab + 1 - row.bytes));
}

/* ---- how they look --------------------------------------------------------------------------- */

/* "\tkind\twhat is known" */
static void
put_fact(const struct printer *printer, const char *fact, size_t length)
{
	const char *kind = fact + 1, *tab = memchr(kind, '\t', length - 1);
	const char *end = tab != NULL ? tab : fact + length;

	strbuf_putc(printer->out, '\t');
	print_colored(printer, PRINT_DIM, kind, (size_t)(end - kind));
	strbuf_put(printer->out, end, (size_t)(fact + length - end));
}

static void
put_line(const struct printer *printer, const char *line, size_t length)
{
	if (printer->format == CHARINDEX_TSV) {
		strbuf_put(printer->out, printer->prefix, printer->prefix_length);
		strbuf_put(printer->out, line, length);
	} else if (length > 0 && *line == '\t') {
		put_fact(printer, line, length);
	} else {
		print_columns(printer, line, length);
	}
	print_end_line(printer);
}

/* The row with which facts in text begin, as a terminal shows it: its category is told further down. */
static void
put_row_for_terminal(const struct printer *printer, const char *row, size_t length,
    struct charindex_text facts)
{
	static const char before[] = "\r\n\tcategory\t";
	const char *category = memmem(facts.bytes, facts.length, before, strlen(before));
	struct columns columns;

	columns_of(&columns, row, length);
	if (category != NULL)
		columns.of[COLUMN_CATEGORY] =
		    (struct charindex_text){ category + strlen(before), strlen("Mn") };
	print_for_terminal(printer, &columns);
	print_end_line(printer);
}

static void
put_lines(const struct printer *printer, struct charindex_text facts)
{
	const char *at = facts.bytes, *end = at + facts.length, *cr = memchr(at, '\r', facts.length);

	if (printer->terminal && cr != NULL) {
		put_row_for_terminal(printer, at, (size_t)(cr - at), facts);
		at = cr + 2;
	}
	for (; at < end && (cr = memchr(at, '\r', (size_t)(end - at))) != NULL; at = cr + 2)
		put_line(printer, at, (size_t)(cr - at));
}

/* By what the row was found, its last column, as a fact. */
static void
put_source(const struct printer *printer, struct charindex_text row)
{
	const char *end = row.bytes + row.length, *tab = memchr(row.bytes, '\t', row.length);
	const char *source = memrchr(row.bytes, '\t', row.length);

	if (tab == NULL)
		return;
	strbuf_put(printer->out, printer->prefix, printer->prefix_length);
	strbuf_put(printer->out, row.bytes, (size_t)(tab - row.bytes));
	strbuf_puts(printer->out, "\tsource\t");
	strbuf_put(printer->out, source, (size_t)(end - source));
	print_end_line(printer);
}

static void
put_object(const struct printer *printer, struct charindex_text row, struct charindex_text facts)
{
	size_t length = facts.length - strlen("\r\n");

	if (row.length == 0) {
		print_object(printer, facts.bytes, length);
	} else {
		print_object(printer, row.bytes, row.length);
		strbuf_puts(printer->out, ",\"details\":");
		strbuf_put(printer->out, facts.bytes, length);
	}
	strbuf_putc(printer->out, '}');
	print_end_line(printer);
}

void
print_facts(const struct printer *printer, struct charindex_text row, struct charindex_text facts)
{
	if (printer->format == CHARINDEX_JSON) {
		put_object(printer, row, facts);
		return;
	}
	put_lines(printer, facts);
	if (printer->format == CHARINDEX_TSV)
		put_source(printer, row);
}

void
print_known(const struct printer *printer, struct charindex_text row, const struct char_id *found)
{
	struct text facts = { 0 };

	about_put(&facts, printer->ci, found, printer->format);
	if (facts.failed)
		printer->out->failed = true;
	else
		print_facts(printer, row, (struct charindex_text){ facts.bytes, facts.length });
	text_release(&facts);
}
