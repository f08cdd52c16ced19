/* session.c - hides how a connection lives and how it ends. */
#include "session.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "address.h"
#include "admission.h"
#include "log.h"
#include "proxy_header.h"
#include "stream.h"

/* How long a client may take to close its side after we have closed ours. */
#define LINGER_SECONDS 2

static const char too_many_clients[] = "Error: too many clients\r\n";

/* What a session waits for: each has its own limit of time. */
enum wait {
	WAIT_NONE, /* not yet waiting */
	WAIT_PROXY_HEADER,
	WAIT_QUERY,
	WAIT_LINE_END,
	WAIT_READER,
	WAIT_CLOSE,
};

struct session {
	struct task task; /* first: a task is a session */
	struct coro coro;
	uint8_t wait;      /* enum wait */
	bool proxied;      /* a PROXY header comes first */
	bool turned_away;  /* there are too many clients from its address */
	bool cut_short;    /* ended for `reason`, before its time */
	uint8_t reason;    /* enum close_reason */
	uint32_t lines;    /* stream_lines() when the wait began */
	unsigned deadline; /* of the wait, in host->seconds; 0: none */
	unsigned begun;    /* when the wait began, in host->seconds */
	struct session_host *host;
	struct admission_place *place;
	uint64_t busy_since; /* when the turn began that began the answer, in nanoseconds */
	struct stream stream;
	struct prompt prompt;
};

static unsigned long long
number(const struct session *session)
{
	return session->prompt.connection;
}

static struct session *
session_of(struct task *task)
{
	return (struct session *)task;
}

/* ---- beginning ----------------------------------------------------------------- */

static void
log_opened(uint64_t connection, const struct sockaddr *peer, const char *how)
{
	char name[ADDRESS_SIZE];

	log_line("c%llu %s peer=%s", (unsigned long long)connection, how, address_format(peer, name));
}

/* Closes a connection that is not to be, after a word to the client. */
static void
refuse(struct session_host *host, int fd, const struct sockaddr *peer, enum counter counter,
    const char *reason)
{
	char name[ADDRESS_SIZE];
	char unread[4096];

	counter_add(&host->counters.values[counter], 1);
	log_line("refused peer=%s reason=%s", address_format(peer, name), reason);
	send(fd, too_many_clients, strlen(too_many_clients), MSG_NOSIGNAL | MSG_DONTWAIT);
	/* Input that nobody reads would turn the close into a reset, which overtakes it. To go
	 * on until there is none would be to wait for who goes on sending. */
	for (int n = 0; n < 16 && recv(fd, unread, sizeof(unread), MSG_DONTWAIT) > 0; n++)
		;
	shutdown(fd, SHUT_WR);
	close(fd);
}

/* A place for the client behind the proxy; if there is none, the client is told so. */
static void
take_proxied_place(struct session *session, const struct sockaddr *client)
{
	if (admission_take_place(session->host->admission, client, &session->place) == ADMISSION_GRANTED)
		return;
	stream_puts(&session->stream, too_many_clients);
	session->turned_away = true;
	counter_add(&session->host->counters.values[COUNTER_REFUSED_ADDRESS], 1);
}

/* Reads the PROXY header: false until it is there, or it is clear that it will not be. */
static bool
proxy_header_done(struct session *session)
{
	struct proxy_source source;
	const char *bytes;
	size_t size = 0, length = stream_peek(&session->stream, PROXY_HEADER_MAX, &bytes);
	enum proxy_status status = proxy_header_read(bytes, length, &source, &size);

	if (status == PROXY_PARTIAL && !stream_input_ended(&session->stream))
		return false;
	if (status != PROXY_READY) {
		session->turned_away = session->cut_short = true;
		session->reason = status == PROXY_PARTIAL &&
		        stream_reason(&session->stream) == CLOSE_SHUTDOWN ?
		    CLOSE_SHUTDOWN : CLOSE_PROXY_HEADER;
		return true;
	}
	stream_skip(&session->stream, size);
	if (source.known) {
		log_opened(session->prompt.connection, (struct sockaddr *)&source.address, "proxied");
		take_proxied_place(session, (struct sockaddr *)&source.address);
	}
	return true;
}

/* ---- living -------------------------------------------------------------------- */

/* The conversation; then everything is sent; then, so that no reset overtakes it, the
 * client closes its side too or has had the time to. */
