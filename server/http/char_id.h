/* char_id.h - a character, or a sequence of them that has a name, as it is named in a path. */
#ifndef CHAR_ID_H
#define CHAR_ID_H

#include <stddef.h>
#include <stdint.h>

#include "charindex.h"

struct char_id {
	uint32_t row; /* or CHARINDEX_NO_ROW */
	struct charindex_row facts;
	struct charindex_label label;
};

/* Finds "U+2657", or "U+1F468-U+200D-U+1F4BB", or the characters themselves beyond ASCII, "%E2%99%97",
 * as they stand in a URL. NULL if that is done,
 * else what is wrong with it; *status is 400 or 404 then. */
const char *char_id_find(const struct charindex *ci, const char *path, struct char_id *found,
    int *status);

/* The character as such, also if it is a control and its row does not show it, in UTF-8: returns
 * its length, 0 if it has none (surrogates). `room` is for where it is not in the index. */
size_t char_id_text(const struct char_id *found, const char **text, char room[4]);

/* The rows of the characters before and after it; CHARINDEX_NO_ROW if there is none, as for
 * sequences, and for what has no row itself. */
void char_id_neighbours(const struct charindex *ci, const struct char_id *found, uint32_t *previous,
    uint32_t *next);

#endif
