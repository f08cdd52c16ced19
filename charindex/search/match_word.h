/* match_word.h - a word in names and dictionaries. */
#ifndef CHARINDEX_MATCH_WORD_H
#define CHARINDEX_MATCH_WORD_H

#include "match.h"
#include "scope.h"

/* Finds the rows that have the word, folded, where and how `scope` says. */
void match_word(struct match *match, const char *word, size_t length, const struct scope *scope);

#endif
