/* connection.c - how a connection lives, and how it ends. */
#include "connection.h"

#include <stdlib.h>

#include "address.h"
#include "admission.h"
#include "admit.h"
#include "clock.h"
#include "log.h"
#include "proxy_header.h"

static struct connection *
connection_of(struct task *task)
{
	return (struct connection *)task;
}

/* ---- the client behind a balancer ------------------------------------------------ */

/* It takes a place among those of its address; if there is none, it is told so. */
static void
become(struct connection *connection, const struct sockaddr *client)
{
	char name[ADDRESS_SIZE];

	log_line(LOG_CONNECTION, "c%llu proxied peer=%s", (unsigned long long)connection->number,
	    address_format(client, name));
	connection->peer = address_ip(client);
	if (admit_address(connection->service, connection->face, client, &connection->place))
		return;
	stream_puts(&connection->stream, connection->face->face->too_many);
	connection->turned_away = true;
	counter_add(&connection->service->counters.values[COUNTER_REFUSED_ADDRESS], 1);
}

/* There is no PROXY header, and will be none. */
static void
miss_proxy_header(struct connection *connection, bool is_partial)
{
	bool shut_down = is_partial && stream_reason(&connection->stream) == CLOSE_SHUTDOWN;

	connection->turned_away = connection->cut_short = true;
	connection->reason = shut_down ? CLOSE_SHUTDOWN : CLOSE_PROXY_HEADER;
}

/* Reads the PROXY header: false until it is there, or it is clear that it will not be. */
static bool
proxy_header_done(struct connection *connection)
{
	struct proxy_source source;
	const char *bytes;
	size_t size = 0, length = stream_peek(&connection->stream, PROXY_HEADER_MAX, &bytes);
	enum proxy_status status = proxy_header_read(bytes, length, &source, &size);

	if (status == PROXY_PARTIAL && !stream_input_ended(&connection->stream))
		return false;
	if (status != PROXY_READY) {
		miss_proxy_header(connection, status == PROXY_PARTIAL);
		return true;
	}
	stream_skip(&connection->stream, size);
	if (source.known)
		become(connection, (struct sockaddr *)&source.address);
	return true;
}

/* ---- living -------------------------------------------------------------------- */

static bool
has_conversed(struct connection *connection)
{
	return connection->face->face->run(connection->state) == CORO_DONE;
}

/* The conversation; then everything is sent; then, so that no reset overtakes it, the
 * client closes its side too or has had the time to. */
static enum coro_status
live(struct connection *connection)
{
	CORO_BEGIN(&connection->coro);
	if (connection->proxied)
		CORO_AWAIT(&connection->coro, proxy_header_done(connection));
	connection->proxied = false;
	if (!connection->turned_away)
		CORO_AWAIT(&connection->coro, has_conversed(connection));
	CORO_AWAIT(&connection->coro, stream_flushed(&connection->stream));
	stream_shut_down(&connection->stream);
	connection->closing_since = connection->service->deadlines.seconds;
	CORO_AWAIT(&connection->coro, stream_client_gone(&connection->stream));
	CORO_END(&connection->coro);
}

static enum wait
current_wait(const struct connection *connection)
{
	static const enum wait waits[] = {
		[STREAM_IDLE] = WAIT_REQUEST,
		[STREAM_IN_REQUEST] = WAIT_REQUEST_END,
		[STREAM_WRITING] = WAIT_READER,
	};

	if (stream_is_shut_down(&connection->stream))
		return WAIT_CLOSE;
	if (connection->proxied)
		return WAIT_PROXY_HEADER;
	if (connection->rationed)
		return WAIT_RATE;
	return waits[stream_state(&connection->stream)];
}

/* Begins the deadline anew when another wait has begun: for another thing, or after a
 * request. */
static void
watch_the_clock(struct connection *connection)
{
	enum wait wait = current_wait(connection);
	uint32_t taken = stream_taken(&connection->stream);

	if (wait == connection->waiter.wait && taken == connection->taken)
		return;
	connection->taken = taken;
	deadline_begin(&connection->service->deadlines, &connection->waiter, wait);
}

static enum coro_status
run(struct task *task)
{
	struct connection *connection = connection_of(task);
	uint64_t queries = connection->queries;
	enum coro_status status;

	if (stream_broken(&connection->stream))
		return CORO_DONE;
	if (!connection->answering)
		connection->busy_since = clock_now();
	stream_begin_turn(&connection->stream);
	status = live(connection);
	stream_end_turn(&connection->stream);
	queries = connection->queries - queries;
	if (queries > 0)
		counters_add_answers(connection->face->counters, queries,
		    clock_now() - connection->busy_since);
	watch_the_clock(connection);
	return stream_broken(&connection->stream) ? CORO_DONE : status;
}

void
connection_turn(void *owner)
{
	struct connection *connection = owner;

	task_resume(&connection->task);
}

/* ---- ending -------------------------------------------------------------------- */

static enum close_reason
reason(const struct connection *connection)
{
	if (connection->cut_short)
		return (enum close_reason)connection->reason;
	/* what breaks after all has been said and sent breaks nothing */
	if (stream_broken(&connection->stream) && !stream_is_shut_down(&connection->stream))
		return stream_reason(&connection->stream);
	return connection->turned_away ? CLOSE_TOO_MANY
	                               : connection->face->face->reason(connection->state);
}

