/* query_text.c - classes of characters, by their general category. */
#include "query_text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "charindex.h"

/* The character at `at`, which takes *size bytes: negative if it is not UTF-8, or at the end. */
static UChar32
character_at(const char *at, const char *end, size_t *size)
{
	const uint8_t *s = (const uint8_t *)at;
	UChar32 c = U_SENTINEL;
	int32_t i = 0;

	if (at < end)
		U8_NEXT(s, i, (int32_t)(end - at), c);
	*size = (size_t)i;
	return c;
}

/* Is there a character of one of the categories of `mask`? */
static bool
is_of(const struct charindex *ci, UChar32 c, uint32_t mask)
{
	return c >= 0 && (U_MASK(charindex_category(ci, (uint32_t)c)) & mask) != 0;
}

bool
query_is_space(const char *at, const char *end, size_t *size)
{
	UChar32 c = character_at(at, end, size);

	return c >= 0 && (u_isUWhiteSpace(c) || (c >= 0x1C && c <= 0x1F));
}

bool
query_begins_word(const struct charindex *ci, const char *at, const char *end)
{
	size_t size;
	UChar32 c = character_at(at, end, &size);

	return c == '_' || is_of(ci, c, U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK);
}

bool
query_begins_mark(const struct charindex *ci, const char *at, const char *end)
{
	size_t size;
	UChar32 c = character_at(at, end, &size);

	return c >= 0x80 && is_of(ci, c, U_GC_M_MASK);
}

bool
query_has_word(const struct charindex *ci, const char *text, size_t length)
{
	for (const char *at = text; at < text + length; at++)
		if (!U8_IS_TRAIL((uint8_t)*at) && query_begins_word(ci, at, text + length))
			return true;
	return false;
}