static enum coro_status
converse(struct session *session)
{
	CORO_BEGIN(&session->coro);
	if (session->proxied)
		CORO_AWAIT(&session->coro, proxy_header_done(session));
	session->proxied = false;
	if (!session->turned_away)
		CORO_AWAIT(&session->coro, prompt_run(&session->prompt) == CORO_DONE);
	CORO_AWAIT(&session->coro, stream_flushed(&session->stream));
	stream_shut_down(&session->stream);
	CORO_AWAIT(&session->coro, stream_client_gone(&session->stream));
	CORO_END(&session->coro);
}

static enum wait
current_wait(const struct session *session)
{
	static const enum wait waits[] = {
		[STREAM_IDLE] = WAIT_QUERY,
		[STREAM_IN_LINE] = WAIT_LINE_END,
		[STREAM_WRITING] = WAIT_READER,
	};

	if (stream_is_shut_down(&session->stream))
		return WAIT_CLOSE;
	if (session->proxied)
		return WAIT_PROXY_HEADER;
	return waits[stream_state(&session->stream)];
}

static unsigned
time_limit(const struct session *session, enum wait wait)
{
	const struct session_limits *limits = &session->host->limits;

	switch (wait) {
	case WAIT_NONE:
		return 0;
	case WAIT_PROXY_HEADER:
	case WAIT_LINE_END:
		return limits->line;
	case WAIT_QUERY:
		return limits->idle;
	case WAIT_READER:
		return limits->answer;
	case WAIT_CLOSE:
		return LINGER_SECONDS;
	}
	return 0;
}

/* Sets the deadline when a new wait has begun: for another thing, or after a line. */
static void
watch_the_clock(struct session *session)
{
	enum wait wait = current_wait(session);
	uint32_t lines = stream_lines(&session->stream);
	unsigned limit;

	if (wait == session->wait && lines == session->lines)
		return;
	session->wait = (uint8_t)wait;
	session->lines = lines;
	session->begun = session->host->seconds;
	limit = time_limit(session, wait);
	/* the second that has begun does not count */
	session->deadline = limit > 0 ? session->host->seconds + limit + 1 : 0;
}

static uint64_t
nanoseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static enum coro_status
run(struct task *task)
{
	struct session *session = session_of(task);
	uint64_t queries = session->prompt.queries;
	enum coro_status status;

	if (stream_broken(&session->stream))
		return CORO_DONE;
	if (session->prompt.answer == NULL)
		session->busy_since = nanoseconds();
	stream_begin_turn(&session->stream);
	status = converse(session);
	stream_end_turn(&session->stream);
	queries = session->prompt.queries - queries;
	if (queries > 0)
		counters_add_answers(&session->host->counters, queries,
		    nanoseconds() - session->busy_since);
	watch_the_clock(session);
	return stream_broken(&session->stream) ? CORO_DONE : status;
}

/* ---- ending -------------------------------------------------------------------- */

static enum close_reason
reason(const struct session *session)
{
	if (session->cut_short)
		return (enum close_reason)session->reason;
	/* what breaks after all has been said and sent breaks nothing */
	if (stream_broken(&session->stream) && !stream_is_shut_down(&session->stream))
		return stream_reason(&session->stream);
	return session->turned_away ? CLOSE_TOO_MANY : prompt_reason(&session->prompt);
}

static void
cleanup(struct task *task)
{
	struct session *session = session_of(task);
	struct session_host *host = session->host;

	log_line("c%llu closed reason=%s queries=%llu", number(session),
	    close_reason_name(reason(session)), (unsigned long long)session->prompt.queries);
	counter_add(&host->counters.closed[reason(session)], 1);
	prompt_release(&session->prompt);
	stream_release(&session->stream);
	admission_give_back(host->admission, session->place);
	admission_leave(host->admission);
	free(session);
}

static const struct task_kind session_kind = { run, cleanup };

/* Takes the client in, or turns it away at once, so that it costs others nothing. */
static bool
admit(struct session_host *host, int fd, const struct sockaddr *peer, bool proxied,
    struct admission_place **place)
{
	*place = NULL;
	if (admission_enter(host->admission) != ADMISSION_GRANTED) {
		refuse(host, fd, peer, COUNTER_REFUSED_CLIENTS, "max-clients");
		return false;
	}
	/* behind a proxy the client's own address comes later, in the header */
	if (proxied || admission_take_place(host->admission, peer, place) == ADMISSION_GRANTED)
		return true;
	admission_leave(host->admission);
	refuse(host, fd, peer, COUNTER_REFUSED_ADDRESS, "max-clients-per-address");
	return false;
}

