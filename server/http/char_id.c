/* char_id.c - from a path to what the index knows of a character. */
#include "char_id.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "params.h"

/* No sequence has more code points. */

/* Reads "U+2657", or without U+, hexadecimal and up to a separator: false if it is none. */
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

/* The row of a sequence, by its text. */
static uint32_t
find_sequence(const struct charindex *ci, const uint32_t *code_points, unsigned count)
{
	static const struct charindex_settings settings = { .mode = CHARINDEX_AUTO, .limit = 1 };
	uint8_t text[4 * CHARINDEX_MAX_CODES];
	int32_t length = 0;
	struct charindex_answer answer;
	struct charindex_hit hit = { .row = CHARINDEX_NO_ROW };
	struct charindex_row row;
	struct charindex_label label;
	uint32_t found = CHARINDEX_NO_ROW;

	for (unsigned i = 0; i < count; i++) {
		if (U_IS_SURROGATE(code_points[i]))
			return CHARINDEX_NO_ROW;
		U8_APPEND_UNSAFE(text, length, code_points[i]);
	}
	if (charindex_answer_identify(&answer, ci, &settings, (char *)text, (size_t)length) ==
	        CHARINDEX_OK &&
	    charindex_answer_next_hit(&answer, &hit) && hit.row != CHARINDEX_NO_ROW) {
		charindex_row(ci, hit.row, hit.code_point, &row, &label);
		if (row.text.length == (size_t)length && memcmp(row.text.bytes, text, row.text.length) == 0)
			found = hit.row;
	}
	charindex_answer_release(&answer);
	return found;
}

const char *
char_id_find(const struct charindex *ci, const char *path, struct char_id *found, int *status)
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
	found->row = count == 1 ? charindex_row_of(ci, code_points[0])
	                        : find_sequence(ci, code_points, count);
	if (count > 1 && found->row == CHARINDEX_NO_ROW)
		return "There is no sequence of these characters in the index.";
	charindex_row(ci, found->row, code_points[0], &found->facts, &found->label);
	return NULL;
}

size_t
char_id_text(const struct char_id *found, const char **text, char room[4])
{
	uint8_t bytes[4];
	int32_t length = 0;

	*text = found->facts.text.bytes;
	if (found->facts.text.length > 0)
		return found->facts.text.length;
	*text = room;
	if (U_IS_SURROGATE(found->facts.code_point))
		return 0;
	U8_APPEND_UNSAFE(bytes, length, found->facts.code_point);
	memcpy(room, bytes, sizeof(bytes));
	return (size_t)length;
}

void
char_id_neighbours(const struct charindex *ci, const struct char_id *found, uint32_t *previous,
    uint32_t *next)
{
	*previous = *next = CHARINDEX_NO_ROW;
	if (found->row != CHARINDEX_NO_ROW && (found->facts.flags & CHARINDEX_IS_SEQUENCE) == 0)
		charindex_neighbours(ci, found->facts.code_point, previous, next);
}
