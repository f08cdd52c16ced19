/* reference.h - searching without an index: the names of all rows taken apart again, and
 * every query compared with every one of them. */
#ifndef REFERENCE_H
#define REFERENCE_H

#include "bytes.h"
#include "index.h"

struct reference {
	const struct charindex *ci; /* not owned */
	uint32_t row_count;
	uint32_t *first_word; /* row_count + 1 of them: where a row's words are in `words` */
	uint16_t *words;      /* numbers as in charindex_word(); distinct in each row */
};

/* Takes every row of `ci` apart. Every word must be one of the index's. */
void reference_init(struct reference *reference, const struct charindex *ci);
void reference_release(struct reference *reference);

/* The words of a row: returns them and sets *count, which is not 0. */
const uint16_t *reference_words(const struct reference *reference, uint32_t row, uint32_t *count);

/* Adds the rows that have all of these words. */
void reference_answer(const struct reference *reference, const uint16_t *words, uint32_t word_count,
    struct bytes *rows);

#endif
