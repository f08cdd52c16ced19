/* trigrams.h - in which blocks of words a word may stand inside of others: where all its runs of three
 * bytes are. What is looked for in the texts of all words is so looked for in hardly any of them. */
#ifndef CHARINDEX_TRIGRAMS_H
#define CHARINDEX_TRIGRAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct charindex;
struct dictionary;
struct trigrams;

/* Words from number `first` to before number `end`. */
struct trigrams_range {
	uint32_t first, end;
};

/* Those of all terms of names, and of all words of a dictionary. They take about as many bytes as the
 * words have, and live as long as the index. NULL if there is no memory, or whoever asks is one of the
 * first few, for whom they would cost more than they spare: then nothing is known. */
const struct trigrams *trigrams_of_names(const struct charindex *ci);
const struct trigrams *trigrams_of_dictionary(const struct dictionary *dictionary);

/* Goes on to the next of so many words, those behind the range, that `word` may stand inside of; all zero
 * is before the first. False if there are no more. With NULL, and for words of less than three bytes, that
 * is all words. */
bool trigrams_next(const struct trigrams *trigrams, const char *word, size_t length, uint32_t count,
    struct trigrams_range *range);

#endif
