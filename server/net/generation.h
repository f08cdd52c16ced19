/* generation.h - an open index that is in use until the last answer from it is given.
 *
 * A reload publishes a new generation. Generations are counted by the workers that use
 * them; in a worker, a lease counts the answers in flight, so that the query path
 * shares no counter with other threads. */
#ifndef GENERATION_H
#define GENERATION_H

#include "charindex.h"

struct generation;

/* Takes over `ci`, which the generation closes with its last reference. The caller has
 * the first one. NULL without memory: `ci` is still the caller's. */
struct generation *generation_new(struct charindex *ci, unsigned number);

/* One more reference, or one less; from any thread. */
struct generation *generation_acquire(struct generation *generation);
void generation_release(struct generation *generation);

unsigned generation_number(const struct generation *generation);
const struct charindex *generation_index(const struct generation *generation);

/* A worker's share of a generation: for one thread at a time. */
struct lease {
	const struct charindex *ci;
	struct generation *generation; /* one reference */
	unsigned answers;              /* in flight */
	bool current;                  /* new answers come from it */
};

/* A current lease on `generation`, of which it acquires a reference: NULL without
 * memory. */
struct lease *lease_new(struct generation *generation);

/* An answer begins, and ends. A lease that is not current ends with its last answer. */
struct lease *lease_hold(struct lease *lease);
void lease_drop(struct lease *lease);

/* No new answers will come from the lease. NULL is allowed. */
void lease_retire(struct lease *lease);

#endif
