/* long_way.c - the cache of a snapshot, and the counters that say what it is good for. */
#include "long_way.h"

#include "service.h"
#include "snapshot.h"

bool
long_way_recalls(struct service *service, const struct snapshot *snapshot,
    struct charindex_answer *answer)
{
	bool found = charindex_answer_recall(answer, snapshot->cache);

	if (snapshot->cache != NULL)
		counter_add(&service->counters.values[found ? COUNTER_CACHE_HITS : COUNTER_CACHE_MISSES],
		    1);
	return found;
}

enum charindex_err
long_way_run(struct service *service, const struct snapshot *snapshot,
    struct charindex_answer *answer)
{
	enum charindex_err err = charindex_answer_run_cached(answer, snapshot->cache);

	/* that of an index that has been replaced goes soon */
	if (snapshot->cache != NULL && snapshot->current)
		atomic_store_explicit(&service->counters.cache_bytes, charindex_cache_size(snapshot->cache),
		    memory_order_relaxed);
	return err;
}

enum charindex_err
long_way_begin(struct service *service, struct charindex_answer *answer,
    const struct charindex_settings *settings, struct charindex_text query)
{
	const struct snapshot *snapshot = service->snapshot;

	if (charindex_answer_prepare(answer, snapshot->ci, settings, query.bytes, query.length) ||
	    long_way_recalls(service, snapshot, answer))
		return CHARINDEX_OK;
	return long_way_run(service, snapshot, answer);
}
