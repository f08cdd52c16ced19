/* batch_query.c - the life of queries, and why one has no answer. */
#include "batch_query.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "controls.h"

/* So many are kept. */
#define MOST_SPARE 1024

void
query_fail(struct query *query, enum outcome outcome, const char *format, ...)
{
	va_list args;

	query->outcome = outcome;
	strbuf_clear(&query->answer, SIZE_MAX);
	va_start(args, format);
	vsnprintf(query->problem, sizeof(query->problem), format, args);
	va_end(args);
	controls_hide(query->problem, strlen(query->problem));
}

bool
query_keep_rows(struct query *query, const char *rows, size_t length, const char *status,
    size_t status_length)
{
	strbuf_clear(&query->rows, SIZE_MAX);
	strbuf_put(&query->rows, rows, length);
	strbuf_put(&query->rows, status, status_length);
	query->has_rows = true;
	query->rows_length = length;
	query->asked = query->told = 0;
	if (query->rows.failed)
		query_fail(query, OUTCOME_LOST, "out of memory");
	return !query->rows.failed;
}

void
query_free(struct query *query)
{
	strbuf_release(&query->text);
	strbuf_release(&query->answer);
	strbuf_release(&query->rows);
	free(query);
}

void
query_free_all(struct queries *queries)
{
	struct query *query;

	while ((query = TAILQ_FIRST(queries)) != NULL) {
		TAILQ_REMOVE(queries, query, link);
		query_free(query);
	}
}

struct query *
query_new(struct query_pool *pool)
{
	struct query *query = TAILQ_FIRST(&pool->spare);

	if (query == NULL)
		return calloc(1, sizeof(*query));
	TAILQ_REMOVE(&pool->spare, query, link);
	pool->count--;
	query->has_rows = false;
	query->breaks = 0;
	query->holder = NULL;
	query->problem[0] = '\0';
	return query;
}

void
query_done(struct query_pool *pool, struct query *query)
{
	if (pool->count == MOST_SPARE) {
		query_free(query);
		return;
	}
	strbuf_clear(&query->text, QUERY_KEPT_ROOM);
	strbuf_clear(&query->answer, QUERY_KEPT_ROOM);
	strbuf_clear(&query->rows, QUERY_KEPT_ROOM);
	TAILQ_INSERT_HEAD(&pool->spare, query, link);
	pool->count++;
}
