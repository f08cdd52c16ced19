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
query_error_say_args(struct query_error *error, const struct charindex *ci,
    struct query_place place, enum charindex_fault fault, const char *format, va_list args)
{
	error->column = 1;
	for (const char *p = place.text; p < place.at; p++)
		error->column += U8_IS_TRAIL((uint8_t)*p) == 0;
	error->mistake = (struct charindex_mistake){
		.fault = fault,
		.value = place.at,
		.length = (size_t)query_error_shown(place.length, place.at),
	};
	vsnprintf(error->text, sizeof(error->text), format, args);
	hide_unprintable(ci, error->text);
}

void
query_error_say(struct query_error *error, const struct charindex *ci, struct query_place place,
    enum charindex_fault fault, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	query_error_say_args(error, ci, place, fault, format, args);
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

const char *
charindex_fault_name(enum charindex_fault fault)
{
	static const char *const names[CHARINDEX_FAULT_COUNT] = {
		[CHARINDEX_FAULT_NONE] = "none",
		[CHARINDEX_FAULT_OPEN_QUOTES] = "open-quotes",
		[CHARINDEX_FAULT_EMPTY_QUOTES] = "empty-quotes",
		[CHARINDEX_FAULT_NEGATION] = "negation",
		[CHARINDEX_FAULT_BEFORE_OR] = "before-or",
		[CHARINDEX_FAULT_AFTER_OR] = "after-or",
		[CHARINDEX_FAULT_FIELD] = "field",
		[CHARINDEX_FAULT_VALUE] = "value",
		[CHARINDEX_FAULT_CODE_POINT] = "code-point",
		[CHARINDEX_FAULT_ENTITY] = "entity",
		[CHARINDEX_FAULT_TOO_MUCH] = "too-much",
	};

	return names[fault];
}
