/* sources.h - all the tables in data/, read into an index. */
#ifndef CHARINDEX_SOURCES_H
#define CHARINDEX_SOURCES_H

#include "builder.h"
#include "table.h"

struct sources {
	const char *directory;
	const char *languages;    /* of keywords, separated by commas; NULL: all */
	const char *synonyms;     /* a table beside that in the directory, or NULL */
	const char *names;        /* a table of names for private use, or NULL */
	table_progress *progress; /* may be NULL */
};

/* Reads the tables into `builder` and completes it; sets *unicode_version as
 * table_read_characters() does. Tables but characters.tsv may be missing. Ends the program
 * with a one-line error if one is wrong. */
void sources_read(const struct sources *sources, struct builder *builder,
    uint32_t *unicode_version);

#endif
