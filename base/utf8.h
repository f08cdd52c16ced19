/* utf8.h - is it UTF-8? */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <unicode/utf8.h>

static inline bool
utf8_is_valid(const char *text, size_t length)
{
	const uint8_t *bytes = (const uint8_t *)text;
	size_t at = 0;
	UChar32 c = 0;

	while (at < length && c >= 0) {
		if (U8_IS_SINGLE(bytes[at]))
			at++;
		else
			U8_NEXT(bytes, at, length, c);
	}
	return c >= 0;
}

#endif
