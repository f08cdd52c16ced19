/* identify.h - the characters that stand in a text. */
#ifndef CHARINDEX_IDENTIFY_H
#define CHARINDEX_IDENTIFY_H

#include "hits.h"

/* Adds the row of each character of `text`, in their order; a sequence that the index knows
 * comes before the characters that it is made of. Bytes that are not UTF-8 are passed over.
 * False if there is no memory. */
bool identify_text(struct hits *hits, const char *text, size_t length,
    enum charindex_source source);

/* The row of the sequence that the whole text is; CHARINDEX_NO_ROW if it is not one. */
uint32_t identify_sequence(const struct charindex *ci, const char *text, size_t length);

/* Is the text characters rather than words: does it have other than letters, numbers, marks
 * and what stands between those, or nothing of them, or is it one character? */
bool identify_is_pasted(const struct charindex *ci, const char *text, size_t length);

/* Is the text one letter or number, which may be meant as a word, too? */
bool identify_is_one_letter(const struct charindex *ci, const char *text, size_t length,
    uint32_t *letter);

#endif
