/* match.h - the answer to MATCH. */
#ifndef MATCH_H
#define MATCH_H

#include <stdbool.h>

#include "reply.h"

struct dict;

/* Headwords that an answer has, and those that a search finds in one database, at most. */
#define MATCH_MOST 1000
#define MATCH_MOST_SEARCHED 100

#define MATCH_NO_STRATEGY "551 invalid strategy, use SHOW STRAT for a list" REPLY_CRLF

/* Is more to be looked at than lists of words, and a few names? */
bool match_is_costly(const struct dict *dict);

/* Writes the answer. False if there is no memory. */
bool match_run(struct dict *dict);

#endif
