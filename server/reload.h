/* reload.h - a new index, and synonyms, in place of those being served, without a pause. */
#ifndef RELOAD_H
#define RELOAD_H

#include <stdbool.h>

#include "charindex.h"
#include "synonyms.h"

struct event_base;
struct reload;

/* Called on the loop with an index that has been opened and verified, and synonyms or NULL, which the
 * callee then owns. False without memory: what was there stays. */
typedef bool reload_loaded(void *arg, struct charindex *ci, struct synonyms *synonyms);

struct reload_counts {
	unsigned done, failed;
	bool last_failed; /* false if there was none */
};

/* Reloads the index, and the synonyms if that path is not NULL, when asked to. The reload runs on
 * `base`'s loop; the checking on a thread of its own. NULL without memory or descriptors. */
struct reload *reload_new(struct event_base *base, const char *index, const char *synonyms,
    reload_loaded *loaded, void *arg);

/* Asks for a reload; one that is going on is followed by another. */
void reload_ask(struct reload *reload);

/* From any thread. */
struct reload_counts reload_counts(const struct reload *reload);

/* Waits for a reload that is going on. NULL is allowed. */
void reload_free(struct reload *reload);

#endif