void
session_spawn(struct session_host *host, int fd, const struct sockaddr *peer, bool proxied)
{
	struct admission_place *place;
	struct session *session;

	if (!admit(host, fd, peer, proxied, &place))
		return;
	session = calloc(1, sizeof(*session));
	if (session == NULL || !stream_init(&session->stream, host->pool, fd, session)) {
		free(session);
		admission_give_back(host->admission, place);
		admission_leave(host->admission);
		refuse(host, fd, peer, COUNTER_REFUSED_MEMORY, "out-of-memory");
		return;
	}
	session->host = host;
	session->place = place;
	session->proxied = proxied;
	prompt_init(&session->prompt, &session->stream, &host->service, host->next_connection);
	host->next_connection += host->connection_step;
	counter_add(&host->counters.values[COUNTER_ACCEPTED], 1);
	log_opened(session->prompt.connection, peer, "opened");
	task_spawn(&session->task, &session_kind, &host->tasks);
}

static void
cancel(struct session *session, enum close_reason why)
{
	session->cut_short = true;
	session->reason = (uint8_t)why;
	task_cancel(&session->task);
}

/* Is the client still taking what has been sent, and has it time to? Closing now could cut
 * that off: what the client sends to a closed socket resets the connection. */
static bool
still_taking(const struct session *session)
{
	unsigned limit = session->host->limits.answer;

	return !stream_all_taken(&session->stream) &&
	    (limit == 0 || session->host->seconds - session->begun <= limit);
}

/* The time for what the session waits for is over. */
static void
expire(struct session *session)
{
	session->deadline = 0;
	switch ((enum wait)session->wait) {
	case WAIT_NONE:
		break;
	case WAIT_PROXY_HEADER:
		cancel(session, CLOSE_PROXY_HEADER);
		break;
	case WAIT_QUERY:
		stream_end_input(&session->stream, CLOSE_IDLE);
		break;
	case WAIT_LINE_END:
		stream_end_input(&session->stream, CLOSE_SLOW_LINE);
		break;
	case WAIT_READER:
		/* the system may have taken the rest without a turn for us */
		if (current_wait(session) == WAIT_READER)
			cancel(session, CLOSE_SLOW_READER);
		else
			watch_the_clock(session);
		break;
	case WAIT_CLOSE:
		if (still_taking(session))
			session->deadline = session->host->seconds + LINGER_SECONDS;
		else
			task_cancel(&session->task);
		break;
	}
}

static void
tick_one(struct task *task)
{
	struct session *session = session_of(task);

	if (session->deadline != 0 && session->host->seconds >= session->deadline)
		expire(session);
}

void
session_tick(struct session_host *host)
{
	host->seconds++;
	task_group_each(&host->tasks, tick_one);
}

void
session_turn(void *owner)
{
	struct session *session = owner;

	task_resume(&session->task);
}

static void
end_one(struct task *task)
{
	stream_end_input(&session_of(task)->stream, CLOSE_SHUTDOWN);
}

void
session_end_all(struct session_host *host)
{
	task_group_each(&host->tasks, end_one);
}

static void
end_if_delivered(struct task *task)
{
	struct session *session = session_of(task);

	if (session->wait == WAIT_CLOSE && stream_quiet(&session->stream))
		task_cancel(task);
}

void
session_end_delivered(struct session_host *host)
{
	task_group_each(&host->tasks, end_if_delivered);
}

static void
cancel_one(struct task *task)
{
	struct session *session = session_of(task);

	/* one that only waits for the client to close has had its conversation */
	if (stream_is_shut_down(&session->stream))
		task_cancel(task);
	else
		cancel(session, CLOSE_CANCELLED);
}

void
session_cancel_all(struct session_host *host)
{
	task_group_each(&host->tasks, cancel_one);
}

void
session_log_answer(uint64_t connection, const char *status, size_t length)
{
	log_line("c%llu answered %.*s", (unsigned long long)connection, (int)length, status);
}
