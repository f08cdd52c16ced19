/* index_open.h - how a program opens the index that it was told of, and what it says to do when
 * that is not one to be searched. */
#ifndef INDEX_OPEN_H
#define INDEX_OPEN_H

#include <err.h>
#include <errno.h>
#include <string.h>

#include "charindex.h"

/* What helps against `error`, to be said after charindex_strerror(): "; build it again with
 * mkcharindex", or nothing. */
static inline const char *
index_remedy(enum charindex_err error)
{
	switch (error) {
	case CHARINDEX_OK:
	case CHARINDEX_ERR_OPEN:
	case CHARINDEX_ERR_MEMORY:
		return "";
	case CHARINDEX_ERR_MAGIC:
		return "; build one with mkcharindex";
	case CHARINDEX_ERR_VERSION:
		return "; build it with the mkcharindex of this release";
	case CHARINDEX_ERR_EMPTY:
	case CHARINDEX_ERR_TRUNCATED:
	case CHARINDEX_ERR_HEADER:
	case CHARINDEX_ERR_SECTION:
	case CHARINDEX_ERR_ROWS:
	case CHARINDEX_ERR_TERMS:
	case CHARINDEX_ERR_POSTINGS:
	case CHARINDEX_ERR_CATEGORIES:
	case CHARINDEX_ERR_CHECKSUM:
	case CHARINDEX_ERR_CONTENT:
		break;
	}
	return "; build it again with mkcharindex";
}

/* For programs that have the option. */
#define INDEX_ELSEWHERE "name one with --index=FILE, or make it with mkcharindex"

/* The index at `path`, open; or ends the program with exit status `status` and one line, in which
 * `elsewhere` says how to name one that is there. */
static inline struct charindex *
index_open(const char *path, int status, const char *elsewhere)
{
	struct charindex *ci;
	enum charindex_err error = charindex_open(path, &ci);

	if (error == CHARINDEX_ERR_OPEN)
		errx(status, "%s %s: %s; %s", path, charindex_strerror(error), strerror(errno), elsewhere);
	if (error != CHARINDEX_OK)
		errx(status, "%s %s%s", path, charindex_strerror(error), index_remedy(error));
	return ci;
}

#endif
