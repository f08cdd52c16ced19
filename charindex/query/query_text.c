/* query_text.c - classes of characters, by their general category. */
#include "query_text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "charindex.h"

bool
query_is_space(const char *at, const char *end, size_t *size)
{
	const uint8_t *s = (const uint8_t *)at;
	int32_t i = 0;
	UChar32 c;

	U8_NEXT(s, i, (int32_t)(end - at), c);
	*size = (size_t)i;
	return c >= 0 && (u_isUWhiteSpace(c) || (c >= 0x1C && c <= 0x1F));
}

bool
query_begins_word(const struct charindex *ci, const char *at, const char *end)
{
	const uint8_t *s = (const uint8_t *)at;
	int32_t i = 0;
	UChar32 c;

	if (at >= end)
		return false;
	U8_NEXT(s, i, (int32_t)(end - at), c);
	return c == '_' ||
	    (c >= 0 &&
	        (U_MASK(charindex_category(ci, (uint32_t)c)) &
	            (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) != 0);
}

bool
query_begins_mark(const struct charindex *ci, const char *at, const char *end)
{
	const uint8_t *s = (const uint8_t *)at;
	int32_t i = 0;
	UChar32 c;

	if (at >= end)
		return false;
	U8_NEXT(s, i, (int32_t)(end - at), c);
	return c >= 0x80 && (U_MASK(charindex_category(ci, (uint32_t)c)) & U_GC_M_MASK) != 0;
}

bool
query_has_word(const struct charindex *ci, const char *text, size_t length)
{
	for (const char *at = text; at < text + length; at++)
		if (!U8_IS_TRAIL((uint8_t)*at) && query_begins_word(ci, at, text + length))
			return true;
	return false;
}
