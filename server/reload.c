/* reload.c - hides how an index is replaced: one coroutine that waits to be asked, has
 * the new one checked on a thread, and hands it over or says why not. */
#include "reload.h"

#include <errno.h>
#include <stdatomic.h>
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
	const char *path; /* not owned */
	reload_loaded *loaded;
	void *arg;
	bool asked;
	atomic_uint done, failed;
	atomic_bool last_failed;
	/* the work, while the executor has it, and its result */
	struct charindex *ci;
	enum charindex_err error;
	int saved_errno;
};

/* On the executor's thread. */
static void
load(void *arg)
{
	struct reload *reload = arg;

	reload->error = charindex_open(reload->path, &reload->ci);
	reload->saved_errno = errno;
	if (reload->error != CHARINDEX_OK)
		return;
	reload->error = charindex_verify(reload->ci);
	if (reload->error != CHARINDEX_OK) {
		charindex_close(reload->ci);
		reload->ci = NULL;
	}
}

static void
finish(struct reload *reload)
{
	struct charindex *ci = reload->ci;

	reload->ci = NULL;
	if (reload->error == CHARINDEX_OK && !reload->loaded(reload->arg, ci))
		reload->error = CHARINDEX_ERR_MEMORY;
	atomic_store(&reload->last_failed, reload->error != CHARINDEX_OK);
	if (reload->error == CHARINDEX_OK) {
		atomic_fetch_add(&reload->done, 1);
		return;
	}
	atomic_fetch_add(&reload->failed, 1);
	log_line(LOG_ERROR, "reload failed, the index stays: %s %s%s%s", reload->path,
	    charindex_strerror(reload->error), reload->error == CHARINDEX_ERR_OPEN ? ": " : "",
	    reload->error == CHARINDEX_ERR_OPEN ? strerror(reload->saved_errno)
	                                        : index_remedy(reload->error));
}

static void
start(struct reload *reload)
{
	reload->asked = false;
	notify_reloading();
	if (executor_start(reload->executor, load, reload))
		return;
	/* no thread: the result is there at once */
	reload->error = CHARINDEX_ERR_MEMORY;
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
reload_new(struct event_base *base, const char *path, reload_loaded *loaded, void *arg)
{
	struct reload *reload = calloc(1, sizeof(*reload));

	if (reload == NULL)
		return NULL;
	reload->path = path;
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
	charindex_close(reload->ci);
	free(reload);
}
