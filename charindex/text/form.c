/* form.c - hides the escapes of programming languages and protocols. */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "ascii.h"
#include "charform.h"

const char *
charform_name(enum charform form)
{
	static const char *const names[CHARFORM_COUNT] = {
		[CHARFORM_UTF8] = "utf-8",
		[CHARFORM_UTF16] = "utf-16",
		[CHARFORM_HTML] = "html",
		[CHARFORM_URL] = "url",
		[CHARFORM_C] = "c",
		[CHARFORM_JSON] = "json",
		[CHARFORM_UTF32] = "utf-32",
		[CHARFORM_DECIMAL] = "decimal",
	};

	return form < CHARFORM_COUNT ? names[form] : "unknown";
}

/* `value` in hexadecimal of at least `digits` digits. */
static char *
put_hex(char *out, uint32_t value, int digits, const char *alphabet)
{
	int shift = 28;

	while (shift >= 4 * digits && (value >> shift & 15) == 0)
		shift -= 4;
	for (; shift >= 0; shift -= 4)
		*out++ = alphabet[value >> shift & 15];
	return out;
}

static const char upper_hex[] = "0123456789ABCDEF";
static const char lower_hex[] = "0123456789abcdef";

static char *
put_utf8(char *out, uint32_t c)
{
	uint8_t bytes[U8_MAX_LENGTH];
	uint32_t length = 0;

	U8_APPEND_UNSAFE(bytes, length, c);
	for (uint32_t i = 0; i < length; i++) {
		if (i > 0)
			*out++ = ' ';
		out = put_hex(out, bytes[i], 2, upper_hex);
	}
	return out;
}

static char *
put_url(char *out, uint32_t c)
{
	uint8_t bytes[U8_MAX_LENGTH];
	uint32_t length = 0;
	bool unreserved = c < 0x80 &&
	    (ascii_is_letter((char)c) || ascii_is_digit((char)c) ||
	        (c != 0 && strchr("-._~", (int)c) != NULL));

	if (unreserved) {
		*out++ = (char)c;
		return out;
	}
	U8_APPEND_UNSAFE(bytes, length, c);
	for (uint32_t i = 0; i < length; i++) {
		*out++ = '%';
		out = put_hex(out, bytes[i], 2, upper_hex);
	}
	return out;
}

static char *
put_utf16(char *out, uint32_t c)
{
	if (c < 0x10000)
		return put_hex(out, c, 4, upper_hex);
	out = put_hex(out, U16_LEAD(c), 4, upper_hex);
	*out++ = ' ';
	return put_hex(out, U16_TRAIL(c), 4, upper_hex);
}

/* HTML, 13.2.5.80: such a reference to a NUL is read as U+FFFD, and to what windows-1252 has in the
 * place of most C1 controls as that, so that there is none for them. */
static char *
put_html(char *out, uint32_t c)
{
	if (c == 0 || (c >= 0x80 && c < 0xA0))
		return out;
	out = stpcpy(out, "&#x");
	out = put_hex(out, c, 1, upper_hex);
	*out++ = ';';
	return out;
}

/* C11, 6.4.3: no universal character name is below U+00A0, but for $, @ and `. */
static char *
put_c(char *out, uint32_t c)
{
	uint8_t bytes[U8_MAX_LENGTH];
	uint32_t length = 0;

	if (c == '"' || c == '\\') {
		*out++ = '\\';
		*out++ = (char)c;
		return out;
	}
	if (c >= 0x20 && c < 0x7F) {
		*out++ = (char)c;
		return out;
	}
	if (c < 0x80)
		return put_hex(stpcpy(out, "\\x"), c, 2, lower_hex);
	if (c < 0xA0) {
		U8_APPEND_UNSAFE(bytes, length, c);
		for (uint32_t i = 0; i < length; i++)
			out = put_hex(stpcpy(out, "\\x"), bytes[i], 2, lower_hex);
		return out;
	}
	if (c < 0x10000)
		return put_hex(stpcpy(out, "\\u"), c, 4, lower_hex);
	return put_hex(stpcpy(out, "\\U"), c, 8, lower_hex);
}

static char *
put_json(char *out, uint32_t c)
{
	if (c < 0x10000)
		return put_hex(stpcpy(out, "\\u"), c, 4, lower_hex);
	out = put_hex(stpcpy(out, "\\u"), U16_LEAD(c), 4, lower_hex);
	return put_hex(stpcpy(out, "\\u"), U16_TRAIL(c), 4, lower_hex);
}

static char *
put_utf32(char *out, uint32_t c)
{
	return put_hex(out, c, 8, upper_hex);
}

static char *
put_decimal(char *out, uint32_t c)
{
	char digits[7]; /* of 1114111 */
	size_t count = 0;

	do
		digits[count++] = (char)('0' + c % 10);
	while ((c /= 10) > 0);
	while (count > 0)
		*out++ = digits[--count];
	return out;
}

/* Are there spaces between characters? */
static bool
is_spaced(enum charform form)
{
	return form == CHARFORM_UTF8 || form == CHARFORM_UTF16 || form == CHARFORM_UTF32 ||
	    form == CHARFORM_DECIMAL;
}

size_t
charform_write(enum charform form, const char *text, size_t length, char *out)
{
	static char *(*const put[CHARFORM_COUNT])(char *, uint32_t) = {
		[CHARFORM_UTF8] = put_utf8,
		[CHARFORM_UTF16] = put_utf16,
		[CHARFORM_HTML] = put_html,
		[CHARFORM_URL] = put_url,
		[CHARFORM_C] = put_c,
		[CHARFORM_JSON] = put_json,
		[CHARFORM_UTF32] = put_utf32,
		[CHARFORM_DECIMAL] = put_decimal,
	};
	const uint8_t *s = (const uint8_t *)text;
	char *p = out;
	size_t i = 0;
	UChar32 c;

	while (i < length) {
		U8_NEXT_OR_FFFD(s, i, length, c);
		if (is_spaced(form) && p > out)
			*p++ = ' ';
		p = put[form](p, (uint32_t)c);
	}
	return (size_t)(p - out);
}

/* What of `c` has a short escape in JSON; 0 if it has none. */
static char
short_escape(UChar32 c)
{
	switch (c) {
	case '"':
	case '\\':
		return (char)c;
	case '\b':
		return 'b';
	case '\f':
		return 'f';
	case '\n':
		return 'n';
	case '\r':
		return 'r';
	case '\t':
		return 't';
	default:
		return 0;
	}
}

size_t
charform_json_string(const char *text, size_t length, char *out)
{
	const uint8_t *s = (const uint8_t *)text;
	size_t i = 0, begin;
	char *p = out;
	UChar32 c;

	*p++ = '"';
	while (i < length) {
		begin = i;
		U8_NEXT(s, i, length, c);
		if (c < 0) {
			p = stpcpy(p, "\xEF\xBF\xBD");
		} else if (short_escape(c) != 0) {
			*p++ = '\\';
			*p++ = short_escape(c);
		} else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029) {
			p = put_json(p, (uint32_t)c);
		} else {
			p = mempcpy(p, text + begin, i - begin);
		}
	}
	*p++ = '"';
	return (size_t)(p - out);
}
