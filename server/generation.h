/* generation.h - the index in use, with its synonyms: which one that is, since when, and how all
 * workers get the next one. */
#ifndef GENERATION_H
#define GENERATION_H

#include <stdatomic.h>
#include <stdbool.h>

#include "snapshot.h"
#include "workers.h"

struct generation {
	struct shared_index *shared; /* one reference */
	size_t cache_bytes;          /* of each worker */
	/* for any thread: */
	atomic_uint number;   /* from 1 */
	_Atomic double since; /* in seconds since 1970 */
};

/* Takes over `ci` and `synonyms`, or NULL, as the first one; each worker keeps so many bytes of
 * answers. False without memory: both are still the caller's. */
bool generation_init(struct generation *generation, struct charindex *ci, struct synonyms *synonyms,
    size_t cache_bytes);

/* Takes over both as the next one, and logs it: answers that begin from now on come from it, with each
 * of the workers. False without memory: both are freed, and the one in use stays. */
bool generation_publish(struct generation *generation, struct charindex *ci,
    struct synonyms *synonyms, const struct workers *workers);

void generation_release(struct generation *generation);

#endif