static void
cleanup(struct task *task)
{
	struct connection *connection = connection_of(task);
	struct service *service = connection->service;
	enum close_reason why = reason(connection);

	log_line(LOG_CONNECTION, "c%llu closed reason=%s queries=%llu",
	    (unsigned long long)connection->number, close_reason_name(why),
	    (unsigned long long)connection->queries);
	counter_add(&service->counters.closed[why], 1);
	counter_add(&connection->face->counters->closed, 1);
	connection->face->face->release(connection->state);
	deadline_end(&service->deadlines, &connection->waiter);
	stream_release(&connection->stream);
	admit_leave(service, connection->place);
	free(connection);
}

static const struct task_kind connection_kind = { run, cleanup };

static void
cancel(struct connection *connection, enum close_reason why)
{
	connection->cut_short = true;
	connection->reason = (uint8_t)why;
	task_cancel(&connection->task);
}

/* ---- beginning ----------------------------------------------------------------- */

static void
log_opened(const struct connection *connection, const struct sockaddr *peer)
{
	char name[ADDRESS_SIZE];

	log_line(LOG_CONNECTION, "c%llu opened peer=%s face=%s", (unsigned long long)connection->number,
	    address_format(peer, name), connection->face->face->name);
}

/* NULL without memory: the socket is still the caller's. */
static struct connection *
new_connection(struct service *service, const struct service_face *face, int fd)
{
	struct connection *connection = calloc(1, sizeof(*connection) + face->face->state_size);

	if (connection == NULL)
		return NULL;
	if (!stream_init(&connection->stream, service->pool, &face->counters->traffic, fd,
	        connection)) {
		free(connection);
		return NULL;
	}
	connection->service = service;
	connection->face = face;
	connection->number = service->next_connection;
	service->next_connection += service->connection_step;
	return connection;
}

void
connection_accept(struct service *service, const struct service_face *face, int fd,
    const struct sockaddr *peer, bool proxied)
{
	struct admission_place *place;
	struct connection *connection;

	if (!admit_client(service, face, fd, peer, proxied, &place))
		return;
	connection = new_connection(service, face, fd);
	if (connection == NULL) {
		admit_leave(service, place);
		admit_refuse(service, face, fd, peer, COUNTER_REFUSED_MEMORY, "out-of-memory");
		return;
	}
	connection->place = place;
	connection->proxied = proxied;
	connection->peer = address_ip(peer);
	face->face->init(connection->state, connection);
	counter_add(&face->counters->accepted, 1);
	log_opened(connection, peer);
	task_spawn(&connection->task, &connection_kind, &service->connections);
}

/* ---- time ---------------------------------------------------------------------- */

/* Is the client still taking what has been sent, and has it time to? Closing now could cut
 * that off: what the client sends to a closed socket resets the connection. */
static bool
still_taking(const struct connection *connection)
{
	const struct deadlines *deadlines = &connection->service->deadlines;
	unsigned limit = deadlines->limits[WAIT_READER];

	return !stream_all_taken(&connection->stream) &&
	    (limit == 0 || deadlines->seconds - connection->closing_since <= limit);
}

/* The system may have taken the rest of the answer without a turn for us. */
static void
expire_reader(struct connection *connection)
{
	if (current_wait(connection) == WAIT_READER)
		cancel(connection, CLOSE_SLOW_READER);
	else
		watch_the_clock(connection);
}

static void
expire_rate(struct connection *connection)
{
	deadline_begin(&connection->service->deadlines, &connection->waiter, WAIT_RATE);
	task_resume(&connection->task);
}

static void
expire_close(struct connection *connection)
{
	if (still_taking(connection))
		deadline_begin(&connection->service->deadlines, &connection->waiter, WAIT_CLOSE);
	else
		task_cancel(&connection->task);
}

/* The time for what the connection waits for is over. */
static void
expire(struct connection *connection)
{
	switch ((enum wait)connection->waiter.wait) {
	case WAIT_NONE:
	case WAIT_COUNT:
		break;
	case WAIT_PROXY_HEADER:
		cancel(connection, CLOSE_PROXY_HEADER);
		break;
	case WAIT_REQUEST:
		stream_end_input(&connection->stream, CLOSE_IDLE);
		break;
	case WAIT_REQUEST_END:
		stream_end_input(&connection->stream, CLOSE_SLOW_LINE);
		break;
	case WAIT_READER:
		expire_reader(connection);
		break;
	case WAIT_RATE:
		expire_rate(connection);
		break;
	case WAIT_CLOSE:
		expire_close(connection);
		break;
	}
}

void
connections_tick(struct service *service)
{
	struct waiter *waiter;

	deadlines_tick(&service->deadlines);
	while ((waiter = deadlines_expired(&service->deadlines)) != NULL)
		expire((struct connection *)((char *)waiter - offsetof(struct connection, waiter)));
}

/* ---- all of them ----------------------------------------------------------------- */

static void
drain_one(struct task *task)
{
	stream_end_input(&connection_of(task)->stream, CLOSE_SHUTDOWN);
}

void
connections_drain(struct service *service)
{
	service->draining = true;
	task_group_each(&service->connections, drain_one);
}

static void
end_if_delivered(struct task *task)
{
	struct connection *connection = connection_of(task);

	if (connection->waiter.wait == WAIT_CLOSE && stream_quiet(&connection->stream))
		task_cancel(task);
}

void
connections_end_delivered(struct service *service)
{
	task_group_each(&service->connections, end_if_delivered);
}

static void
cancel_one(struct task *task)
{
	struct connection *connection = connection_of(task);

	/* one that only waits for the client to close has had its conversation */
	if (stream_is_shut_down(&connection->stream))
		task_cancel(task);
	else
		cancel(connection, CLOSE_CANCELLED);
}

void
connections_cancel(struct service *service)
{
	task_group_each(&service->connections, cancel_one);
}
