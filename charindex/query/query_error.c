/* query_error.c - errors of queries, and the column that each is about. */
#include "query_error.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unicode/utf8.h>

#include "index.h"

/* In place: no character has fewer bytes than a question mark. */
static void
hide_unprintable(const struct charindex *ci, char *text)
{
	size_t length = strlen(text), at = 0, begin;
	char *end = text;
	UChar32 c;

	while (at < length) {
		begin = at;
		U8_NEXT((const uint8_t *)text, at, length, c);
		if (c >= 0 && index_is_printable(ci, (uint32_t)c)) {
			memmove(end, text + begin, at - begin);
			end += at - begin;
		} else {
			*end++ = '?';
		}
	}
	*end = '\0';
}

void
query_error_say_args(struct query_error *error, const struct charindex *ci, const char *text,
    const char *at, const char *format, va_list args)
{
	error->column = 1;
	for (const char *p = text; p < at; p++)
		error->column += U8_IS_TRAIL((uint8_t)*p) == 0;
	vsnprintf(error->text, sizeof(error->text), format, args);
	hide_unprintable(ci, error->text);
}

void
query_error_say(struct query_error *error, const struct charindex *ci, const char *text,
    const char *at, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	query_error_say_args(error, ci, text, at, format, args);
	va_end(args);
}

int
query_error_shown(size_t length, const char *text)
{
	enum { MOST = 40 };

	if (length <= MOST)
		return (int)length;
	length = MOST;
	while (length > 0 && U8_IS_TRAIL((uint8_t)text[length]))
		length--;
	return (int)length;
}
