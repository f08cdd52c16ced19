/* snapshot.h - an open index, and what queries stand for, in use until the last answer from it is given.
 *
 * A reload publishes a new one; its number is the generation. Workers count the shared index; in a
 * worker, a snapshot of it counts the answers in flight, so that the query path shares no counter
 * with other threads. */
#ifndef SNAPSHOT_H
#define SNAPSHOT_H

#include "charindex.h"
#include "synonyms.h"

struct shared_index;

/* Takes over `ci`, which is closed with the last reference, and `synonyms`, or NULL; `number` is the
 * generation. The caller has the first reference. NULL without memory: both are still the caller's. */
struct shared_index *shared_index_new(struct charindex *ci, struct synonyms *synonyms,
    unsigned number);

/* One more reference, or one less; from any thread. */
struct shared_index *shared_index_acquire(struct shared_index *shared);
void shared_index_release(struct shared_index *shared);

unsigned shared_index_number(const struct shared_index *shared);

/* A worker's share in it: for one thread at a time. */
struct snapshot {
	const struct charindex *ci;
	const struct synonyms *synonyms; /* NULL: there are none */
	struct charindex_cache *cache;   /* owned, of answers from it; NULL: none are kept */
	struct shared_index *shared;     /* one reference */
	unsigned answers;                /* in flight */
	bool current;                    /* new answers come from it */
};

/* A current snapshot of `shared`, of which it acquires a reference, with a cache of so many bytes, or
 * none if that is 0: NULL without memory. */
struct snapshot *snapshot_new(struct shared_index *shared, size_t cache_bytes);

/* An answer begins, and ends. A snapshot that is not current ends with its last answer. */
struct snapshot *snapshot_hold(struct snapshot *snapshot);
void snapshot_drop(struct snapshot *snapshot);

/* No new answers will come from the snapshot. NULL is allowed. */
void snapshot_retire(struct snapshot *snapshot);

#endif
