/* object.c - from JSON, as charfinderd writes it (RFC 8259), to text. */
#include "object.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

static uint32_t
hexadecimal(const char *digits)
{
	char four[5] = "";

	memcpy(four, digits, 4);
	return (uint32_t)strtoul(four, NULL, 16);
}

/* What an escape `\uhhhh`, of which `text` is what follows the u, stands for; a pair is one.
 * Returns the bytes that it takes. */
static size_t
unescape_unit(const char *text, size_t length, UChar32 *c)
{
	uint32_t unit = length >= 4 ? hexadecimal(text) : '?';

	*c = (UChar32)unit;
	if (!U16_IS_LEAD(unit) || length < 10 || text[4] != '\\' || text[5] != 'u')
		return length >= 4 ? 4 : length;
	*c = U16_GET_SUPPLEMENTARY(unit, hexadecimal(text + 6));
	return 10;
}

void
object_unescape(struct strbuf *out, struct charindex_text string)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	const char *text = string.bytes, *end = text + string.length, *at;

	while (text < end && (at = memchr(text, '\\', (size_t)(end - text))) != NULL && at + 1 < end) {
		strbuf_put(out, text, (size_t)(at - text));
		text = at + 2;
		if (at[1] == 'u') {
			uint8_t utf8[U8_MAX_LENGTH];
			size_t length = 0;
			UChar32 c;

			text += unescape_unit(text, (size_t)(end - text), &c);
			if (!U_IS_SURROGATE(c) && (uint32_t)c <= 0x10FFFF)
				U8_APPEND_UNSAFE(utf8, length, (uint32_t)c);
			strbuf_put(out, (char *)utf8, length);
		} else {
			const char *known = strchr(from, at[1]);

			strbuf_putc(out, known != NULL ? to[known - from] : at[1]);
		}
	}
	if (text < end)
		strbuf_put(out, text, (size_t)(end - text));
}

/* "U+1F469 U+200D U+1F680" of ["U+1F469","U+200D","U+1F680"], padded as in a row. */
static void
put_codes(struct strbuf *out, const char *row, size_t length)
{
	const char *end = memchr(row, ']', length), *code;
	size_t begin = out->length;

	while (end != NULL && (code = memmem(row, (size_t)(end - row), "\"U+", 3)) != NULL) {
		code++;
		row = memchr(code, '"', (size_t)(end - code));
		if (row == NULL)
			return;
		if (out->length > begin)
			strbuf_putc(out, ' ');
		strbuf_put(out, code, (size_t)(row - code));
		row++;
	}
	while (out->length - begin < 7 && !out->failed)
		strbuf_putc(out, ' ');
}

/* A row shows no controls. */
static bool
is_control(struct charindex_text string)
{
	struct strbuf text = { 0 };
	const uint8_t *s;
	bool control;

	object_unescape(&text, string);
	s = (const uint8_t *)text.text;
	control = text.length > 0 &&
	    (s[0] < 0x20 || s[0] == 0x7F || (s[0] == 0xC2 && text.length == 2 && s[1] < 0xA0));
	strbuf_release(&text);
	return control;
}

static void
print_object(const struct printer *printer, struct strbuf *text, const char *row, size_t length)
{
	static const char *const names[CHARINDEX_PROPERTY_COUNT] = {
		[CHARINDEX_PROPERTY_CATEGORY] = "category",
		[CHARINDEX_PROPERTY_SCRIPT] = "script",
		[CHARINDEX_PROPERTY_BLOCK] = "block",
		[CHARINDEX_PROPERTY_AGE] = "age",
	};
	struct charindex_text properties[CHARINDEX_PROPERTY_COUNT];
	struct charindex_text character = answer_member(row, length, "char");

	strbuf_clear(text, SIZE_MAX);
	put_codes(text, row, length);
	strbuf_putc(text, '\t');
	if (!is_control(character))
		object_unescape(text, character);
	strbuf_putc(text, '\t');
	object_unescape(text, answer_member(row, length, "name"));
	if (!text->failed)
		print_row(printer, text->text, text->length);
	for (int i = 0; i < CHARINDEX_PROPERTY_COUNT; i++)
		properties[i] = answer_member(row, length, names[i]);
	print_details(printer, properties);
}

uint64_t
print_objects(const struct printer *printer, const struct answer *answer)
{
	const char *row = answer->rows, *end = row + answer->rows_length, *cr;
	struct strbuf text = { 0 };
	uint64_t count = 0;

	for (; row < end && (cr = memchr(row, '\r', (size_t)(end - row))) != NULL; count++) {
		print_object(printer, &text, row, (size_t)(cr - row));
		row = cr + 2;
	}
	strbuf_clear(&text, SIZE_MAX);
	object_unescape(&text, answer_member(answer->status, answer->status_length, "status"));
	if (!text.failed)
		print_status(printer, text.text, text.length);
	printer->out->failed |= text.failed;
	strbuf_release(&text);
	return count;
}
