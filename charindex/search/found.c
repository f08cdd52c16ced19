/* found.c - hides how found rows are ordered, kept and rendered. */
#include "found.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

#include "extra.h"

enum { ROW_BITS = 24, ROW_MASK = (1 << ROW_BITS) - 1 };

struct charindex_found *
found_new(const struct charindex *ci)
{
	struct charindex_found *found = calloc(1, sizeof(*found));

	if (found != NULL) {
		found->ci = ci;
		found->source = CHARINDEX_SOURCE_COUNT;
	}
	return found;
}

void
found_free(struct charindex_found *found)
{
	if (found == NULL)
		return;
	free(found->items);
	free(found->words);
	free(found);
}

bool
found_reserve(struct charindex_found *found, uint32_t count)
{
	uint32_t *items;

	if (count <= found->capacity)
		return true;
	items = realloc(found->items, count * sizeof(*items));
	if (items == NULL)
		return false;
	found->items = items;
	found->capacity = count;
	return true;
}

/* Room for one more: twice as much as before, for the number is not known. */
static bool
grow(struct charindex_found *found)
{
	return found->count < found->capacity ||
	    found_reserve(found, found->capacity > 0 ? 2 * found->capacity : 16);
}

bool
found_add_row(struct charindex_found *found, uint32_t row, enum charindex_source source)
{
	if (!grow(found))
		return false;
	found->items[found->count++] = (uint32_t)source << ROW_BITS | row;
	return true;
}

bool
found_add_code(struct charindex_found *found, uint32_t code_point, enum charindex_source source)
{
	uint32_t row = charindex_row_of(found->ci, code_point);

	return row != CHARINDEX_NO_ROW ? found_add_row(found, row, source) :
	                                 found_add_row(found, code_point, FOUND_CODE);
}

void
found_say_wrong(struct charindex_found *found, const char *text, const char *piece, size_t length,
    const char *what)
{
	enum { MOST_SHOWN = 40 };

	found->column = 1;
	for (const char *p = text; p < piece; p++)
		found->column += U8_IS_TRAIL((uint8_t)*p) == 0;
	if (length > MOST_SHOWN)
		for (length = MOST_SHOWN; length > 0 && U8_IS_TRAIL((uint8_t)piece[length]);)
			length--;
	snprintf(found->error, sizeof(found->error), "'%.*s' %s", (int)length, piece, what);
}

/* ---- order ------------------------------------------------------------------------------- */

static uint32_t
item(const struct evaluator *evaluator, uint32_t row)
{
	return (uint32_t)evaluator->result[row] << ROW_BITS | row;
}

/* The next row from `row` on, before `end`, that has a score. */
static uint32_t
next_scored(const struct evaluator *evaluator, uint32_t row, uint32_t end)
{
	while (row < end && evaluator->result[row] == NO_MATCH)
		row++;
	return row;
}

/* Rows of both kinds ascend by code point: they are merged, characters before the sequences
 * that begin with them. */
static void
take_by_code(struct charindex_found *found, const struct evaluator *evaluator)
{
	uint32_t named = next_scored(evaluator, 0, found->ci->row_count);
	uint32_t extra = next_scored(evaluator, found->ci->row_count, evaluator->rows);

	while (named < found->ci->row_count || extra < evaluator->rows) {
		bool take_named = extra == evaluator->rows || (named < found->ci->row_count &&
		    extra_row_code(found->ci, named) <= extra_row_code(found->ci, extra));
		uint32_t row = take_named ? named : extra;

		found->items[found->count++] = item(evaluator, row);
		if (take_named)
			named = next_scored(evaluator, row + 1, found->ci->row_count);
		else
			extra = next_scored(evaluator, row + 1, evaluator->rows);
	}
}

/* What is ranked by, in 12 bits (RANKING.md): the score; where it is for words of a name, how many
 * the name has, unless everybody knows the character anyway; the rarity. */
enum { KEY_COUNT = 1 << 12 };

