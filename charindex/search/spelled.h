/* spelled.h - words that names have in full: numbers, and syllables with their tone. */
#ifndef CHARINDEX_SPELLED_H
#define CHARINDEX_SPELLED_H

#include "fold.h"

enum spelled {
	SPELLED_NOTHING, /* none of them is such a word, and there is nothing of use */
	SPELLED_NUMBERS,
	SPELLED_READINGS, /* syllables, and perhaps numbers */
};

/* The words to `out`, `5` as `five`, `21` as `twenty one`, and `xiao4` as `xiào`. */
enum spelled spelled_words(const struct folded_words *words, struct folded *out);

#endif
