/* folded.h - the folded words of a text, which fold.h makes. */
#ifndef CHARINDEX_FOLDED_H
#define CHARINDEX_FOLDED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of one folded word, and of all words of a text, at most. */
#define FOLD_MAX_WORD 255
#define FOLD_MAX_TEXT 16384

/* Words of a text at most. */
#define FOLD_MAX_WORDS 512

struct folded_word {
	uint16_t offset, length; /* in `bytes` */
	bool run; /* not a word itself, but a run of several that are written without spaces */
};

/* The words of a text, or some of them that follow each other; live as long as that. */
struct folded_words {
	const char *bytes;
	const struct folded_word *word;
	uint32_t count;
};

struct folded {
	uint32_t count;
	struct folded_word word[FOLD_MAX_WORDS];
	char bytes[FOLD_MAX_TEXT];
	size_t used;
	bool ascii; /* the text is */
};

/* Adds a word, or a run of several; it is left out if it is empty, too long, or there is no room. */
void folded_add(struct folded *folded, const char *word, size_t length, bool run);

/* `count` of the words from number `first` on. */
struct folded_words folded_part(const struct folded *folded, uint32_t first, uint32_t count);

/* All of them. */
struct folded_words folded_all(const struct folded *folded);

/* Are these two words the same? */
bool folded_same(const struct folded_words *a, uint32_t i, const struct folded_words *b,
    uint32_t j);

/* Does word `a` of them go before word `b`, by their bytes? */
bool folded_is_before(const struct folded_words *words, uint32_t a, uint32_t b);

/* Is the word one of the first `count`? */
bool folded_among(const struct folded_words *words, uint32_t count, const char *word,
    size_t length);

/* How many different words there are. */
uint32_t folded_distinct(const struct folded *folded);

/* Are all words of `words` among those of `folded`? */
bool folded_has(const struct folded *folded, const struct folded *words);

/* Adds the words of `other`, as many as there is room for. */
void folded_append(struct folded *folded, const struct folded *other);

#endif
