/* answers.h - whole answers to queries, as rows that can be compared. */
#ifndef ANSWERS_H
#define ANSWERS_H

#include <stdbool.h>

#include "charindex.h"

/* Instead of the number of a row, for a code point that has none. */
#define ANSWERS_CODE 0x80000000u

struct answers {
	uint32_t *rows; /* owned: as given; ANSWERS_CODE | code point */
	uint32_t count;
	struct charindex_summary summary; /* `corrected` is not to be used */
	bool is_corrected;
	char status[512]; /* the beginning of it, and a NUL */
};

/* All zero is none. */
void answers_release(struct answers *answers);

/* The answer of unit_index to `query`, which must keep what include/charindex.h promises: the
 * same rows as text, in runs of any size, as hits and as copies, and a status that fits.
 * `answers` is one that is replaced. */
void answers_find(struct answers *answers, const struct charindex_settings *settings,
    const char *query);
void answers_find_bytes(struct answers *answers, const struct charindex_settings *settings,
    const char *query, size_t length);

/* In a mode, without a limit. */
void answers_find_all(struct answers *answers, enum charindex_mode mode, const char *query);

/* The rows that stand in `text`. */
void answers_identify(struct answers *answers, const char *text);

bool answers_have(const struct answers *answers, uint32_t row);

/* The rows in the order of their numbers. */
void answers_sort(struct answers *answers);

#endif
