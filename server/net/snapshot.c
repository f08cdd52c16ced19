/* snapshot.c - counts who uses an index, so that one that has been replaced is closed in time. */
#include "snapshot.h"

#include <stdatomic.h>
#include <stdlib.h>

struct shared_index {
	struct charindex *ci;      /* owned */
	struct synonyms *synonyms; /* owned; NULL: there are none */
	unsigned number;
	atomic_uint references;
};

struct shared_index *
shared_index_new(struct charindex *ci, struct synonyms *synonyms, unsigned number)
{
	struct shared_index *shared = malloc(sizeof(*shared));

	if (shared == NULL)
		return NULL;
	shared->ci = ci;
	shared->synonyms = synonyms;
	shared->number = number;
	atomic_init(&shared->references, 1);
	return shared;
}

struct shared_index *
shared_index_acquire(struct shared_index *shared)
{
	atomic_fetch_add(&shared->references, 1);
	return shared;
}

void
shared_index_release(struct shared_index *shared)
{
	if (atomic_fetch_sub(&shared->references, 1) != 1)
		return;
	charindex_close(shared->ci);
	synonyms_free(shared->synonyms);
	free(shared);
}

unsigned
shared_index_number(const struct shared_index *shared)
{
	return shared->number;
}

struct snapshot *
snapshot_new(struct shared_index *shared, size_t cache_bytes)
{
	struct snapshot *snapshot = malloc(sizeof(*snapshot));
	struct charindex_cache *cache = cache_bytes > 0 ? charindex_cache_new(cache_bytes) : NULL;

	if (snapshot == NULL || (cache_bytes > 0 && cache == NULL)) {
		charindex_cache_free(cache);
		free(snapshot);
		return NULL;
	}
	*snapshot = (struct snapshot){
		.ci = shared->ci,
		.synonyms = shared->synonyms,
		.cache = cache,
		.shared = shared_index_acquire(shared),
		.current = true,
	};
	return snapshot;
}

static void
end_if_unused(struct snapshot *snapshot)
{
	if (snapshot->current || snapshot->answers > 0)
		return;
	charindex_cache_free(snapshot->cache);
	shared_index_release(snapshot->shared);
	free(snapshot);
}

struct snapshot *
snapshot_hold(struct snapshot *snapshot)
{
	snapshot->answers++;
	return snapshot;
}

void
snapshot_drop(struct snapshot *snapshot)
{
	snapshot->answers--;
	end_if_unused(snapshot);
}

void
snapshot_retire(struct snapshot *snapshot)
{
	if (snapshot == NULL)
		return;
	snapshot->current = false;
	end_if_unused(snapshot);
}
