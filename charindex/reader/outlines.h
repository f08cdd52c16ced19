/* outlines.h - how long each word of an open index is, and which characters it has at all: for those who
 * compare one word with all of them, and can rule most out without looking at their letters. */
#ifndef CHARINDEX_OUTLINES_H
#define CHARINDEX_OUTLINES_H

#include <stddef.h>
#include <stdint.h>

struct charindex;
struct dictionary;

/* Characters of the longest words that have outlines. */
#define OUTLINE_MAX_LENGTH 27

/* The outlines of words, the shortest first, and their numbers:
 *
 *     of_length    0   1   2   ...  28     where the words with so many characters begin
 *                    `---.`------.
 *     outlines     ....  a o  pi sq xi ...
 *     numbers      ....
 */
struct outline_list {
	const uint64_t *outlines;
	const uint32_t *numbers;
	uint32_t of_length[OUTLINE_MAX_LENGTH + 2];
};

/* A bit for the character, by the lowest six bits of the small letter that it is in ASCII, or of what
 * else it is. An outline is the bits of all characters of a word. */
uint64_t outline_bit(uint32_t code_point);

/* Those of all terms of names, and of the words of a dictionary but for those without their accents. They
 * live as long as the index; the first who asks makes them, in some tenths of a millisecond, from any
 * thread. NULL if there is no memory. */
const struct outline_list *outlines_of_names(const struct charindex *ci);
const struct outline_list *outlines_of_dictionary(const struct dictionary *dictionary);

#endif
