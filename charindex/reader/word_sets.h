/* word_sets.h - which dictionaries may have a word: of more than a hundred, most words are in a few. */
#ifndef CHARINDEX_WORD_SETS_H
#define CHARINDEX_WORD_SETS_H

#include "dictionary.h"

/* The dictionaries that may have the word, a bit for each by its number: all others do not have it. NULL,
 * which is all of them, until that is known, for which the first some hundred who ask do a share each; and
 * if there is no memory. It lives as long as the index. */
const uint64_t *word_set_of(const struct charindex *ci, const char *word, size_t length);

/* The first dictionary in the set from number *n on, which is then its number: false if there are no
 * more. */
bool word_set_next(const struct charindex *ci, const uint64_t *set, uint32_t *n,
    struct dictionary *out);

#endif