static uint32_t
rank_key(const struct evaluator *evaluator, uint32_t row)
{
	struct format_rank rank = extra_rank(evaluator->ci, row);
	uint32_t score = evaluator->result[row] < 15 ? evaluator->result[row] : 15;
	uint32_t words = rank.words < 15 ? rank.words : 15;

	if (score == CHARINDEX_BY_SYNONYM)
		score = CHARINDEX_BY_NAME;
	if (score != CHARINDEX_BY_NAME || rank.rarity == 0)
		words = 0;
	return score << 8 | words << 4 | (rank.rarity & 15u);
}

/* Sorted by counting: equals stay in the order of their numbers. */
static void
take_by_rank(struct charindex_found *found, const struct evaluator *evaluator)
{
	uint32_t places[KEY_COUNT] = { 0 }, place = 0;

	for (uint32_t row = 0; row < evaluator->rows; row++)
		if (evaluator->result[row] != NO_MATCH)
			places[rank_key(evaluator, row)]++;
	for (uint32_t key = 0; key < KEY_COUNT; key++) {
		uint32_t count = places[key];

		places[key] = place;
		place += count;
	}
	for (uint32_t row = 0; row < evaluator->rows; row++)
		if (evaluator->result[row] != NO_MATCH)
			found->items[places[rank_key(evaluator, row)]++] = item(evaluator, row);
	found->count = place;
}

bool
found_take(struct charindex_found *found, struct evaluator *evaluator, uint32_t count, bool ranked)
{
	bool room;

	found->count = 0;
	found->work += evaluator->work + (ranked ? 2 : 1) * WORK_OF_TEXT(evaluator->rows) + count;
	evaluator_keep_result(evaluator);
	room = found_reserve(found, count);
	if (room && ranked)
		take_by_rank(found, evaluator);
	else if (room)
		take_by_code(found, evaluator);
	evaluator_release(evaluator);
	return room;
}

void
found_page(struct charindex_found *found, uint32_t from, uint32_t limit)
{
	found->first = from > 0 ? from - 1 : 0;
	if (found->first > found->count)
		found->first = found->count;
	found->end = found->count;
	if (limit > 0 && limit < found->end - found->first)
		found->end = found->first + limit;
	found->next = found->first;
}

/* ---- giving ------------------------------------------------------------------------------ */

struct charindex_hit
found_hit(const struct charindex_found *found, uint32_t n)
{
	uint32_t value = found->items[n] & ROW_MASK, source = found->items[n] >> ROW_BITS;

	if (source == FOUND_CODE)
		return (struct charindex_hit){ CHARINDEX_NO_ROW, value, CHARINDEX_BY_CODE };
	return (struct charindex_hit){ value, extra_row_code(found->ci, value),
		(enum charindex_source)source };
}

/* Renders the row of a code point that has none in the index. */
static void
render(struct charindex_found *found, uint32_t code_point, struct charindex_run *run)
{
	struct charindex_label label;
	struct charindex_row row;

	charindex_row(found->ci, CHARINDEX_NO_ROW, code_point, &row, &label);
	run->length = (size_t)snprintf(found->code_row, sizeof(found->code_row),
	    "%-7.*s\t%.*s\t%.*s\r\n", (int)row.codes.length, row.codes.bytes, (int)row.text.length,
	    row.text.bytes, (int)row.name.length, row.name.bytes);
	run->text = found->code_row;
	run->first = CHARINDEX_NO_ROW;
	run->count = 1;
}

static bool
is_named(const struct charindex_found *found, uint32_t n)
{
	struct charindex_hit hit = found_hit(found, n);

	return hit.row < found->ci->row_count;
}

bool
found_next(struct charindex_found *found, uint32_t max_rows, struct charindex_run *run)
{
	struct charindex_text text;
	struct charindex_hit hit;

	if (found->next >= found->end)
		return false;
	hit = found_hit(found, found->next++);
	if (hit.row == CHARINDEX_NO_ROW) {
		render(found, hit.code_point, run);
		return true;
	}
	text = extra_row_text(found->ci, hit.row);
	*run = (struct charindex_run){ text.bytes, text.length, hit.row, 1 };
	/* named rows that follow each other are one piece of text */
	while (run->count < max_rows && found->next < found->end && hit.row < found->ci->row_count &&
	    is_named(found, found->next) &&
	    found_hit(found, found->next).row == run->first + run->count) {
		run->length += extra_row_text(found->ci, run->first + run->count).length;
		run->count++;
		found->next++;
	}
	return true;
}
