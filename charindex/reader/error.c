/* error.c - what each error means, in words. */
#include "charindex.h"

const char *
charindex_strerror(enum charindex_err err)
{
	switch (err) {
	case CHARINDEX_OK:
		return "has no error";
	case CHARINDEX_ERR_OPEN:
		return "cannot be opened";
	case CHARINDEX_ERR_EMPTY:
		return "is empty";
	case CHARINDEX_ERR_MAGIC:
		return "is not a charfinder index";
	case CHARINDEX_ERR_VERSION:
		return "has another format version";
	case CHARINDEX_ERR_TRUNCATED:
		return "is truncated or has grown";
	case CHARINDEX_ERR_HEADER:
		return "has a damaged header";
	case CHARINDEX_ERR_SECTION:
		return "has a missing or misplaced section";
	case CHARINDEX_ERR_ROWS:
		return "has damaged row offsets";
	case CHARINDEX_ERR_TERMS:
		return "has damaged terms";
	case CHARINDEX_ERR_POSTINGS:
		return "has a damaged posting list";
	case CHARINDEX_ERR_CATEGORIES:
		return "has damaged categories";
	case CHARINDEX_ERR_CHECKSUM:
		return "has a section that fails its checksum";
	case CHARINDEX_ERR_CONTENT:
		return "has sections that disagree";
	case CHARINDEX_ERR_MEMORY:
		return "cannot be opened: out of memory";
	}
	return "has an unknown error";
}
