/* words.h - text taken apart into words, the same for names and queries. */
#ifndef CHARINDEX_WORDS_H
#define CHARINDEX_WORDS_H

#include "index.h"

/* Reads the words of some UTF-8 text one after the other. */
struct word_reader {
	const struct charindex *ci; /* NULL: the text is ASCII, as names are */
	const char *text, *end;     /* what has not been read */
};

/* One word in upper case. */
struct word {
	size_t length;              /* more than FORMAT_MAX_WORD: too long for any name, text not set */
	uint32_t hash;              /* format_hash_end */
	char text[FORMAT_MAX_WORD]; /* padded with NUL up to FORMAT_PREFIX */
};

/* The next word: false at the end of the text. */
bool word_reader_next(struct word_reader *reader, struct word *word);

/* How many bytes of a character's name have words that are indexed: all, but for CJK
 * ideographs, whose code point is left out (server/prompt/PROTOCOL.md, "The query"). */
size_t words_indexed_length(const char *name, size_t length);

#endif
