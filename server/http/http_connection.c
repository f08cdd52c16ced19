/* http_connection.c - hides what evhttp does to a connection, and what it leaves out. */
#include "http_connection.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>
#include <linux/sockios.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "address.h"
#include "admission.h"
#include "http_exchange.h"
#include "http_problem.h"
#include "http_server.h"
#include "log.h"
#include "session.h"

/* The parameters of a request are decoded here: more than evhttp lets through. */
#define DECODED_SIZE (HTTP_MAX_HEADERS + 2 * HTTP_MAX_PARAMS)

/* How long a client may go on sending after its last answer. */
#define LINGER_SECONDS 2

/* How much of an answer is written in one go. */
#define MAX_WRITE (256 * 1024)

static _Atomic uint64_t *
counter(const struct http_pool *pool, enum counter which)
{
	return &pool->host->counters.values[which];
}

static uint64_t
nanoseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* ---- deadlines ----------------------------------------------------------------- */

static unsigned
time_limit(const struct session_limits *limits, enum http_state state)
{
	switch (state) {
	case HTTP_IDLE:
		return limits->idle;
	case HTTP_READING:
		return limits->line;
	case HTTP_ANSWERING:
		return limits->answer;
	case HTTP_LINGERING:
		return LINGER_SECONDS;
	}
	return 0;
}

static void
enter_state(struct http_connection *connection, enum http_state state)
{
	const struct session_host *host = connection->pool->host;
	unsigned limit = time_limit(&host->limits, state);

	connection->state = (uint8_t)state;
	/* the second that has begun does not count */
	connection->deadline = limit > 0 ? host->seconds + limit + 1 : 0;
}

static enum close_reason
lateness(const struct http_connection *connection)
{
	static const enum close_reason reasons[] = {
		[HTTP_IDLE] = CLOSE_IDLE,
		[HTTP_READING] = CLOSE_SLOW_LINE,
		[HTTP_ANSWERING] = CLOSE_SLOW_READER,
	};

	if (connection->state == HTTP_LINGERING)
		return (enum close_reason)connection->reason;
	return reasons[connection->state];
}

/* ---- the anchor ------------------------------------------------------------------ */

/* evhttp stops reading when it has a request, and begins anew to send the answer: a system
 * call each. They are saved by another event, which waits for input too, so that epoll need
 * not be told. It must go while input is to be left alone, or it would go off all the time. */
static void
on_anchor(evutil_socket_t fd, short what, void *arg)
{
	(void)fd, (void)what, (void)arg;
}

static void
anchor(struct http_connection *connection)
{
	if (connection->anchor != NULL)
		event_add(connection->anchor, NULL);
}

static void
weigh_anchor(struct http_connection *connection)
{
	if (connection->anchor != NULL)
		event_del(connection->anchor);
}

/* ---- the end of a connection ----------------------------------------------------- */

static void
log_closed(const struct http_connection *connection)
{
	log_line("c%llu closed reason=%s queries=%u", (unsigned long long)connection->number,
	    close_reason_name((enum close_reason)connection->reason), connection->queries);
}

static void
forget_error(struct http_connection *connection)
{
	if (connection->erred)
		TAILQ_REMOVE(&connection->pool->erred, connection, erred_link);
	connection->erred = false;
}

/* The answer has been handed to the system. */
static void
complete(struct http_connection *connection)
{
	struct http_pool *pool = connection->pool;

	if (connection->exchange != NULL)
		http_exchange_end(connection->exchange);
	connection->exchange = NULL;
	admission_give_back(pool->host->admission, connection->client_place);
	connection->client_place = NULL;
	counters_add_answers(&pool->host->counters, 1, nanoseconds() - connection->busy_since);
}

