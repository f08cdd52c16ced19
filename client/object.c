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
