/* char_id.c - from code points to what the index knows of a character. */
#include "char_id.h"

#include <string.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

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

bool
char_id_of(const struct charindex *ci, const uint32_t *code_points, unsigned count,
    struct char_id *found)
{
	found->row = count == 1 ? charindex_row_of(ci, code_points[0])
	                        : find_sequence(ci, code_points, count);
	if (count > 1 && found->row == CHARINDEX_NO_ROW)
		return false;
	charindex_row(ci, found->row, code_points[0], &found->facts, &found->label);
	return true;
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

static size_t
at_most(size_t count)
{
	return count < CHAR_ID_MOST_REFERENCES ? count : CHAR_ID_MOST_REFERENCES;
}

const char *
char_id_related_name(unsigned kind)
{
	return kind == CHAR_ID_LOOK_ALIKES ? "looks-like"
	                                   : charindex_relation_name((enum charindex_relation)kind);
}

size_t
char_id_related(const struct charindex *ci, const struct char_id *found, unsigned kind,
    uint32_t code_points[CHAR_ID_MOST_REFERENCES])
{
	uint32_t c = found->facts.code_point;

	if ((found->facts.flags & CHARINDEX_IS_SEQUENCE) != 0)
		return 0;
	if (kind == CHAR_ID_LOOK_ALIKES)
		return at_most(charindex_look_alikes(ci, c, code_points, CHAR_ID_MOST_REFERENCES));
	return at_most(charindex_related(ci, c, (enum charindex_relation)kind, code_points,
	    CHAR_ID_MOST_REFERENCES));
}

size_t
char_id_references(const struct charindex *ci, const struct char_id *found,
    uint32_t code_points[CHAR_ID_MOST_REFERENCES])
{
	if (found->row == CHARINDEX_NO_ROW)
		return 0;
	return at_most(charindex_references(ci, found->row, code_points, CHAR_ID_MOST_REFERENCES));
}
