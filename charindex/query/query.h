/* query.h - the query language, taken apart (server/prompt/PROTOCOL.md, "The query language"). */
#ifndef CHARINDEX_QUERY_H
#define CHARINDEX_QUERY_H

#include "query_tree.h"

/* Does nothing in the query look like an operator? Then it is plain; otherwise it may be. */
bool query_is_words(const struct charindex *ci, const char *text, size_t length);

/* A query that says nothing but words. */
void query_init(struct query *query);

/* Takes `text` apart, which must be valid UTF-8 and outlive the query. Returns false, with
 * `error` set, if it is wrong; with `no_memory` set, without. */
bool query_parse(struct query *query, const struct charindex *ci, const char *text, size_t length);

/* The same for a query that may be still being typed. */
bool query_parse_typing(struct query *query, const struct charindex *ci, const char *text,
    size_t length, enum charindex_typing typing);

/* Writes what is left of the query's `text`, as given to query_parse(), without its settings to
 * `out`, which has room for all of it: returns its length. */
size_t query_without_settings(const struct query *query, const char *text, size_t length,
    char *out);

#endif
