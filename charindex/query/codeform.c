/* codeform.c - the notations of code points, as numbers and as escapes. */
#include "codeform.h"

#include <string.h>
#include <unicode/utf8.h>

#include "ascii.h"
#include "codeform_name.h"

#define BEYOND 0x110000u

/* A word being read. */
struct cursor {
	const char *at, *end;
};

static bool
skip(struct cursor *cursor, const char *prefix)
{
	size_t length = strlen(prefix);

	if ((size_t)(cursor->end - cursor->at) < length || memcmp(cursor->at, prefix, length) != 0)
		return false;
	cursor->at += length;
	return true;
}

#define NO_DIGIT 99

static int
digit_value(char c)
{
	int value = ascii_hex(c);

	return value >= 0 ? value : NO_DIGIT;
}

/* A number of `least` to `most` digits; BEYOND if it is that or more. False if there is none. */
static bool
read_number(struct cursor *cursor, int base, int least, int most, uint32_t *value)
{
	const char *begin = cursor->at;

	*value = 0;
	while (
	    cursor->at < cursor->end && cursor->at - begin < most && digit_value(*cursor->at) < base) {
		*value = *value * (uint32_t)base + (uint32_t)digit_value(*cursor->at++);
		if (*value > BEYOND)
			*value = BEYOND;
	}
	return cursor->at - begin >= least;
}

/* Digits enough for any number that is still a number. */
#define ANY_LENGTH 4096

static bool
skip_prefix(struct cursor *cursor)
{
	return skip(cursor, "U+") || skip(cursor, "u+") || skip(cursor, "0x") || skip(cursor, "0X");
}

/* U+20AC, 0x20AC. */
static bool
read_code(struct cursor *cursor, uint32_t *value)
{
	return skip_prefix(cursor) && read_number(cursor, 16, 1, ANY_LENGTH, value);
}

/* The same, or 20AC. */
static bool
read_end_of_range(struct cursor *cursor, uint32_t *value)
{
	skip_prefix(cursor);
	return read_number(cursor, 16, 1, ANY_LENGTH, value);
}

static bool
read_range(struct cursor cursor, uint32_t *first, uint32_t *last)
{
	const char *begin = cursor.at;

	if (read_end_of_range(&cursor, first) && skip(&cursor, ".."))
		return read_end_of_range(&cursor, last) && cursor.at == cursor.end;
	/* U+2042-U+2044; bare numbers with a hyphen are something else */
	cursor.at = begin;
	return read_code(&cursor, first) && skip(&cursor, "-") && read_code(&cursor, last) &&
	    cursor.at == cursor.end;
}

/* ---- escapes, of which there may be several in a word -------------------------------- */

/* \u20ac, \U0001F600, \u{1F600}, \x{20ac}, \x41 */
static bool
read_backslash(struct cursor *cursor, uint32_t *value)
{
	if (skip(cursor, "\\u{") || skip(cursor, "\\x{"))
		return read_number(cursor, 16, 1, ANY_LENGTH, value) && skip(cursor, "}");
	if (skip(cursor, "\\U"))
		return read_number(cursor, 16, 8, 8, value);
	if (skip(cursor, "\\u"))
		return read_number(cursor, 16, 4, 4, value);
	return skip(cursor, "\\x") && read_number(cursor, 16, 2, 2, value);
}

/* A name in another system, from cursor->at to `end`, after which what is read goes on at `next`. */
static enum codeform
read_elsewhere(const struct charindex *ci, struct cursor *cursor, const char *end, const char *next,
    unsigned kind, struct code_points *points)
{
	uint32_t rows[CODEFORM_MAX_ELSEWHERE];

	if (codeform_elsewhere(ci, cursor->at, (size_t)(end - cursor->at), kind, rows) == 0)
		return CODEFORM_NONE;
	cursor->at = next;
	return code_points_add_row(points, ci, rows[0]) ? CODEFORM_POINTS : CODEFORM_MANY;
}

/* \infty: up to the next backslash. */
static enum codeform
read_latex(const struct charindex *ci, struct cursor *cursor, struct code_points *points)
{
	const char *end;

	cursor->at++;
	end = memchr(cursor->at, '\\', (size_t)(cursor->end - cursor->at));
	end = end != NULL ? end : cursor->end;
	return read_elsewhere(ci, cursor, end, end, CHARINDEX_RECORD_LATEX, points);
}

/* :smile: */
static enum codeform
read_shortcode(const struct charindex *ci, struct cursor *cursor, struct code_points *points)
{
	const char *end;

	cursor->at++;
	end = memchr(cursor->at, ':', (size_t)(cursor->end - cursor->at));
	if (end == NULL)
		return CODEFORM_NONE;
	return read_elsewhere(ci, cursor, end, end + 1, CHARINDEX_RECORD_SHORTCODE, points);
}

/* &#8364; &#x20AC; &euro; */
static enum codeform
read_ampersand(const struct charindex *ci, struct cursor *cursor, struct code_points *points)
{
	const char *name = cursor->at + 1;
	uint32_t value, row;
	bool number = skip(cursor, "&#x") || skip(cursor, "&#X")
	    ? read_number(cursor, 16, 1, ANY_LENGTH, &value)
	    : skip(cursor, "&#") && read_number(cursor, 10, 1, ANY_LENGTH, &value);

	if (number) {
		if (!skip(cursor, ";"))
			return CODEFORM_NONE;
		if (value >= BEYOND)
			return CODEFORM_BEYOND;
		return code_points_add(points, value) ? CODEFORM_POINTS : CODEFORM_MANY;
	}
	cursor->at = memchr(name, ';', (size_t)(cursor->end - name));
	if (cursor->at == NULL || cursor->at == name)
		return CODEFORM_NONE;
	row = codeform_entity(ci, name, (size_t)(cursor->at++ - name));
	if (row == CHARINDEX_NO_ROW)
		return CODEFORM_ENTITY;
	return code_points_add_row(points, ci, row) ? CODEFORM_POINTS : CODEFORM_MANY;
}

