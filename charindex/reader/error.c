/* error.c - what each error means, in words. */
#include "charindex.h"

const char *
charindex_strerror(enum charindex_err err)
{
	switch (err) {
	case CHARINDEX_OK:
		return "is in order";
	case CHARINDEX_ERR_OPEN:
		return "cannot be opened";
	case CHARINDEX_ERR_EMPTY:
		return "is empty; build it again with mkcharindex";
	case CHARINDEX_ERR_MAGIC:
		return "is not a charfinder index; build one with mkcharindex";
	case CHARINDEX_ERR_VERSION:
		return "has another format version; build it with the mkcharindex of this release";
	case CHARINDEX_ERR_TRUNCATED:
		return "is truncated or has grown; build it again with mkcharindex";
	case CHARINDEX_ERR_HEADER:
		return "has a damaged header; build it again with mkcharindex";
	case CHARINDEX_ERR_SECTION:
		return "has a missing or misplaced section; build it again with mkcharindex";
	case CHARINDEX_ERR_ROWS:
		return "has damaged row offsets; build it again with mkcharindex";
	case CHARINDEX_ERR_TERMS:
		return "has damaged terms; build it again with mkcharindex";
	case CHARINDEX_ERR_POSTINGS:
		return "has a damaged posting list; build it again with mkcharindex";
	case CHARINDEX_ERR_CATEGORIES:
		return "has damaged categories; build it again with mkcharindex";
	case CHARINDEX_ERR_CHECKSUM:
		return "has a section that fails its checksum; build it again with mkcharindex";
	case CHARINDEX_ERR_CONTENT:
		return "has sections that disagree; build it again with mkcharindex";
	case CHARINDEX_ERR_MEMORY:
		return "cannot be opened: out of memory";
	}
	return "has an unknown error";
}
