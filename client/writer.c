/* writer.c - two pieces of text: one is filled while the other is written. */
#include "writer.h"

#include <errno.h>
#include <event2/event.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clock.h"
#include "executor.h"
#include "strbuf.h"
#include "task.h"

/* Bytes that may wait, and what is kept of the room for them; those that are worth a call. */
enum { MOST = 1 << 20, MUCH = 1 << 18 };

/* How long less than that may wait for more, ns. */
#define PATIENCE 20000000u

struct writer {
	struct task task; /* first */
	struct coro coro;
	struct call run;
	struct call *wake;
	struct executor *executor; /* NULL: writing makes nobody wait */
	struct event *timer;       /* if so */
	bool waits, is_due;        /* the timer runs; it has run out, or will not be waited for */
	int fd;
	struct strbuf filled, written;
	bool has_task, ends;
	int error;
	int write_error; /* the thread's, while it writes */
};

static void
write_all(void *arg)
{
	struct writer *writer = arg;
	size_t done = 0;

	while (done < writer->written.length && writer->write_error == 0) {
		ssize_t n = write(writer->fd, writer->written.text + done, writer->written.length - done);

		if (n >= 0)
			done += (size_t)n;
		else if (errno != EINTR)
			writer->write_error = errno;
	}
}

static void
swap(struct writer *writer)
{
	struct strbuf empty = writer->written;

	writer->written = writer->filled;
	writer->filled = empty;
	writer->is_due = writer->ends;
	strbuf_clear(&writer->filled, MOST);
}

/* What has been written, or cannot be. */
static void
end_writing(struct writer *writer)
{
	strbuf_clear(&writer->written, MOST);
	if (writer->error == 0)
		writer->error = writer->write_error;
	if (writer->error != 0)
		strbuf_clear(&writer->filled, 0);
	call_soon(writer->wake);
}

/* Is there something to write, and no reason to put it off? */
static bool
has_enough(struct writer *writer)
{
	struct timeval time = clock_timeval(PATIENCE);
	size_t length = writer->filled.length;

	if (length == 0 || length >= MUCH || writer->executor != NULL || writer->is_due)
		return length > 0;
	if (!writer->waits && event_add(writer->timer, &time) != 0)
		return true;
	writer->waits = true;
	return false;
}

static enum coro_status
run(struct task *task)
{
	struct writer *writer = (struct writer *)task;

	CORO_BEGIN(&writer->coro);
	for (;;) {
		CORO_AWAIT(&writer->coro, has_enough(writer) && writer->error == 0);
		swap(writer);
		if (writer->executor == NULL || !executor_start(writer->executor, write_all, writer))
			write_all(writer);
		else
			CORO_AWAIT(&writer->coro, executor_done(writer->executor));
		end_writing(writer);
	}
	CORO_END(&writer->coro);
}

static void
cleanup(struct task *task)
{
	((struct writer *)task)->has_task = false;
}

static void
resume(void *arg)
{
	struct writer *writer = arg;

	if (writer->has_task)
		task_resume(&writer->task);
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct writer *writer = arg;

	(void)fd, (void)what;
	writer->waits = false;
	writer->is_due = true;
	resume(writer);
}

/* Files, and /dev/null, take what they are given. */
static bool
makes_wait(int fd)
{
	struct stat status;

	return fstat(fd, &status) == 0 && !S_ISREG(status.st_mode) &&
	    !(S_ISCHR(status.st_mode) && isatty(fd) == 0);
}

struct writer *
writer_new(struct event_base *base, int fd, struct task_group *group, struct call_queue *calls,
    struct call *wake)
{
	static const struct task_kind kind = { run, cleanup };
	struct writer *writer = calloc(1, sizeof(*writer));

	if (writer == NULL)
		return NULL;
	writer->fd = fd;
	writer->wake = wake;
	call_init(&writer->run, calls, resume, writer);
	if (makes_wait(fd))
		writer->executor = executor_new(base, resume, writer);
	else
		writer->timer = evtimer_new(base, on_timer, writer);
	if (writer->executor == NULL && writer->timer == NULL) {
		free(writer);
		return NULL;
	}
	writer->has_task = true;
	task_spawn(&writer->task, &kind, group);
	return writer;
}

bool
writer_has_room(const struct writer *writer)
{
	return writer->filled.length < MOST;
}

void
writer_put(struct writer *writer, const char *text, size_t length)
{
	if (writer->error != 0)
		return;
	strbuf_put(&writer->filled, text, length);
	if (writer->filled.failed)
		writer->error = ENOMEM;
	call_soon(&writer->run);
}

size_t
writer_held(const struct writer *writer)
{
	return writer->filled.length + writer->written.length;
}

void
writer_end(struct writer *writer)
{
	writer->ends = writer->is_due = true;
	call_soon(&writer->run);
}

bool
writer_is_done(const struct writer *writer)
{
	bool busy = writer->executor != NULL && !executor_done(writer->executor);

	return !busy && (writer->error != 0 || writer->filled.length == 0);
}

int
writer_error(const struct writer *writer)
{
	return writer->error;
}

void
writer_free(struct writer *writer)
{
	if (writer == NULL)
		return;
	executor_free(writer->executor);
	if (writer->has_task)
		task_cancel(&writer->task);
	call_cancel(&writer->run);
	if (writer->timer != NULL)
		event_free(writer->timer);
	strbuf_release(&writer->filled);
	strbuf_release(&writer->written);
	free(writer);
}
