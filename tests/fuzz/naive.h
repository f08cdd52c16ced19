/* naive.h - words and white space as server/prompt/PROTOCOL.md describes them, done the slow and
 * obvious way: what the fuzz targets compare with. */
#ifndef NAIVE_H
#define NAIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct charindex;

/* The words of a text in upper case, as UTF-8. */
struct naive_words {
	char *text;   /* owned: each word ends with a NUL */
	size_t count; /* words */
};

/* The words of a query, which need not be valid UTF-8. General categories are asked of
 * `ci`. */
void naive_words_of(struct naive_words *words, const struct charindex *ci, const char *query,
    size_t length);

void naive_words_release(struct naive_words *words);

/* Does the name in a row, "U+2657 \t♗\tNAME\r\n", have all the words? Never, if there are
 * none. */
bool naive_row_matches(const char *row, size_t length, const struct naive_words *words);

bool naive_is_space(uint32_t c);

/* As charindex_strip(), of valid UTF-8. */
const char *naive_strip(const char *text, size_t *length);

/* The code point of the character at `text`, which is before `end`, and its bytes in
 * *size; of what is not UTF-8, UINT32_MAX and 1. */
uint32_t naive_character(const char *text, const char *end, size_t *size);

bool naive_is_utf8(const char *text, size_t length);

#endif
