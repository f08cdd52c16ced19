/* match_whole.h - words that are all of a name, an alias or a keyword. */
#ifndef CHARINDEX_MATCH_WHOLE_H
#define CHARINDEX_MATCH_WHOLE_H

#include "fold.h"
#include "match.h"
#include "scope.h"

/* Betters the scores of those rows that one of the phrases about is the words and no more. */
void match_whole(struct match *match, const struct folded_words *words, const struct scope *scope);

#endif
