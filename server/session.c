/* session.c - hides how a connection lives and how it ends. */
#include "session.h"

#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#include "address.h"
#include "log.h"
#include "prompt.h"
#include "stream.h"

/* How long a client may take to close its side after we have closed ours. */
#define LINGER_SECONDS 2

struct session {
	struct task task; /* first: a task is a session */
	struct coro coro;
	unsigned linger_until; /* in host->seconds; 0: not yet */
	bool cancelled;
	struct session_host *host;
	struct stream stream;
	struct prompt prompt;
};

/* The conversation; then everything is sent; then, so that no reset overtakes it, the
 * client closes its side too or has had the time to. */
static enum coro_status
converse(struct session *session)
{
	CORO_BEGIN(&session->coro);
	CORO_AWAIT(&session->coro, prompt_run(&session->prompt) == CORO_DONE);
	CORO_AWAIT(&session->coro, stream_flushed(&session->stream));
	stream_shut_down(&session->stream);
	session->linger_until = session->host->seconds + LINGER_SECONDS + 1;
	CORO_AWAIT(&session->coro, stream_client_gone(&session->stream) ||
	    session->host->seconds >= session->linger_until);
	CORO_END(&session->coro);
}

static enum coro_status
run(struct task *task)
{
	struct session *session = (struct session *)task;
	enum coro_status status;

	if (stream_broken(&session->stream))
		return CORO_DONE;
	stream_begin_turn(&session->stream);
	status = converse(session);
	stream_end_turn(&session->stream);
	return stream_broken(&session->stream) ? CORO_DONE : status;
}

static enum close_reason
reason(const struct session *session)
{
	if (session->cancelled)
		return CLOSE_CANCELLED;
	if (stream_broken(&session->stream))
		return stream_reason(&session->stream);
	return prompt_reason(&session->prompt);
}

static void
cleanup(struct task *task)
{
	struct session *session = (struct session *)task;

	log_line("c%llu closed reason=%s queries=%llu", (unsigned long long)session->prompt.connection,
	    close_reason_name(reason(session)), (unsigned long long)session->prompt.queries);
	prompt_release(&session->prompt);
	stream_release(&session->stream);
	free(session);
}

static const struct task_kind session_kind = { run, cleanup };

static void
log_answer(uint64_t connection, const char *status, size_t length)
{
	log_line("c%llu answered %.*s", (unsigned long long)connection, (int)length, status);
}

void
session_spawn(struct session_host *host, int fd, const struct sockaddr *peer)
{
	struct session *session = calloc(1, sizeof(*session));
	uint64_t connection = host->next_connection;
	char name[ADDRESS_SIZE];

	host->next_connection += host->connection_step;
	log_line("c%llu opened peer=%s", (unsigned long long)connection, address_format(peer, name));
	if (session == NULL || !stream_init(&session->stream, host->pool, fd, session)) {
		log_line("c%llu closed reason=%s queries=0", (unsigned long long)connection,
		    close_reason_name(CLOSE_NO_MEMORY));
		free(session);
		close(fd);
		return;
	}
	session->host = host;
	prompt_init(&session->prompt, &session->stream, host->ci, host->verbose ? log_answer : NULL,
	    connection);
	task_spawn(&session->task, &session_kind, &host->tasks);
}

void
session_turn(void *owner)
{
	struct session *session = owner;

	task_resume(&session->task);
}

static void
tick_one(struct task *task)
{
	struct session *session = (struct session *)task;

	if (session->linger_until != 0 && session->host->seconds >= session->linger_until)
		task_resume(task);
}

void
session_tick(struct session_host *host)
{
	host->seconds++;
	task_group_each(&host->tasks, tick_one);
}

static void
end_one(struct task *task)
{
	struct session *session = (struct session *)task;

	stream_end_input(&session->stream, CLOSE_SHUTDOWN);
}

void
session_end_all(struct session_host *host)
{
	task_group_each(&host->tasks, end_one);
}

static void
cancel_one(struct task *task)
{
	struct session *session = (struct session *)task;

	session->cancelled = true;
	task_cancel(task);
}

void
session_cancel_all(struct session_host *host)
{
	task_group_each(&host->tasks, cancel_one);
}
