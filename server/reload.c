/* reload.c - hides how an index is replaced: one coroutine that waits to be asked, has
 * the new one checked on a thread, and hands it over or says why not. */
#include "reload.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coro.h"
#include "executor.h"
#include "index_open.h"
#include "log.h"
#include "notify.h"

struct reload {
	struct coro coro;
	struct executor *executor;
	const char *index, *synonyms; /* paths, not owned; the second may be NULL */
	reload_loaded *loaded;
	void *arg;
	bool asked;
	atomic_uint done, failed;
	atomic_bool last_failed;
	/* the work, while the executor has it, and its result */
	struct charindex *ci;
	struct synonyms *table;
	bool right;
	char problem[SYNONYMS_PROBLEM_SIZE]; /* if it is not right */
};

static void
fail(struct reload *reload, enum charindex_err error)
{
	reload->right = false;
	snprintf(reload->problem, sizeof(reload->problem), "%s %s%s%s", reload->index,
	    charindex_strerror(error), error == CHARINDEX_ERR_OPEN ? ": " : "",
	    error == CHARINDEX_ERR_OPEN ? strerror(errno) : index_remedy(error));
}

static void
release(struct reload *reload)
{
	charindex_close(reload->ci);
	synonyms_free(reload->table);
	reload->ci = NULL;
	reload->table = NULL;
}

static void
load_index(struct reload *reload)
{
	enum charindex_err error = charindex_open(reload->index, &reload->ci);

	if (error == CHARINDEX_OK)
		error = charindex_verify(reload->ci);
	if (error != CHARINDEX_OK)
		fail(reload, error);
}

/* On the executor's thread. */
static void
load(void *arg)
{
	struct reload *reload = arg;

	reload->right = true;
	load_index(reload);
	if (reload->right && reload->synonyms != NULL) {
		reload->table = synonyms_read(reload->synonyms, reload->problem);
		reload->right = reload->table != NULL;
	}
	if (!reload->right)
		release(reload);
}

/* Gives away what has been loaded. */
static void
hand_over(struct reload *reload)
{
	struct charindex *ci = reload->ci;
	struct synonyms *table = reload->table;

	reload->ci = NULL;
	reload->table = NULL;
	if (!reload->loaded(reload->arg, ci, table))
		fail(reload, CHARINDEX_ERR_MEMORY);
}

static void
finish(struct reload *reload)
{
	if (reload->right)
		hand_over(reload);
	atomic_store(&reload->last_failed, !reload->right);
	if (reload->right) {
		atomic_fetch_add(&reload->done, 1);
		return;
	}
	atomic_fetch_add(&reload->failed, 1);
	log_line(LOG_ERROR, "reload failed, the index stays: %s", reload->problem);
}

static void
start(struct reload *reload)
{
	reload->asked = false;
	notify_reloading();
	if (executor_start(reload->executor, load, reload))
		return;
	/* no thread: the result is there at once */
	fail(reload, CHARINDEX_ERR_MEMORY);
}

static enum coro_status
run(struct reload *reload)
{
	CORO_BEGIN(&reload->coro);
	for (;;) {
		CORO_AWAIT(&reload->coro, reload->asked);
		start(reload);
		CORO_AWAIT(&reload->coro, executor_done(reload->executor));
		finish(reload);
		notify_ready();
	}
	CORO_END(&reload->coro);
}

static void
resume(void *arg)
{
	run(arg);
}

struct reload *
reload_new(struct event_base *base, const char *index, const char *synonyms, reload_loaded *loaded,
    void *arg)
{
	struct reload *reload = calloc(1, sizeof(*reload));

	if (reload == NULL)
		return NULL;
	reload->index = index;
	reload->synonyms = synonyms;
	reload->loaded = loaded;
	reload->arg = arg;
	reload->executor = executor_new(base, resume, reload);
	if (reload->executor == NULL) {
		free(reload);
		return NULL;
	}
	run(reload);
	return reload;
}

void
reload_ask(struct reload *reload)
{
	reload->asked = true;
	run(reload);
}

struct reload_counts
reload_counts(const struct reload *reload)
{
	return (struct reload_counts){ atomic_load(&reload->done), atomic_load(&reload->failed),
		atomic_load(&reload->last_failed) };
}

void
reload_free(struct reload *reload)
{
	if (reload == NULL)
		return;
	executor_free(reload->executor);
	release(reload);
	free(reload);
}
