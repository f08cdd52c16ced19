/* text.c - hides how a text grows, and how bytes are escaped. */
#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ascii.h"
#include "charform.h"

#define FIRST_ROOM 4096

void
text_release(struct text *text)
{
	free(text->bytes);
	*text = (struct text){ 0 };
}

void
text_clear(struct text *text)
{
	text->length = 0;
	text->failed = false;
}

static bool
grow(struct text *text, size_t size)
{
	size_t room = text->room > 0 ? text->room : FIRST_ROOM;
	char *bytes;

	while (room - text->length < size)
		room *= 2;
	bytes = realloc(text->bytes, room);
	if (bytes == NULL) {
		text->failed = true;
		return false;
	}
	text->bytes = bytes;
	text->room = room;
	return true;
}

char *
text_room(struct text *text, size_t size)
{
	if (text->room - text->length < size && !grow(text, size))
		return NULL;
	return text->bytes + text->length;
}

void
text_fill(struct text *text, size_t length)
{
	text->length += length;
}

void
text_add(struct text *text, const void *bytes, size_t length)
{
	char *out = text_room(text, length);

	if (out == NULL || length == 0)
		return;
	memcpy(out, bytes, length);
	text_fill(text, length);
}

void
text_puts(struct text *text, const char *string)
{
	text_add(text, string, strlen(string));
}

void
text_hex(uint64_t number, char out[16])
{
	static const char hex[] = "0123456789abcdef";

	for (int i = 15; i >= 0; i--, number >>= 4)
		out[i] = hex[number & 15];
}

size_t
text_decimal(uint64_t number, char out[20])
{
	char digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	memcpy(out, digits + at, sizeof(digits) - at);
	return sizeof(digits) - at;
}

void
text_number(struct text *text, uint64_t number)
{
	char digits[20];

	text_add(text, digits, text_decimal(number, digits));
}

void
text_format(struct text *text, const char *format, ...)
{
	va_list arguments;
	char *out;
	int length;

	va_start(arguments, format);
	length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (length < 0 || (out = text_room(text, (size_t)length + 1)) == NULL)
		return;
	va_start(arguments, format);
	vsnprintf(out, (size_t)length + 1, format, arguments);
	va_end(arguments);
	text_fill(text, (size_t)length);
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The high bit of each byte of `word` that is zero, and perhaps of some above it. */
static uint64_t
zeros(uint64_t word)
{
	return (word - EACH(0x01)) & ~word & EACH(0x80);
}

/* Need all eight bytes no escape in JSON? They do if one is a control character, a quotation mark
 * or a backslash; what is not ASCII, and DEL, is left to whoever looks closer. */
static bool
eight_are_plain(uint64_t word)
{
	uint64_t not_ascii = word & EACH(0x80), control = (word - EACH(0x20)) & ~word & EACH(0x80);

	return (not_ascii | control | zeros(word ^ EACH('"')) | zeros(word ^ EACH('\\')) |
	           zeros(word ^ EACH(0x7f))) == 0;
}

/* Most of what is written, names, can stand as it is. */
static bool
is_plain(const char *bytes, size_t length)
{
	uint64_t word;

	for (; length >= sizeof(word); bytes += sizeof(word), length -= sizeof(word)) {
		memcpy(&word, bytes, sizeof(word));
		if (!eight_are_plain(word))
			return false;
	}
	word = EACH(' ');
	memcpy(&word, bytes, length);
	return eight_are_plain(word);
}

void
text_json(struct text *text, const char *bytes, size_t length)
{
	char *out = text_room(text, CHARFORM_JSON_STRING_SIZE(length));

	if (out == NULL)
		return;
	text_fill(text, text_json_string(length > 0 ? bytes : "", length, out));
}

void
text_json_puts(struct text *text, const char *string)
{
	text_json(text, string, strlen(string));
}

size_t
text_json_string(const char *bytes, size_t length, char *out)
{
	if (!is_plain(bytes, length))
		return charform_json_string(bytes, length, out);
	out[0] = '"';
	memcpy(out + 1, bytes, length);
	out[length + 1] = '"';
	return length + 2;
}

static const char *
html_escape(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	case '\0':
		return "\xEF\xBF\xBD"; /* HTML has no way to write it */
	default:
		return NULL;
	}
}

void
text_html(struct text *text, const char *bytes, size_t length)
{
	size_t begin = 0;

	for (size_t i = 0; i < length; i++) {
		const char *escape = html_escape(bytes[i]);

		if (escape == NULL)
			continue;
		text_add(text, bytes + begin, i - begin);
		text_puts(text, escape);
		begin = i + 1;
	}
	if (begin < length)
		text_add(text, bytes + begin, length - begin);
}

static bool
is_unreserved(char c)
{
	return ascii_is_letter(c) || ascii_is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

void
text_url(struct text *text, const char *bytes, size_t length)
{
	static const char hex[] = "0123456789ABCDEF";
	char *out = text_room(text, 3 * length), *at = out;

	if (out == NULL)
		return;
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)bytes[i];

		if (is_unreserved(c)) {
			*at++ = (char)c;
			continue;
		}
		*at++ = '%';
		*at++ = hex[c >> 4];
		*at++ = hex[c & 15];
	}
	text_fill(text, (size_t)(at - out));
}
