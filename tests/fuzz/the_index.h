/* the_index.h - the real index, for targets that want one. */
#ifndef THE_INDEX_H
#define THE_INDEX_H

#include <stdio.h>
#include <stdlib.h>

#include "charindex.h"

/* What CHARINDEX_DB names, or charindex.db in the working directory; opened once, and never
 * closed. Ends the program where there is none. */
static inline const struct charindex *
the_index(void)
{
	static struct charindex *index;
	const char *path = getenv("CHARINDEX_DB");

	if (index != NULL)
		return index;
	if (charindex_open(path != NULL ? path : "charindex.db", &index) == CHARINDEX_OK)
		return index;
	fprintf(stderr, "CHARINDEX_DB does not name an index\n");
	exit(2);
}

#endif