/* evhttp is about to free the connection, for whatever reason. */
static void
on_closed(struct evhttp_connection *evcon, void *arg)
{
	struct http_connection *connection = arg;
	struct http_pool *pool = connection->pool;

	(void)evcon;
	log_closed(connection);
	counter_add(&pool->host->counters.closed[connection->reason], 1);
	counter_add(counter(pool, COUNTER_HTTP_CLOSED), 1);
	if (connection->exchange != NULL)
		http_exchange_abandon(connection->exchange);
	admission_give_back(pool->host->admission, connection->client_place);
	admission_give_back(pool->host->admission, connection->place);
	forget_error(connection);
	if (connection->anchor != NULL)
		event_free(connection->anchor);
	pool->by_fd[connection->fd] = NULL;
	TAILQ_REMOVE(&pool->open, connection, link);
	admission_leave(pool->host->admission);
	free(connection);
	pool->count--;
	pool->changed(pool->arg);
}

void
http_connection_close(struct http_connection *connection, enum close_reason reason)
{
	connection->reason = (uint8_t)reason;
	evhttp_connection_free(connection->evcon);
}

void
http_connection_last(struct http_connection *connection, enum close_reason reason)
{
	connection->reason = (uint8_t)reason;
	connection->lingers = true;
}

/* ---- lingering ------------------------------------------------------------------- */

/* To close a socket to which the client may be sending would throw away what comes, and tell
 * the client so with a reset, which overtakes the answer. So with the last answer the
 * bufferevent becomes ours: evhttp does not hear that the answer has been sent, and will
 * only be told to free the connection. */

static void
on_discard(struct bufferevent *bev, void *arg)
{
	struct evbuffer *input = bufferevent_get_input(bev);

	(void)arg;
	evbuffer_drain(input, evbuffer_get_length(input));
}

static void
on_last_sent(struct bufferevent *bev, void *arg)
{
	struct http_connection *connection = arg;

	(void)bev;
	complete(connection);
	enter_state(connection, HTTP_LINGERING);
	shutdown(connection->fd, SHUT_WR);
	if (connection->ended)
		http_connection_close(connection, (enum close_reason)connection->reason);
}

static void
on_ended(struct bufferevent *bev, short what, void *arg)
{
	struct http_connection *connection = arg;

	(void)bev;
	connection->ended = true;
	if (connection->state == HTTP_LINGERING || (what & BEV_EVENT_ERROR) != 0)
		http_connection_close(connection, (enum close_reason)connection->reason);
}

void
http_connection_linger(struct http_connection *connection)
{
	weigh_anchor(connection);
	bufferevent_setcb(connection->bev, on_discard, on_last_sent, on_ended, connection);
	bufferevent_enable(connection->bev, EV_READ | EV_WRITE);
}

/* ---- what comes in, and what goes out ------------------------------------------------ */

static void
scan_input(struct http_connection *connection, struct evbuffer *input, size_t added)
{
	struct evbuffer_ptr at;
	struct evbuffer_iovec pieces[8];
	int count;

	if (evbuffer_ptr_set(input, &at, evbuffer_get_length(input) - added, EVBUFFER_PTR_SET) != 0)
		return;
	count = evbuffer_peek(input, -1, &at, pieces, 8);
	for (int i = 0; i < count && i < 8; i++)
		http_scan_bytes(&connection->scan, pieces[i].iov_base, pieces[i].iov_len);
}

static void
on_input(struct evbuffer *input, const struct evbuffer_cb_info *info, void *arg)
{
	struct http_connection *connection = arg;

	if (info->n_added == 0)
		return;
	counter_add(counter(connection->pool, COUNTER_BYTES_RECEIVED), info->n_added);
	counter_add(counter(connection->pool, COUNTER_HTTP_BYTES_RECEIVED), info->n_added);
	scan_input(connection, input, info->n_added);
	if (connection->state == HTTP_IDLE)
		enter_state(connection, HTTP_READING);
}

