/* noise.h - words that people add to what they look for, folded. */
#ifndef CHARINDEX_NOISE_H
#define CHARINDEX_NOISE_H

#include <stdbool.h>
#include <stddef.h>

/* Does the word say that a character is looked for, and not which one: "symbol", "the"? */
bool noise_is(const char *word, size_t length);

/* Is it one of those that only join others, "the", "of", and are no letter or syllable, as "a" is? */
bool noise_joins(const char *word, size_t length);

#endif
