/* result.c - a page of hits, given row by row. */
#include "result.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extra.h"

struct charindex_result *
result_new(const struct charindex *ci)
{
	struct charindex_result *result = calloc(1, sizeof(*result));

	if (result != NULL)
		hits_init(&result->hits, ci);
	return result;
}

void
result_free(struct charindex_result *result)
{
	if (result == NULL)
		return;
	hits_release(&result->hits);
	free(result->words);
	free(result);
}

bool
result_correct(struct charindex_result *result, const char *word, size_t length)
{
	size_t used = result->corrected.length;
	char *text = result->corrected.text;

	if (length + 1 > sizeof(result->corrected.text) - used)
		return false;
	if (used > 0)
		text[used++] = ' ';
	memcpy(text + used, word, length);
	result->corrected.length = used + length;
	return true;
}

void
result_add_query(struct charindex_result *result, const char *text, size_t length)
{
	memcpy(result->also.text, text, length);
	result->also.length = length;
}

void
result_set_page(struct charindex_result *result, uint32_t from, uint32_t limit)
{
	uint32_t count = result->hits.count;

	result->page.first = from > 0 ? from - 1 : 0;
	if (result->page.first > count)
		result->page.first = count;
	result->page.end = count;
	if (limit > 0 && limit < count - result->page.first)
		result->page.end = result->page.first + limit;
	result->page.reader = (struct packed_reader){ 0 };
	packed_hits_skip(result->hits.packed, &result->page.reader, result->page.first);
}

/* Renders the row of a code point that has none in the index. */
static void
render(struct charindex_result *result, uint32_t code_point, struct charindex_run *run)
{
	struct charindex_label label;
	struct charindex_row row;

	charindex_row(result->hits.ci, CHARINDEX_NO_ROW, code_point, &row, &label);
	run->length = (size_t)snprintf(result->code_row, sizeof(result->code_row),
	    "%-7.*s\t%.*s\t%.*s\r\n", (int)row.codes.length, row.codes.bytes, (int)row.text.length,
	    row.text.bytes, (int)row.name.length, row.name.bytes);
	run->text = result->code_row;
	run->first = CHARINDEX_NO_ROW;
	run->count = 1;
}

/* Goes on to the next hit of the page if it is this named row. */
static bool
take_if_next(struct charindex_result *result, uint32_t row)
{
	struct packed_reader reader = result->page.reader;

	if (row >= result->hits.ci->row_count || reader.number >= result->page.end ||
	    hits_read(&result->hits, &reader).row != row)
		return false;
	result->page.reader = reader;
	return true;
}

bool
result_next(struct charindex_result *result, uint32_t max_rows, struct charindex_run *run)
{
	const struct charindex *ci = result->hits.ci;
	struct charindex_text text;
	struct charindex_hit hit;

	if (result->page.reader.number >= result->page.end)
		return false;
	hit = hits_read(&result->hits, &result->page.reader);
	if (hit.row == CHARINDEX_NO_ROW) {
		render(result, hit.code_point, run);
		return true;
	}
	text = extra_row_text(ci, hit.row);
	*run = (struct charindex_run){ text.bytes, text.length, hit.row, 1 };
	/* named rows that follow each other are one piece of text */
	while (run->count < max_rows && hit.row < ci->row_count &&
	    take_if_next(result, run->first + run->count)) {
		run->length += extra_row_text(ci, run->first + run->count).length;
		run->count++;
	}
	return true;
}
