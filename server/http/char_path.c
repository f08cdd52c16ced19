/* char_path.c - from a path to what the index knows of a character. */
#include "char_path.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

#include "params.h"

/* Reads "U+2657", or without U+, hexadecimal and up to a separator: false if it is not one. */
static bool
read_code_point(const char **at, uint32_t *code_point)
{
	char *end;
	size_t digits;

	if (((*at)[0] == 'U' || (*at)[0] == 'u') && (*at)[1] == '+')
		*at += 2;
	digits = strspn(*at, "0123456789ABCDEFabcdef");
	if (digits < 1 || digits > 8)
		return false;
	*code_point = (uint32_t)strtoul(*at, &end, 16);
	*at = end;
	return *code_point <= 0x10FFFF;
}

/* Returns how many, 0 if it is not understood. */
static unsigned
read_code_points(const char *at, uint32_t code_points[CHARINDEX_MAX_CODES])
{
	unsigned count = 0;

	for (;;) {
		if (count == CHARINDEX_MAX_CODES || !read_code_point(&at, &code_points[count]))
			return 0;
		count++;
		if (*at == '\0')
			return count;
		if (*at != '-' && *at != ' ' && *at != '_')
			return 0;
		at++;
	}
}

/* The characters themselves, as they stand in a path: those beyond ASCII, for a is no name of U+000A.
 * Returns how many, 0 if there are too many or none. */
static unsigned
read_characters(const char *text, uint32_t code_points[CHARINDEX_MAX_CODES])
{
	const uint8_t *bytes = (const uint8_t *)text;
	int32_t at = 0, length = (int32_t)strlen(text);
	unsigned count = 0;
	UChar32 c;

	if (U8_IS_SINGLE(bytes[0]))
		return 0;
	while (at < length) {
		U8_NEXT(bytes, at, length, c);
		if (c < 0 || count == CHARINDEX_MAX_CODES)
			return 0;
		code_points[count++] = (uint32_t)c;
	}
	return count;
}

const char *
char_path_find(const struct charindex *ci, const char *path, struct char_id *found, int *status)
{
	uint32_t code_points[CHARINDEX_MAX_CODES];
	char decoded[256];
	unsigned count;

	*status = 400;
	if (strlen(path) >= sizeof(decoded) || !params_read_segment(path, strlen(path), decoded))
		return "A character is written as U+20AC, a sequence as U+0023-U+20E3.";
	count = read_code_points(decoded, code_points);
	if (count == 0)
		count = read_characters(decoded, code_points);
	if (count == 0)
		return "A character is written as U+20AC, from U+0000 to U+10FFFF, a sequence as "
		       "U+0023-U+20E3.";
	*status = 404;
	if (!char_id_of(ci, code_points, count, found))
		return "There is no sequence of these characters in the index.";
	return NULL;
}
