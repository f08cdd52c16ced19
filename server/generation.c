/* generation.c - one index for all workers, each of which counts its own answers from it. */
#include "generation.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "log.h"
#include "worker.h"

static double
seconds_since_1970(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (double)now.tv_sec + (double)(now.tv_nsec / 1000000) / 1000;
}

static void
use(struct generation *generation, struct shared_index *shared)
{
	generation->shared = shared;
	atomic_store(&generation->since, seconds_since_1970());
	atomic_store(&generation->number, shared_index_number(shared));
}

bool
generation_init(struct generation *generation, struct charindex *ci, struct synonyms *synonyms,
    size_t cache_bytes)
{
	struct shared_index *shared = shared_index_new(ci, synonyms, 1);

	generation->cache_bytes = cache_bytes;
	if (shared != NULL)
		use(generation, shared);
	return shared != NULL;
}

/* A snapshot on `shared` for each worker, or NULL without memory. */
static struct snapshot **
snapshots_for_all(struct shared_index *shared, size_t cache_bytes, unsigned count)
{
	struct snapshot **snapshots = calloc(count, sizeof(*snapshots));
	unsigned made = 0;

	if (snapshots == NULL)
		return NULL;
	while (made < count && (snapshots[made] = snapshot_new(shared, cache_bytes)) != NULL)
		made++;
	if (made == count)
		return snapshots;
	while (made > 0)
		snapshot_retire(snapshots[--made]);
	free(snapshots);
	return NULL;
}

static void
log_reload(unsigned number, const struct charindex *ci, const struct synonyms *synonyms)
{
	struct charindex_info info = charindex_info(ci);
	char counted[sizeof(" synonyms=") + 20] = "";

	if (synonyms != NULL)
		snprintf(counted, sizeof(counted), " synonyms=%u", synonyms_count(synonyms));
	log_line(LOG_EVENT, "reloaded generation=%u unicode=%s characters=%u words=%u%s", number,
	    info.unicode_version, (unsigned)info.row_count, (unsigned)info.term_count, counted);
}

bool
generation_publish(struct generation *generation, struct charindex *ci, struct synonyms *synonyms,
    const struct workers *workers)
{
	unsigned number = shared_index_number(generation->shared) + 1;
	struct shared_index *shared = shared_index_new(ci, synonyms, number);
	struct snapshot **snapshots;

	if (shared == NULL) {
		charindex_close(ci);
		synonyms_free(synonyms);
		return false;
	}
	snapshots = snapshots_for_all(shared, generation->cache_bytes, workers->count);
	if (snapshots == NULL) {
		shared_index_release(shared);
		return false;
	}
	for (unsigned i = 0; i < workers->count; i++)
		worker_publish(workers->worker[i], snapshots[i]);
	free(snapshots);
	shared_index_release(generation->shared);
	use(generation, shared);
	log_reload(number, ci, synonyms);
	return true;
}

void
generation_release(struct generation *generation)
{
	shared_index_release(generation->shared);
}
