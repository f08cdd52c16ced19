/* text.c - hides how a text grows, and how bytes are escaped. */
#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
text_number(struct text *text, uint64_t number)
{
	char digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	text_add(text, digits + at, sizeof(digits) - at);
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

/* Most of what is written: names. */
static bool
is_plain(const char *bytes, size_t length)
{
	bool plain = true;

	for (size_t i = 0; i < length; i++)
		plain &= bytes[i] >= 0x20 && bytes[i] < 0x7f && bytes[i] != '"' && bytes[i] != '\\';
	return plain;
}

void
text_json(struct text *text, const char *bytes, size_t length)
{
	char *out = text_room(text, CHARFORM_JSON_STRING_SIZE(length));

	if (out == NULL)
		return;
	if (!is_plain(bytes, length)) {
		text_fill(text, charform_json_string(bytes, length, out));
		return;
	}
	out[0] = '"';
	memcpy(out + 1, bytes, length);
	out[length + 1] = '"';
	text_fill(text, length + 2);
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
	text_add(text, bytes + begin, length - begin);
}

static bool
is_unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    c == '-' || c == '.' || c == '_' || c == '~';
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
