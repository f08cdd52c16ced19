/* private_names.h - names that somebody has given to code points for private use (mkcharindex(1), "PRIVATE
 * NAMES"). */
#ifndef INDEXER_PRIVATE_NAMES_H
#define INDEXER_PRIVATE_NAMES_H

#include "tsv.h"

struct private_names {
	struct private_name {
		uint32_t code;
		unsigned line; /* of the table */
		char *name;    /* owned */
	} * list;          /* owned */
	size_t count;
	size_t next; /* the first one that has not been taken */
	struct tsv tsv;
};

/* All zero has none; this frees what there is. */
void private_names_release(struct private_names *names);

/* Reads the table at `path`. Ends the program if it is wrong, or not there. */
void private_names_read(struct private_names *names, const char *path);

/* The next name from code point `first` to `last`, in ascending order: NULL if there are no more. Ends the
 * program if one before `first` has not been taken, for that is not for private use. */
const struct private_name *private_names_take(struct private_names *names, uint32_t first,
    uint32_t last);

#endif
