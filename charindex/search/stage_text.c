/* stage_text.c - hides how a query is told to be characters, and not words for them. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicode/utf8.h>

#include "codeform.h"
#include "codeform_name.h"
#include "identify.h"
#include "stage.h"

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The next word of the query, which white space ends, or the comma of a list of code points. */
static bool
next_word(const char **at, const char *end, size_t *length)
{
	const char *word = *at;

	while (word < end && is_space(*word))
		word++;
	*at = word;
	while (word < end && !is_space(*word) && !(*word == ',' && codeform_ends_with_comma(*at, word)))
		word++;
	*length = (size_t)(word - *at);
	return *length > 0;
}

static bool
take_range(const struct prepared *prepared, uint32_t first, uint32_t last)
{
	struct evaluator evaluator;

	if (!evaluator_init(&evaluator, prepared->ci))
		return false;
	prepared->hits->source = CHARINDEX_BY_CODE;
	return hits_take(prepared->hits, &evaluator, evaluate_range(&evaluator, first, last), false);
}

/* Identifies code points as if they were a text, so that sequences are recognised. */
static bool
take_points(const struct prepared *prepared, const struct code_points *points)
{
	char *text = malloc(4 * points->count + 1);
	size_t length = 0;
	bool done = true;

	if (text == NULL)
		return false;
	prepared->hits->source = CHARINDEX_BY_CODE;
	for (uint32_t i = 0; i <= points->count && done; i++) {
		bool whole = i < points->count && (points->point[i] & ~0x7FFu) != 0xD800;

		if (whole) {
			U8_APPEND_UNSAFE((uint8_t *)text, length, points->point[i]);
			continue;
		}
		done = identify_text(prepared->hits, text, length, CHARINDEX_BY_CODE);
		length = 0;
		if (done && i < points->count)
			done = hits_add_code(prepared->hits, points->point[i], CHARINDEX_BY_CODE);
	}
	free(text);
	return done;
}

static bool
say_wrong_code(const struct prepared *prepared, const char *word, size_t length, enum codeform form)
{
	static const struct {
		enum charindex_fault fault;
		const char *is;
	} what[] = {
		[CODEFORM_BEYOND] = { CHARINDEX_FAULT_CODE_POINT,
		    "is no code point: the last is U+10FFFF" },
		[CODEFORM_ENTITY] = { CHARINDEX_FAULT_ENTITY,
		    "is no entity of HTML; mind capitals and small letters" },
		[CODEFORM_MANY] = { CHARINDEX_FAULT_TOO_MUCH,
		    "is one code point more than the 1024 that a query may have" },
	};
	struct query_place place = { prepared->whole, NULL, length };

	/* where it stands in the whole query */
	place.at = memmem(prepared->whole, prepared->whole_length, word, length);
	query_error_say(&prepared->result->error, prepared->hits->ci, place, what[form].fault,
	    "'%.*s' %s", query_error_shown(length, word), word, what[form].is);
	return true;
}

/* Adds what the number is in decimal, too: &#8364; is written so. */
static void
add_decimal(const struct prepared *prepared, struct code_points *points)
{
	uint32_t code_point;

	if (points->count < CODEFORM_MAX_POINTS &&
	    codeform_is_decimal(prepared->text, prepared->length, &code_point) &&
	    charindex_row_of(prepared->ci, code_point) != CHARINDEX_NO_ROW)
		points->point[points->count++] = code_point;
}

bool
stage_bytes(const struct prepared *prepared)
{
	struct code_points points;

	return !codeform_read_bytes(prepared->text, prepared->length, &points) ||
	    take_points(prepared, &points);
}

bool
stage_codes(const struct prepared *prepared)
{
	const char *at = prepared->text, *end = at + prepared->length;
	struct code_points points = { .count = 0 };
	uint32_t first = 0, last = 0, words = 0;
	bool range = false;
	size_t length;

	for (; next_word(&at, end, &length); at += length, at += at < end && *at == ',', words++) {
		enum codeform form = codeform_read(prepared->ci, at, length, &points, &first, &last);
		uint32_t bare;

		if (form == CODEFORM_NONE && codeform_is_bare(at, length, true, &bare) &&
		    points.count < CODEFORM_MAX_POINTS)
			points.point[points.count++] = bare;
		else if (form == CODEFORM_NONE && codeform_is_decimal(at, length, &bare) && words == 0)
			continue;
		else if (form == CODEFORM_NONE || (form == CODEFORM_RANGE && words > 0) || range)
			return true;
		else if (form == CODEFORM_RANGE)
			range = true;
		else if (form != CODEFORM_POINTS)
			return say_wrong_code(prepared, at, length, form);
	}
	if (range)
		return take_range(prepared, first, last);
	add_decimal(prepared, &points);
	return points.count == 0 || take_points(prepared, &points);
}

bool
stage_drawn(const struct prepared *prepared)
{
	uint32_t rows[CODEFORM_MAX_ELSEWHERE],
	    count = codeform_elsewhere(prepared->ci, prepared->text, prepared->length,
	        CHARINDEX_RECORD_ASCII, rows);

	for (uint32_t i = 0; i < count; i++)
		if (!hits_add_row(prepared->hits, rows[i], CHARINDEX_BY_CODE))
			return false;
	if (count > 0)
		prepared->hits->source = CHARINDEX_BY_CODE;
	return true;
}

bool
stage_numbered_name(const struct prepared *prepared)
{
	const char *end = prepared->text + prepared->length,
	           *hyphen = memrchr(prepared->text, '-', prepared->length);
	struct charindex_label label;
	struct charindex_row row;
	uint32_t code_point;

	if (hyphen == NULL ||
	    !codeform_is_bare(hyphen + 1, (size_t)(end - hyphen) - 1, false, &code_point))
		return true;
	charindex_row(prepared->ci, charindex_row_of(prepared->ci, code_point), code_point, &row,
	    &label);
	if (row.name.length != prepared->length ||
	    strncasecmp(row.name.bytes, prepared->text, prepared->length) != 0)
		return true;
	prepared->hits->source = CHARINDEX_BY_NAME;
	return hits_add_code(prepared->hits, code_point, CHARINDEX_BY_WHOLE_NAME);
}

bool
stage_text(const struct prepared *prepared)
{
	/* one letter may be a word, and is meant as one by whoever has named a language */
	bool maybe_word = prepared->settings->mode == CHARINDEX_WIDE ||
	    prepared->settings->language[0] != '\0';
	uint32_t letter;

	if ((maybe_word &&
	        identify_is_one_letter(prepared->ci, prepared->text, prepared->length, &letter)) ||
	    !identify_is_pasted(prepared->ci, prepared->text, prepared->length))
		return true;
	prepared->hits->source = CHARINDEX_BY_TEXT;
	return identify_text(prepared->hits, prepared->text, prepared->length, CHARINDEX_BY_TEXT);
}

bool
stage_last(const struct prepared *prepared)
{
	bool ascii = true;
	uint32_t code_point;

	for (size_t i = 0; i < prepared->length; i++)
		ascii &= (unsigned char)prepared->text[i] < 0x80;
	if (!ascii) {
		prepared->hits->source = CHARINDEX_BY_TEXT;
		return identify_text(prepared->hits, prepared->text, prepared->length, CHARINDEX_BY_TEXT);
	}
	if (!codeform_is_bare(prepared->text, prepared->length, false, &code_point))
		return true;
	prepared->hits->source = CHARINDEX_BY_CODE;
	return hits_add_code(prepared->hits, code_point, CHARINDEX_BY_CODE);
}
