/* row.c - hides how a rendered row is read. */
#include "row.h"

#include <string.h>

bool
row_name(const char *text, size_t length, const char **name, size_t *name_length)
{
	const char *end = text + length, *tab;

	for (int tabs = 0; tabs < 2; tabs++) {
		tab = memchr(text, '\t', (size_t)(end - text));
		if (tab == NULL)
			return false;
		text = tab + 1;
	}
	if (end - text < 2 || memcmp(end - 2, "\r\n", 2) != 0)
		return false;
	*name = text;
	*name_length = (size_t)(end - text) - 2;
	return true;
}
