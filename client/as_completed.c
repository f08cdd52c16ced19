/* as_completed.c - a ring of those in order, a queue of those that are not. */
#include "as_completed.h"

#include <stdlib.h>

static struct query **
place(const struct as_completed *as_completed, uint64_t sequence)
{
	return &as_completed->begun[sequence % AS_COMPLETED_SPAN];
}

bool
as_completed_init(struct as_completed *as_completed, bool ordered)
{
	*as_completed = (struct as_completed){ .ordered = ordered };
	TAILQ_INIT(&as_completed->queue);
	if (ordered)
		as_completed->begun = calloc(AS_COMPLETED_SPAN, sizeof(struct query *));
	return !ordered || as_completed->begun != NULL;
}

void
as_completed_release(struct as_completed *as_completed)
{
	free(as_completed->begun);
}

bool
as_completed_has_room(const struct as_completed *as_completed, uint64_t sequence)
{
	return !as_completed->ordered || sequence - as_completed->next < AS_COMPLETED_SPAN;
}

void
as_completed_begin(struct as_completed *as_completed, struct query *query)
{
	query->completed = false;
	if (as_completed->ordered)
		*place(as_completed, query->sequence) = query;
}

void
as_completed_put(struct as_completed *as_completed, struct query *query)
{
	query->completed = true;
	if (!as_completed->ordered)
		TAILQ_INSERT_TAIL(&as_completed->queue, query, link);
}

const struct query *
as_completed_due(const struct as_completed *as_completed)
{
	return as_completed->ordered ? *place(as_completed, as_completed->next) : NULL;
}

struct query *
as_completed_next(struct as_completed *as_completed)
{
	struct query *query;

	if (!as_completed->ordered) {
		query = TAILQ_FIRST(&as_completed->queue);
		if (query != NULL)
			TAILQ_REMOVE(&as_completed->queue, query, link);
		return query;
	}
	query = *place(as_completed, as_completed->next);
	if (query == NULL || !query->completed)
		return NULL;
	*place(as_completed, as_completed->next++) = NULL;
	return query;
}

struct query *
as_completed_rest(struct as_completed *as_completed)
{
	struct query *query;

	if (!as_completed->ordered)
		return as_completed_next(as_completed);
	for (unsigned i = 0; i < AS_COMPLETED_SPAN; i++) {
		query = as_completed->begun[i];
		as_completed->begun[i] = NULL;
		if (query != NULL && query->completed)
			return query;
	}
	return NULL;
}
