/* batch_query.h - one query on its way from the list to the tally. */
#ifndef BATCH_QUERY_H
#define BATCH_QUERY_H

#include <stdbool.h>
#include <stdint.h>

#include "queue.h"
#include "strbuf.h"

/* What became of a query. In the order in which the tally tells them. */
enum outcome {
	OUTCOME_FOUND, /* it has rows */
	OUTCOME_NO_MATCH,
	OUTCOME_WRONG,     /* it is not understood, not UTF-8, too long */
	OUTCOME_TIMED_OUT, /* from here on: it has no answer */
	OUTCOME_LOST,      /* the connection broke again and again, or there is none */
	OUTCOME_DIFFERENT, /* it was answered otherwise than the first time */
	OUTCOME_COUNT,
};

struct query {
	TAILQ_ENTRY(query) link; /* in the line, or among what a connection has in flight */
	uint64_t sequence;       /* its place in the order, from 0 */
	uint64_t line;           /* where it stands, from 1 */
	unsigned pass;           /* of the list: 0 is the first */
	uint64_t place;          /* in its pass, from 0 */
	unsigned breaks;         /* connections that broke when its answer was due */
	struct strbuf text;
	uint64_t sent_at;   /* ns */
	const void *holder; /* the connection that has it in flight, or NULL */
	enum outcome outcome;
	char problem[160];    /* why there is no answer */
	struct strbuf answer; /* as it is to be printed */
	bool completed;
	/* --details: what is asked next, about its rows */
	bool has_rows;      /* they have been answered */
	struct strbuf rows; /* as they were answered, and behind them the status */
	size_t rows_length; /* without the status */
	size_t asked, told; /* of these bytes: about which there was a request, and an answer */
};

TAILQ_HEAD(queries, query);

/* The problem, as printf() has it, cut to its room; controls become question marks, for it may
 * come from anywhere. */
void query_fail(struct query *query, enum outcome outcome, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* What is kept of the room for texts and answers, in bytes. */
#define QUERY_KEPT_ROOM (16 * 1024)

/* Queries that are done, to be used again. All zero, and its list initialised, is empty. */
struct query_pool {
	struct queries spare;
	unsigned count;
};

/* A new query, or one that was done: NULL without memory. */
struct query *query_new(struct query_pool *pool);
void query_done(struct query_pool *pool, struct query *query);

/* Begins to ask about rows, each ended by CRLF. False, and it has failed, without memory. */
bool query_keep_rows(struct query *query, const char *rows, size_t length, const char *status,
    size_t status_length) __attribute__((warn_unused_result));

void query_free(struct query *query);
void query_free_all(struct queries *queries);

#endif
