/* noise.h - words that say that a character is looked for, and not which one. */
#ifndef CHARINDEX_NOISE_H
#define CHARINDEX_NOISE_H

#include "fold.h"

/* Is the word, folded, one of them? */
bool noise_is(const char *word, size_t length);

#endif
