/* result.h - what an answer is when it is not the classic one, which the index gives as it lies:
 * hits, of which a page is given, or what is wrong with the query. */
#ifndef CHARINDEX_RESULT_H
#define CHARINDEX_RESULT_H

#include "hits.h"

/* A query that the client has not typed. */
struct other_query {
	char text[256];
	size_t length; /* 0: there is none */
};

struct charindex_result {
	struct hits hits;
	struct query_error error;
	struct {
		uint32_t first, end;         /* hits on it */
		struct packed_reader reader; /* before the one to be given next */
	} page;
	struct other_query corrected; /* what was answered instead */
	struct other_query also;      /* and besides: what was meant, but for a typing error, perhaps */
	char *words;                  /* owned; the query without its settings, or NULL */
	char code_row[64];            /* a rendered row of a code point that has none in the index */
};

/* A new one without hits; NULL if there is no memory. */
struct charindex_result *result_new(const struct charindex *ci);
void result_free(struct charindex_result *result);

/* Adds a word to the query that is answered instead, with a space before it if it is not the first.
 * False if there is no room, or it is longer than any. */
bool result_correct(struct charindex_result *result, const char *word, size_t length);

/* Says what query, no longer than any, was answered besides. */
void result_add_query(struct charindex_result *result, const char *text, size_t length);

/* Says which hits are the page: from number `from` on, counted from 1, at most `limit`, or all
 * if that is 0. */
void result_set_page(struct charindex_result *result, uint32_t from, uint32_t limit);

/* The next rows of the page that are neighbours in the index, as charindex_answer_next(). */
bool result_next(struct charindex_result *result, uint32_t max_rows, struct charindex_run *run);

#endif
