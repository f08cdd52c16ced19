/* fold.h - text in any language taken apart into folded words, as the dictionaries of the
 * index have them (FORMAT.md, "Dictionaries"). */
#ifndef CHARINDEX_FOLD_H
#define CHARINDEX_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of one folded word, and of all words of a text, at most. */
#define FOLD_MAX_WORD 255
#define FOLD_MAX_TEXT 16384

/* Words of a text at most. */
#define FOLD_MAX_WORDS 512

/* Stands before a word whose accents have been removed. */
#define FOLD_PLAIN 0x01

/* Stands before a name that is a term as it is written, in the names from other systems: "->". */
#define FOLD_EXACT 0x02

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

/* What becomes of runs of words that are written without spaces. */
enum fold_runs {
	FOLD_SEGMENTS, /* their words */
	FOLD_BOTH,     /* and, before the last of them, the run as a whole */
	FOLD_RUNS,     /* they are one word: for those who need others, and in less time */
};

/* Takes `text` apart. Bytes that are not UTF-8 separate words; words that are too long are
 * left out. False if the text is too
 * long, has too many words, or memory ran out: `folded` has no words then. */
bool fold_text(struct folded *folded, const char *text, size_t length, enum fold_runs runs);

/* What folding takes a while to make, and is kept from one text to the next. All zero at first. */
struct folder {
	void *utf16;    /* two texts */
	void *words;    /* a UBreakIterator */
	bool no_memory; /* there was none at some time */
};

/* As fold_text(), for those who fold many texts. */
bool folder_fold(struct folder *folder, struct folded *folded, const char *text, size_t length,
    enum fold_runs runs);
void folder_release(struct folder *folder);

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
void fold_append(struct folded *folded, const struct folded *other);

/* The word without its accents, with l for ł, ae for æ and so on, to `out`, which has room for FOLD_MAX_WORD bytes: returns its
 * length; 0 if it has none, or too many. Accents are the marks of scripts that are also written
 * without: those of Devanagari or Thai are vowels, and stay. */
size_t fold_plain(const char *word, size_t length, char *out);

/* The word with its umlauts, and the letters of Danish and Norwegian, written out as two letters,
 * "gruen" for "grün", to `out`, which has room for `length` bytes: returns the length; 0 if it has
 * none. */
size_t fold_written_out(const char *word, size_t length, char *out);

#endif
