/* char_path.h - a character, or a sequence of them that has a name, as it is named in a path. */
#ifndef CHAR_PATH_H
#define CHAR_PATH_H

#include "char_id.h"

/* Finds "U+2657", or "U+1F468-U+200D-U+1F4BB", or the characters themselves beyond ASCII, "%E2%99%97",
 * as they stand in a URL. NULL if that is done,
 * else what is wrong with it; *status is 400 or 404 then. */
const char *char_path_find(const struct charindex *ci, const char *path, struct char_id *found,
    int *status);

#endif
