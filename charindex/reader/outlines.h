/* outlines.h - which characters each word of an open index has at all: for those who compare one word
 * with all of them, and can rule most out without looking at their letters. */
#ifndef CHARINDEX_OUTLINES_H
#define CHARINDEX_OUTLINES_H

#include <stddef.h>
#include <stdint.h>

struct charindex;
struct dictionary;

/* A bit for the character, by the lowest six bits of the small letter that it is in ASCII, or of what
 * else it is. An outline is the bits of all characters of a word. */
uint64_t outline_bit(uint32_t code_point);

/* Those of all terms of names, and of all words of a dictionary, in their order. They
 * live as long as the index; the first who asks makes them, in some tenths of a millisecond, from any
 * thread. NULL if there is no memory: then there are none. */
const uint64_t *outlines_of_names(const struct charindex *ci);
const uint64_t *outlines_of_dictionary(const struct dictionary *dictionary);

#endif
