/* classic_search.h - the seed's rule: a character matches when every word of the query is a word of its
 * name (server/prompt/PROTOCOL.md). A search is plain memory without cleanup: it may be abandoned
 * at any time, and copied. The index must outlive it. */
#ifndef CHARINDEX_CLASSIC_SEARCH_H
#define CHARINDEX_CLASSIC_SEARCH_H

#include "charindex.h"

/* Begins the search for `query`, `length` bytes of valid UTF-8; invalid UTF-8 separates words. The
 * query is not needed after the call. */
void classic_search_init(struct charindex_search *search, const struct charindex *ci,
    const char *query, size_t length);

/* Has it rows to give? It still has them afterwards. */
bool classic_search_has_rows(struct charindex_search *search);

/* The next rows, in ascending code point order: true and *run, at most `max_rows` (at least 1) of them,
 * or false when there are no more. */
bool classic_search_next(struct charindex_search *search, uint32_t max_rows,
    struct charindex_run *run) CHARINDEX_MUST_CHECK;

/* Copies the text of the next rows, as charindex_answer_copy() does, and adds their number to *rows. */
size_t classic_search_copy(struct charindex_search *search, char *out, size_t room, uint64_t *rows);

#endif
