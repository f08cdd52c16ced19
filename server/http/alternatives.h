/* alternatives.h - what else could be asked where a query has no match, or only
 * without some of its words. */
#ifndef ALTERNATIVES_H
#define ALTERNATIVES_H

#include <stdbool.h>
#include <stdint.h>

struct exchange;

/* As many as are offered, and words that a query may have for that. */
#define ALTERNATIVES_MAX 4

struct alternative {
	uint64_t total;       /* rows that it has, not 0 */
	char query[256];      /* in UTF-8 */
	bool without_filters; /* the same query, but without filters */
};

/* Finds queries that have rows: the same without filters, without one of the words, or one word
 * alone. Writes them to `list` and returns how many; 0 if the search has rows with all of its
 * words, or is not of a few words only. Each costs as much as a search. */
unsigned alternatives_find(const struct exchange *exchange,
    struct alternative list[ALTERNATIVES_MAX]);

#endif
