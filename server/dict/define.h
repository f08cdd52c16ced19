/* define.h - the answer to DEFINE. */
#ifndef DEFINE_H
#define DEFINE_H

#include <stdbool.h>

#include "reply.h"

struct dict;

/* Definitions in one database, and rows in that of the search, at most. */
#define DEFINE_MOST 20
#define DEFINE_MOST_ROWS 1000

#define DEFINE_NO_DATABASE "550 invalid database, use SHOW DB for list" REPLY_CRLF
#define DEFINE_NO_MATCH "552 no match" REPLY_CRLF

/* Are there so many names with all these words that looking at each takes long? */
bool define_has_many_names(const struct charindex *ci, struct charindex_text word);

/* Is more to be looked at than lists of words, and a few names? */
bool define_is_costly(const struct dict *dict);

/* Writes the answer. False if there is no memory. */
bool define_run(struct dict *dict);

#endif
