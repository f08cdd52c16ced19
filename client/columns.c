/* columns.c - what stands between the tabs. */
#include "columns.h"

#include <string.h>

void
columns_of(struct columns *columns, const char *row, size_t length)
{
	const char *at = row, *end = row + length;

	for (enum column column = 0; column < COLUMN_COUNT; column++) {
		const char *tab = memchr(at, '\t', (size_t)(end - at));
		const char *stop = tab != NULL ? tab : end;

		columns->of[column] = (struct charindex_text){ at, (size_t)(stop - at) };
		at = tab != NULL ? tab + 1 : end;
	}
}

const char *
column_name(enum column column)
{
	static const char *const names[COLUMN_COUNT] = {
		[COLUMN_CODES] = "codes",
		[COLUMN_CHAR] = "char",
		[COLUMN_NAME] = "name",
		[COLUMN_CATEGORY] = "category",
		[COLUMN_SCRIPT] = "script",
		[COLUMN_BLOCK] = "block",
		[COLUMN_AGE] = "age",
		[COLUMN_SOURCE] = "source",
	};

	return names[column];
}