static void
on_output(struct evbuffer *output, const struct evbuffer_cb_info *info, void *arg)
{
	struct http_connection *connection = arg;

	(void)output;
	if (info->n_deleted > 0) {
		counter_add(counter(connection->pool, COUNTER_BYTES_SENT), info->n_deleted);
		counter_add(counter(connection->pool, COUNTER_HTTP_BYTES_SENT), info->n_deleted);
	}
	if (info->n_added > 0 && connection->state != HTTP_ANSWERING) {
		/* nobody has asked us, so this is about what is no request */
		enter_state(connection, HTTP_ANSWERING);
		http_connection_last(connection, CLOSE_BAD_REQUEST);
		connection->erred = true;
		TAILQ_INSERT_TAIL(&connection->pool->erred, connection, erred_link);
		event_active(connection->pool->after, EV_TIMEOUT, 0);
	}
}

/* Puts our own page in place of evhttp's, of which not a byte has been sent yet. */
static void
replace_error(struct http_connection *connection)
{
	struct evbuffer *output = bufferevent_get_output(connection->bev);
	char line[sizeof("HTTP/1.1 413")] = "";
	size_t length = evbuffer_get_length(output);

	forget_error(connection);
	evbuffer_copyout(output, line, sizeof(line) - 1);
	http_problem_raw(connection, (int)strtol(line + strlen("HTTP/1.1 "), NULL, 10));
	/* the new one is there; the old one stands before it */
	counter_add(counter(connection->pool, COUNTER_BYTES_SENT), -(uint64_t)length);
	counter_add(counter(connection->pool, COUNTER_HTTP_BYTES_SENT), -(uint64_t)length);
	evbuffer_unfreeze(output, 1);
	evbuffer_drain(output, length);
	evbuffer_freeze(output, 1);
	connection->busy_since = nanoseconds();
	http_connection_linger(connection);
}

void
http_connection_mute(struct http_connection *connection)
{
	weigh_anchor(connection);
	bufferevent_disable(connection->bev, EV_READ);
}

void
http_connection_send(struct http_connection *connection)
{
	struct bufferevent *bev = connection->bev;
	struct evbuffer *output = bufferevent_get_output(bev);

	evbuffer_unfreeze(output, 1);
	evbuffer_write_atmost(output, connection->fd, MAX_WRITE);
	evbuffer_freeze(output, 1);
	if (connection->lingers)
		http_connection_linger(connection);
	else if (evbuffer_get_length(output) > 0)
		http_connection_mute(connection);
	else /* evhttp hears of it as soon as it has finished with the request */
		bufferevent_trigger(bev, EV_WRITE, BEV_TRIG_IGNORE_WATERMARKS | BEV_TRIG_DEFER_CALLBACKS);
}

/* ---- requests ---------------------------------------------------------------------- */

static struct http_connection *
find(const struct http_pool *pool, struct evhttp_request *request)
{
	struct evhttp_connection *evcon = evhttp_request_get_connection(request);
	int fd = bufferevent_getfd(evhttp_connection_get_bufferevent(evcon));

	return fd >= 0 && fd < pool->by_fd_room ? pool->by_fd[fd] : NULL;
}

static void
on_complete(struct evhttp_request *request, void *arg)
{
	struct http_connection *connection = arg;
	bool more = evbuffer_get_length(bufferevent_get_input(connection->bev)) > 0;

	(void)request;
	complete(connection);
	if (connection->reason == CLOSE_END_OF_INPUT)
		enter_state(connection, more ? HTTP_READING : HTTP_IDLE);
	anchor(connection);
}

void
http_connection_request(struct evhttp_request *request, void *arg)
{
	struct http_pool *pool = arg;
	struct http_connection *connection = find(pool, request);

	if (connection == NULL) {
		/* there was no memory to take it in */
		evhttp_connection_free(evhttp_request_get_connection(request));
		return;
	}
	connection->requests++;
	connection->busy_since = nanoseconds();
	enter_state(connection, HTTP_ANSWERING);
	evhttp_request_set_on_complete_cb(request, on_complete, connection);
	pool->request(connection, request);
}

/* ---- the beginning of a connection ------------------------------------------------------ */

