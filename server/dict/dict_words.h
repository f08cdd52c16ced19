/* dict_words.h - a line of DICT taken apart into words, as DICT.md, "Words", says. Knows nothing of
 * what they mean. */
#ifndef DICT_WORDS_H
#define DICT_WORDS_H

#include <stddef.h>

#include "charindex.h"

/* Words of a line that are kept: no command has more to say. */
#define DICT_WORDS_KEPT 4

struct dict_words {
	unsigned count; /* of the line, also those that are not kept */
	struct charindex_text word[DICT_WORDS_KEPT];
};

/* Takes apart the `length` bytes at `line`, which may be any. The words are written to `out`, which
 * has room for `length` bytes, and live as long as that. They need not be UTF-8. */
void dict_words_read(struct dict_words *words, const char *line, size_t length, char *out);

#endif
