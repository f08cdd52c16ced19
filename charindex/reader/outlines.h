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
	const uint32_t *outlines;
	const uint32_t *numbers;
	uint32_t of_length[OUTLINE_MAX_LENGTH + 2];
};

/* A bit for the character, by the lowest six bits of the small letter that it is in ASCII, or of what
 * else it is; and the outline of a word whose characters have these bits, of half as many: of those that
 * differ in six, the letters of an alphabet hardly ever do in the sixth alone. */
uint64_t outline_letter(uint32_t code_point);
uint32_t outline_of_letters(uint64_t letters);

/* Those of all terms of names, and of the words of a dictionary but for those without their accents. They
 * live as long as the index; the first who asks makes them, in some tenths of a millisecond, from any
 * thread. NULL if there is no memory. */
const struct outline_list *outlines_of_names(const struct charindex *ci);
const struct outline_list *outlines_of_dictionary(const struct dictionary *dictionary);

/* One for each word of a dictionary, by its number, for those who look at some of its words only, in many
 * dictionaries: who asks all of them makes one more with each time, so that nobody waits for all. NULL
 * until then, and if there is no memory. */
const uint32_t *outlines_in_order(const struct dictionary *dictionary);

#endif
