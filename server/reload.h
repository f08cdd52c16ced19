/* reload.h - a new index in place of the one being served, without a pause. */
#ifndef RELOAD_H
#define RELOAD_H

#include <stdbool.h>

#include "charindex.h"

struct event_base;
struct reload;

/* Called on the loop with an index that has been opened and verified, which the callee
 * then owns. False without memory: the index that was there stays. */
typedef bool reload_loaded(void *arg, struct charindex *ci);

struct reload_counts {
	unsigned done, failed;
	bool last_failed; /* false if there was none */
};

/* Reloads from `path` when asked to. The reload runs on `base`'s loop; the checking of
 * the index on a thread of its own. NULL without memory or descriptors. */
struct reload *reload_new(struct event_base *base, const char *path, reload_loaded *loaded,
    void *arg);

/* Asks for a reload; one that is going on is followed by another. */
void reload_ask(struct reload *reload);

/* From any thread. */
struct reload_counts reload_counts(const struct reload *reload);

/* Waits for a reload that is going on. NULL is allowed. */
void reload_free(struct reload *reload);

#endif