struct bufferevent *
http_connection_begin(struct event_base *base, void *arg)
{
	struct http_pool *pool = arg;
	struct http_connection *connection = calloc(1, sizeof(*connection));
	struct bufferevent *bev = bufferevent_socket_new(base, -1, 0);

	if (connection == NULL || bev == NULL) {
		free(connection);
		return bev;
	}
	connection->pool = pool;
	connection->bev = bev;
	/* evhttp may free it before we get to see it */
	bufferevent_incref(bev);
	TAILQ_INSERT_TAIL(&pool->fresh, connection, link);
	event_active(pool->after, EV_TIMEOUT, 0);
	return bev;
}

/* False without memory. */
static bool
remember(struct http_connection *connection)
{
	struct http_pool *pool = connection->pool;
	int room = pool->by_fd_room > 0 ? pool->by_fd_room : 64;
	struct http_connection **by_fd;

	while (room <= connection->fd)
		room *= 2;
	if (room > pool->by_fd_room) {
		by_fd = realloc(pool->by_fd, (size_t)room * sizeof(struct http_connection *));
		if (by_fd == NULL)
			return false;
		memset(by_fd + pool->by_fd_room, 0,
		    (size_t)(room - pool->by_fd_room) * sizeof(struct http_connection *));
		pool->by_fd = by_fd;
		pool->by_fd_room = room;
	}
	pool->by_fd[connection->fd] = connection;
	return true;
}

static void
refuse(struct http_connection *connection, const struct sockaddr *peer, enum counter which,
    const char *reason)
{
	char name[ADDRESS_SIZE];
	char unread[4096];

	counter_add(counter(connection->pool, which), 1);
	log_line("refused peer=%s reason=%s", address_format(peer, name), reason);
	http_problem_refuse(connection->fd);
	/* as session.c does: unread input would turn the close into a reset */
	for (int n = 0; n < 16 && recv(connection->fd, unread, sizeof(unread), MSG_DONTWAIT) > 0; n++)
		;
	evhttp_connection_free(connection->evcon);
	free(connection);
}

/* May the client come in? If not, it is gone. */
static bool
admit(struct http_connection *connection, const struct sockaddr *peer)
{
	struct admission *admission = connection->pool->host->admission;
	bool proxied = http_is_trusted(connection->pool->shared, &connection->peer);

	if (admission_enter(admission) != ADMISSION_GRANTED) {
		refuse(connection, peer, COUNTER_REFUSED_CLIENTS, "max-clients");
		return false;
	}
	/* a proxy says with each request whose it is */
	if (proxied || admission_take_place(admission, peer, &connection->place) == ADMISSION_GRANTED)
		return true;
	admission_leave(admission);
	refuse(connection, peer, COUNTER_REFUSED_ADDRESS, "max-clients-per-address");
	return false;
}

static bool
watch_buffers(struct http_connection *connection)
{
	bufferevent_set_max_single_write(connection->bev, MAX_WRITE);
	return evbuffer_add_cb(bufferevent_get_input(connection->bev), on_input, connection) != NULL &&
	    evbuffer_add_cb(bufferevent_get_output(connection->bev), on_output, connection) != NULL &&
	    remember(connection);
}

static void
take_in(struct http_connection *connection)
{
	struct http_pool *pool = connection->pool;
	struct session_host *host = pool->host;
	const struct sockaddr *peer = evhttp_connection_get_addr(connection->evcon);
	char name[ADDRESS_SIZE];

	connection->fd = bufferevent_getfd(connection->bev);
	connection->peer = address_ip(peer);
	if (!admit(connection, peer))
		return;
	if (!watch_buffers(connection)) {
		admission_give_back(host->admission, connection->place);
		admission_leave(host->admission);
		refuse(connection, peer, COUNTER_REFUSED_MEMORY, "out-of-memory");
		return;
	}
	connection->number = host->next_connection;
	host->next_connection += host->connection_step;
	connection->reason = CLOSE_END_OF_INPUT;
	TAILQ_INSERT_TAIL(&pool->open, connection, link);
	evhttp_connection_set_closecb(connection->evcon, on_closed, connection);
	counter_add(counter(pool, COUNTER_ACCEPTED), 1);
	counter_add(counter(pool, COUNTER_HTTP_ACCEPTED), 1);
	log_line("c%llu opened peer=%s http", (unsigned long long)connection->number,
	    address_format(peer, name));
	enter_state(connection, HTTP_IDLE);
	/* it only saves time: without memory for it all goes on */
	connection->anchor =
	    event_new(pool->base, connection->fd, EV_READ | EV_PERSIST, on_anchor, connection);
	anchor(connection);
	pool->count++;
	pool->changed(pool->arg);
}

