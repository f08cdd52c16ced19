/* match_traits.h - rows by traits, binary properties and looks, which characters and controls have, and
 * sequences have not. The score is that of rows in which no word has been found. */
#ifndef CHARINDEX_MATCH_TRAITS_H
#define CHARINDEX_MATCH_TRAITS_H

#include "match.h"

/* Finds the rows whose trait has a value that is called so (trait.h). Script extensions are the
 * script itself where there are none. */
void match_trait(struct match *match, enum charindex_trait trait, const char *text, size_t length);

/* Finds those that have the binary property. */
void match_binary(struct match *match, uint32_t bit);

/* Finds those that look like the text. */
void match_looks(struct match *match, const char *text, size_t length);

#endif