/* %E2%82%AC, \xe2\x82\xac: as many bytes as a character in UTF-8 has, each behind the prefix. */
static enum codeform
read_utf8(struct cursor *cursor, const char *prefix, struct code_points *points)
{
	uint8_t bytes[U8_MAX_LENGTH];
	uint32_t value, count = 0, wanted = 1;
	int32_t i = 0;
	UChar32 c;

	while (count < wanted) {
		if (!skip(cursor, prefix) || !read_number(cursor, 16, 2, 2, &value))
			return CODEFORM_NONE;
		bytes[count++] = (uint8_t)value;
		if (count == 1)
			wanted = value < 0xC0 ? 1 : value < 0xE0 ? 2 : value < 0xF0 ? 3 : 4;
	}
	U8_NEXT(bytes, i, (int32_t)count, c);
	if (c < 0)
		return CODEFORM_NONE;
	return code_points_add(points, (uint32_t)c) ? CODEFORM_POINTS : CODEFORM_MANY;
}

/* Bytes of UTF-8, or else a code point, or else a name of LaTeX. */
static enum codeform
read_behind_backslash(const struct charindex *ci, struct cursor *cursor, struct code_points *points)
{
	struct cursor begin = *cursor;
	enum codeform form = read_utf8(cursor, "\\x", points);
	uint32_t value;

	if (form != CODEFORM_NONE)
		return form;
	*cursor = begin;
	if (!read_backslash(cursor, &value)) {
		*cursor = begin;
		return read_latex(ci, cursor, points);
	}
	if (value >= BEYOND)
		return CODEFORM_BEYOND;
	return code_points_add(points, value) ? CODEFORM_POINTS : CODEFORM_MANY;
}

static enum codeform
read_escape(const struct charindex *ci, struct cursor *cursor, struct code_points *points)
{
	switch (*cursor->at) {
	case ':':
		return read_shortcode(ci, cursor, points);
	case '&':
		return read_ampersand(ci, cursor, points);
	case '%':
		return read_utf8(cursor, "%", points);
	case '\\':
		return read_behind_backslash(ci, cursor, points);
	default:
		return CODEFORM_NONE;
	}
}

enum codeform
codeform_read(const struct charindex *ci, const char *text, size_t length,
    struct code_points *points, uint32_t *first, uint32_t *last)
{
	struct cursor cursor = { text, text + length };
	uint32_t count = points->count, value;
	enum codeform form = CODEFORM_NONE;

	if (read_range(cursor, first, last)) {
		if (*first >= BEYOND || *last >= BEYOND)
			return CODEFORM_BEYOND;
		if (*first > *last) {
			value = *first;
			*first = *last;
			*last = value;
		}
		return CODEFORM_RANGE;
	}
	if (read_code(&cursor, &value) && cursor.at == cursor.end) {
		if (value >= BEYOND)
			return CODEFORM_BEYOND;
		return code_points_add(points, value) ? CODEFORM_POINTS : CODEFORM_MANY;
	}
	cursor.at = text;
	while (cursor.at < cursor.end) {
		form = read_escape(ci, &cursor, points);
		if (form != CODEFORM_POINTS) {
			points->count = count;
			return form;
		}
	}
	return form;
}

static bool
has_digit(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (ascii_is_digit(text[i]))
			return true;
	return false;
}

/* Adds the characters of a text: false if it is not in UTF-8, has only ASCII, or too many of them. */
static bool
add_text(const uint8_t *text, size_t length, struct code_points *points)
{
	bool ascii = true;
	size_t i = 0;

	while (i < length) {
		UChar32 c;

		U8_NEXT(text, i, length, c);
		if (c < 0 || !code_points_add(points, (uint32_t)c))
			return false;
		ascii &= c < 0x80;
	}
	return !ascii;
}

bool
codeform_read_bytes(const char *text, size_t length, struct code_points *points)
{
	struct cursor cursor = { text, text + length };
	uint8_t bytes[CODEFORM_MAX_POINTS];
	size_t count = 0;
	uint32_t value;

	while (cursor.at < cursor.end && count < sizeof(bytes)) {
		if (!skip(&cursor, "0x"))
			skip(&cursor, "0X");
		if (!read_number(&cursor, 16, 2, 2, &value))
			return false;
		bytes[count++] = (uint8_t)value;
		if (cursor.at < cursor.end && !skip(&cursor, ", ") && !skip(&cursor, " ") &&
		    !skip(&cursor, ","))
			return false;
	}
	points->count = 0;
	return has_digit(text, length) && cursor.at == cursor.end && add_text(bytes, count, points);
}

bool
codeform_is_bare(const char *text, size_t length, bool with_digit, uint32_t *code_point)
{
	struct cursor cursor = { text, text + length };

	return (!with_digit || has_digit(text, length)) && read_number(&cursor, 16, 4, 6, code_point) &&
	    cursor.at == cursor.end && *code_point < BEYOND;
}

bool
codeform_is_decimal(const char *text, size_t length, uint32_t *code_point)
{
	struct cursor cursor = { text, text + length };

	return read_number(&cursor, 10, 4, 7, code_point) && cursor.at == cursor.end &&
	    *code_point < BEYOND;
}

bool
codeform_ends_with_comma(const char *word, const char *comma)
{
	for (const char *at = word; at < comma; at++)
		if (ascii_hex(*at) < 0 && strchr("Uu+xX", *at) == NULL)
			return false;
	return comma > word;
}
