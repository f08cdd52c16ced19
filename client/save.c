/* save.c - files, each written under another name first. */
#include "save.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "executor.h"
#include "task.h"

struct save {
	struct task task; /* first */
	struct coro coro;
	struct call run;
	struct executor *executor;
	const char *directory, *suffix; /* not owned */
	int fd;
	void (*saved)(void *arg, struct query *query);
	void *arg;
	struct queries waiting, saving;
	bool has_task;
	atomic_bool cancelled;
	unsigned count;    /* of those that are being saved, so many have been */
	char problem[256]; /* "": there is none */
};

#define NAME_SIZE 64

/* ---- on the thread --------------------------------------------------------------------------- */

static void
fail(struct save *save, const char *name)
{
	snprintf(save->problem, sizeof(save->problem), "%.120s/%s: %s", save->directory, name,
	    strerror(errno));
}

static bool
write_file(int fd, const struct strbuf *text)
{
	size_t done = 0;

	while (done < text->length) {
		ssize_t n = write(fd, text->text + done, text->length - done);

		if (n >= 0)
			done += (size_t)n;
		else if (errno != EINTR)
			return false;
	}
	return true;
}

static void
save_query(struct save *save, const struct query *query)
{
	char name[NAME_SIZE], other_name[NAME_SIZE + 8];
	bool written;
	int fd;

	snprintf(name, sizeof(name), "%06" PRIu64 ".%s", query->line, save->suffix);
	snprintf(other_name, sizeof(other_name), ".%s.new", name);
	fd = openat(save->fd, other_name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0) {
		fail(save, name);
		return;
	}
	written = write_file(fd, &query->answer);
	/* some file systems say only now that the disk is full */
	if (close(fd) != 0)
		written = false;
	if (written && renameat(save->fd, other_name, save->fd, name) == 0)
		return;
	fail(save, name);
	unlinkat(save->fd, other_name, 0);
}

static void
save_all(void *arg)
{
	struct save *save = arg;
	struct query *query;

	save->count = 0;
	TAILQ_FOREACH(query, &save->saving, link)
	{
		if (atomic_load(&save->cancelled))
			return;
		if (query->outcome <= OUTCOME_NO_MATCH)
			save_query(save, query);
		if (save->problem[0] != '\0')
			return;
		save->count++;
	}
}

/* ---- on the loop ----------------------------------------------------------------------------- */

static void
end_saving(struct save *save)
{
	struct query *query;

	for (; save->count > 0; save->count--) {
		query = TAILQ_FIRST(&save->saving);
		TAILQ_REMOVE(&save->saving, query, link);
		save->saved(save->arg, query);
	}
	save->saved(save->arg, NULL);
}

static enum coro_status
run(struct task *task)
{
	struct save *save = (struct save *)task;

	CORO_BEGIN(&save->coro);
	for (;;) {
		CORO_AWAIT(&save->coro,
		    !TAILQ_EMPTY(&save->waiting) && save->problem[0] == '\0' &&
		        !atomic_load(&save->cancelled));
		TAILQ_CONCAT(&save->saving, &save->waiting, link);
		if (!executor_start(save->executor, save_all, save))
			save_all(save);
		CORO_AWAIT(&save->coro, executor_done(save->executor));
		end_saving(save);
	}
	CORO_END(&save->coro);
}

static void
cleanup(struct task *task)
{
	((struct save *)task)->has_task = false;
}

static void
resume(void *arg)
{
	struct save *save = arg;

	if (save->has_task)
		task_resume(&save->task);
}

struct save *
save_new(struct event_base *base, const char *directory, const char *suffix,
    struct task_group *group, struct call_queue *calls,
    void (*saved)(void *arg, struct query *query), void *arg)
{
	static const struct task_kind kind = { run, cleanup };
	struct save *save = calloc(1, sizeof(*save));

	if (save == NULL)
		return NULL;
	save->directory = directory;
	save->suffix = suffix;
	save->saved = saved;
	save->arg = arg;
	TAILQ_INIT(&save->waiting);
	TAILQ_INIT(&save->saving);
	call_init(&save->run, calls, resume, save);
	save->fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (save->fd >= 0)
		save->executor = executor_new(base, resume, save);
	if (save->executor == NULL) {
		int error = errno;

		save_free(save, NULL);
		errno = error;
		return NULL;
	}
	save->has_task = true;
	task_spawn(&save->task, &kind, group);
	return save;
}

void
save_put(struct save *save, struct query *query)
{
	TAILQ_INSERT_TAIL(&save->waiting, query, link);
	call_soon(&save->run);
}

void
save_cancel(struct save *save)
{
	atomic_store(&save->cancelled, true);
}

bool
save_is_done(const struct save *save)
{
	return executor_done(save->executor) &&
	    (TAILQ_EMPTY(&save->waiting) || save->problem[0] != '\0' || atomic_load(&save->cancelled));
}

const char *
save_problem(const struct save *save)
{
	return executor_done(save->executor) && save->problem[0] != '\0' ? save->problem : NULL;
}

void
save_free(struct save *save, struct queries *left)
{
	if (save == NULL)
		return;
	executor_free(save->executor);
	if (save->has_task)
		task_cancel(&save->task);
	call_cancel(&save->run);
	if (left != NULL) {
		TAILQ_CONCAT(left, &save->saving, link);
		TAILQ_CONCAT(left, &save->waiting, link);
	}
	if (save->fd >= 0)
		close(save->fd);
	free(save);
}
