/* summary.h - the characters of a text, each once: how often it is there, and where first. */
#ifndef SUMMARY_H
#define SUMMARY_H

#include "print.h"

/* Where a character stands in a text: both count from 1. */
struct place {
	uint64_t line, column;
};

struct summary;

/* NULL without memory. The caller frees it. */
struct summary *summary_new(const struct charindex *ci);
void summary_free(struct summary *summary);

/* Takes what stands in a text: the hits of charindex_answer_identify(), from the place on, or a byte
 * that is not UTF-8. False without memory. */
bool summary_take(struct summary *summary, struct charindex_answer *answer, struct place place)
    __attribute__((warn_unused_result));
bool summary_take_byte(struct summary *summary, unsigned char byte, struct place place)
    __attribute__((warn_unused_result));

/* Prints those from number `from` on, at most `limit`, by code point, and bytes last. Returns how many
 * there are in all. */
uint64_t summary_print(const struct printer *printer, const struct summary *summary, uint64_t from,
    uint64_t limit);

#endif
