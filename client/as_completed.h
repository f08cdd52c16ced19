/* as_completed.h - queries in the order in which they are printed: that of the list, or as they
 * are completed (asyncio.as_completed). In the order of the list, at most AS_COMPLETED_SPAN are
 * between the one that is due and the last that has been begun: what is behind one that takes long
 * does not pile up. */
#ifndef AS_COMPLETED_H
#define AS_COMPLETED_H

#include "batch_query.h"

/* A power of two. */
#define AS_COMPLETED_SPAN 16384

struct as_completed {
	bool ordered;
	uint64_t next;        /* sequence of the one that is due */
	struct query **begun; /* if ordered: by sequence, modulo the span */
	struct queries queue; /* else */
};

/* False if there is no memory. */
bool as_completed_init(struct as_completed *as_completed, bool ordered)
    __attribute__((warn_unused_result));
void as_completed_release(struct as_completed *as_completed);

/* May the query with this sequence be begun? To be awaited. */
bool as_completed_has_room(const struct as_completed *as_completed, uint64_t sequence);

/* The query has been begun; its sequence is one more than the last one's. */
void as_completed_begin(struct as_completed *as_completed, struct query *query);

/* It is completed. */
void as_completed_put(struct as_completed *as_completed, struct query *query);

/* The next that is completed, or NULL if it is not yet. To be awaited. It is the caller's. */
struct query *as_completed_next(struct as_completed *as_completed);

/* Takes what is completed and not due, in any order, when there will be no more: NULL if there is
 * none. */
struct query *as_completed_rest(struct as_completed *as_completed);

/* The one that all others wait for, completed or not; NULL if there is none, or no order. */
const struct query *as_completed_due(const struct as_completed *as_completed);

#endif
