/* match_names.h - words among those of names. */
#ifndef CHARINDEX_MATCH_NAMES_H
#define CHARINDEX_MATCH_NAMES_H

#include "match.h"
#include "scope.h"

/* Finds the rows whose names have the word, folded, as `scope` says. */
void match_names(struct match *match, const char *word, size_t length, const struct scope *scope);

/* In how many names the word, folded, stands. */
uint32_t match_name_count(const struct charindex *ci, const char *word, size_t length);

#endif