/* That evhttp gives itself as the argument of the bufferevent's callbacks is how to get from
 * one to the other; a bufferevent that has been freed has none. */
static void
look_at(struct http_connection *connection)
{
	struct bufferevent *bev = connection->bev;
	void *evcon = NULL;

	bufferevent_getcb(bev, NULL, NULL, NULL, &evcon);
	connection->evcon = evcon;
	if (evcon != NULL)
		take_in(connection);
	else
		free(connection);
	bufferevent_decref(bev);
}

static void
on_after(evutil_socket_t fd, short what, void *arg)
{
	struct http_pool *pool = arg;
	struct http_connection *connection;

	(void)fd, (void)what;
	while ((connection = TAILQ_FIRST(&pool->fresh)) != NULL) {
		TAILQ_REMOVE(&pool->fresh, connection, link);
		look_at(connection);
	}
	while ((connection = TAILQ_FIRST(&pool->erred)) != NULL)
		replace_error(connection);
}

/* ---- all of them --------------------------------------------------------------------- */

bool
http_pool_init(struct http_pool *pool)
{
	TAILQ_INIT(&pool->fresh);
	TAILQ_INIT(&pool->open);
	TAILQ_INIT(&pool->erred);
	pool->decoded = malloc(DECODED_SIZE);
	pool->after = evtimer_new(pool->base, on_after, pool);
	return pool->decoded != NULL && pool->after != NULL;
}

void
http_pool_release(struct http_pool *pool)
{
	struct http_connection *connection;

	while ((connection = TAILQ_FIRST(&pool->fresh)) != NULL) {
		TAILQ_REMOVE(&pool->fresh, connection, link);
		bufferevent_decref(connection->bev);
		free(connection);
	}
	if (pool->after != NULL)
		event_free(pool->after);
	text_release(&pool->scratch);
	text_release(&pool->gzipped);
	free(pool->by_fd);
	free(pool->decoded);
}

void
http_pool_tick(struct http_pool *pool)
{
	unsigned now = pool->host->seconds;
	struct http_connection *connection, *next;

	for (connection = TAILQ_FIRST(&pool->open); connection != NULL; connection = next) {
		next = TAILQ_NEXT(connection, link);
		if (connection->deadline != 0 && now >= connection->deadline)
			http_connection_close(connection, lateness(connection));
	}
}

static bool
has_input(const struct http_connection *connection)
{
	int unread = 0;

	return ioctl(connection->fd, FIONREAD, &unread) == 0 && unread > 0;
}

/* Has the client's system got all that has been sent? */
static bool
all_taken(const struct http_connection *connection)
{
	int left = 0;

	return ioctl(connection->fd, SIOCOUTQ, &left) == 0 && left == 0;
}

void
http_pool_close_idle(struct http_pool *pool)
{
	struct http_connection *connection, *next;

	for (connection = TAILQ_FIRST(&pool->open); connection != NULL; connection = next) {
		next = TAILQ_NEXT(connection, link);
		if (has_input(connection))
			continue;
		if (connection->state == HTTP_IDLE)
			http_connection_close(connection, CLOSE_SHUTDOWN);
		else if (connection->state == HTTP_LINGERING && all_taken(connection))
			http_connection_close(connection, (enum close_reason)connection->reason);
	}
}

void
http_pool_cancel(struct http_pool *pool)
{
	struct http_connection *connection, *next;

	for (connection = TAILQ_FIRST(&pool->open); connection != NULL; connection = next) {
		next = TAILQ_NEXT(connection, link);
		http_connection_close(connection, CLOSE_CANCELLED);
	}
}
