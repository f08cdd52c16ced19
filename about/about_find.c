/* about_find.c - three ways to name a character, one after the other. */
#include "about_find.h"

#include <unicode/utf8.h>

#include "text.h"

/* ---- by its code points ---------------------------------------------------------------------- */

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Reads "U+2657", up to what is no digit: false if it is not one. */
static bool
read_code_point(const char **at, const char *end, uint32_t *code_point)
{
	const char *digit = *at + 2;

	if (end - *at < 3 || ((*at)[0] | 0x20) != 'u' || (*at)[1] != '+')
		return false;
	for (*code_point = 0; digit < end && hex_digit(*digit) >= 0 && digit - *at < 10; digit++)
		*code_point = *code_point << 4 | (uint32_t)hex_digit(*digit);
	if (digit == *at + 2 || *code_point > 0x10FFFF)
		return false;
	*at = digit;
	return true;
}

/* "U+0023 U+20E3", as in a row, or "U+0023-U+20E3", as in a URL. */
static bool
find_codes(const struct charindex *ci, const char *text, size_t length, struct char_id *found)
{
	const char *at = text, *end = text + length;
	uint32_t code_points[CHARINDEX_MAX_CODES];
	unsigned count = 0;

	while (count < CHARINDEX_MAX_CODES && read_code_point(&at, end, &code_points[count])) {
		count++;
		if (at == end)
			return char_id_of(ci, code_points, count, found);
		if (*at != ' ' && *at != '-')
			return false;
		at++;
	}
	return false;
}

/* ---- by itself ------------------------------------------------------------------------------- */

static bool
find_itself(const struct charindex *ci, const char *text, size_t length, struct char_id *found)
{
	const uint8_t *bytes = (const uint8_t *)text;
	uint32_t code_points[CHARINDEX_MAX_CODES];
	unsigned count = 0;
	size_t at = 0;
	UChar32 c;

	while (at < length) {
		U8_NEXT(bytes, at, length, c);
		if (c < 0 || count == CHARINDEX_MAX_CODES)
			return false;
		code_points[count++] = (uint32_t)c;
	}
	return count > 0 && char_id_of(ci, code_points, count, found);
}

/* ---- by its name ----------------------------------------------------------------------------- */

static bool
take_first(void *arg, const struct charindex_headword *headword)
{
	*(uint32_t *)arg = headword->row;
	return false;
}

/* The first row that is called so: CHARINDEX_NO_ROW if there is none. */
static uint32_t
first_called(const struct charindex *ci, enum charindex_vocabulary vocabulary, const char *text,
    size_t length)
{
	uint32_t row = CHARINDEX_NO_ROW;
	const struct charindex_lookup lookup = {
		.vocabulary = vocabulary,
		.matching = CHARINDEX_MATCH_EXACT,
		.text = text,
		.length = length,
		.take = take_first,
		.arg = &row,
	};

	return charindex_look_up(ci, &lookup) == CHARINDEX_OK ? row : CHARINDEX_NO_ROW;
}

static bool
find_name(const struct charindex *ci, const char *text, size_t length, struct char_id *found)
{
	found->row = first_called(ci, CHARINDEX_NAMES, text, length);
	if (found->row == CHARINDEX_NO_ROW)
		found->row = first_called(ci, CHARINDEX_ALIASES, text, length);
	if (found->row == CHARINDEX_NO_ROW)
		return false;
	charindex_row(ci, found->row, 0, &found->facts, &found->label);
	return true;
}

bool
about_find(const struct charindex *ci, const char *text, size_t length, struct char_id *found)
{
	if (length > 1 && (text[0] | 0x20) == 'u' && text[1] == '+')
		return find_codes(ci, text, length, found);
	return find_itself(ci, text, length, found) || find_name(ci, text, length, found);
}

void
about_find_problem(struct text *out, const struct charindex *ci, const char *text, size_t length)
{
	char *room = text_room(out, CHARINDEX_STATUS_SIZE(length));

	if (room == NULL)
		return;
	text_fill(out, charindex_status(ci, 0, text, length, room));
	text_puts(out, "; " ABOUT_FIND_HELP);
}
