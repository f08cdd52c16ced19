/* unit_index.c - hides how tests get at an index. */
#include "unit_index.h"

#include <stdlib.h>
#include <string.h>

#include "classic_search.h"
#include "unit.h"

struct charindex *unit_index;

const char *
unit_index_path(void)
{
	const char *path = getenv("CHARINDEX_DB");

	if (path == NULL)
		ck_abort_msg("CHARINDEX_DB does not name the index; run this by make check");
	return path;
}

void
unit_index_open(void)
{
	enum charindex_err err = charindex_open(unit_index_path(), &unit_index);

	if (err != CHARINDEX_OK)
		ck_abort_msg("%s %s", unit_index_path(), charindex_strerror(err));
}

void
unit_index_close(void)
{
	charindex_close(unit_index);
	unit_index = NULL;
}

static uint32_t
count_line_ends(const char *text, size_t length)
{
	const char *end = text + length;
	uint32_t count = 0;

	while ((text = memchr(text, '\n', (size_t)(end - text))) != NULL) {
		count++;
		text++;
	}
	return count;
}

uint64_t
unit_index_answer(const struct charindex *ci, const char *query, size_t length, uint32_t max_rows,
    struct bytes *rows)
{
	char *copy = bytes_exact_copy(query, length);
	struct charindex_search search;
	struct charindex_run run;
	uint64_t count = 0, next = 0;

	classic_search_init(&search, ci, copy, length);
	free(copy); /* not needed after the call */
	while (classic_search_next(&search, max_rows, &run)) {
		UNIT_HOLDS(run.count >= 1 && run.count <= max_rows);
		UNIT_HOLDS(run.first >= next);
		UNIT_HOLDS(count_line_ends(run.text, run.length) == run.count);
		UNIT_HOLDS(memcmp(run.text + run.length - 2, "\r\n", 2) == 0);
		bytes_add(rows, run.text, run.length);
		next = (uint64_t)run.first + run.count;
		count += run.count;
	}
	UNIT_HOLDS(!classic_search_next(&search, max_rows, &run));
	return count;
}
