/* worker.c - hides the loop of a worker and how other threads talk to it: by flags, and
 * an eventfd that makes it look at them. Nothing else is shared but the index and the
 * admission of new clients, so its event base needs no locks. */
#include "worker.h"

#include <errno.h>
#include <event2/event.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "generation.h"
#include "http_server.h"
#include "listener.h"
#include "stream.h"
#include "turnstile.h"

/* A listener and what its connections are like. */
struct entrance {
	struct worker *worker;
	struct listener *listener;
	bool proxied;
	bool shared;
};

struct worker {
	struct event_base *base;
	struct event *order_event;
	struct event *tick_event;
	struct event *delivered_event; /* pending while closing */
	struct session_host host;
	struct entrance *entrances;
	unsigned entrance_count;
	struct http_server *http; /* NULL if there is no socket for it */
	int order_fd;
	int finished_fd;
	_Atomic(struct lease *) published; /* to be taken over */
	atomic_bool told_to_close;
	atomic_bool told_to_cancel;
	atomic_bool pinged; /* and has not answered */
	atomic_bool finished;
	bool closing; /* no new connections; the loop ends with the last one */
	bool started;
	pthread_t thread;
};

static const struct timeval second = { 1, 0 };
static const struct timeval soon = { 0, 50 * 1000 };

/* Connections that are open, of any kind. */
static unsigned
connection_count(const struct worker *worker)
{
	return worker->host.tasks.count + (worker->http != NULL ? http_server_count(worker->http) : 0);
}

static void
on_accepted(void *arg, int fd, const struct sockaddr *peer)
{
	struct entrance *entrance = arg;
	struct worker *worker = entrance->worker;

	if (fd < 0) {
		counter_add(&worker->host.counters.values[COUNTER_ERRORS_ACCEPT], 1);
		return;
	}
	if (connection_count(worker) == 0)
		event_add(worker->tick_event, &second);
	session_spawn(&worker->host, fd, peer, entrance->proxied);
}

static void
end_loop_if_done(void *arg)
{
	struct worker *worker = arg;

	if (worker->closing && worker->host.tasks.count == 0 &&
	    (worker->http == NULL || http_server_closed(worker->http)))
		event_base_loopbreak(worker->base);
}

static void
on_http_changed(void *arg)
{
	struct worker *worker = arg;

	if (!event_pending(worker->tick_event, EV_TIMEOUT, NULL) && http_server_count(worker->http) > 0)
		event_add(worker->tick_event, &second);
	end_loop_if_done(worker);
}

static void
close_entrances(struct worker *worker)
{
	for (unsigned i = 0; i < worker->entrance_count; i++)
		listener_close(worker->entrances[i].listener);
	worker->entrance_count = 0;
}

static void
begin_closing(struct worker *worker)
{
	for (unsigned i = 0; i < worker->entrance_count; i++)
		if (!worker->entrances[i].shared)
			listener_accept_rest(worker->entrances[i].listener);
	close_entrances(worker);
	worker->closing = true;
	event_add(worker->delivered_event, &soon);
	session_end_all(&worker->host);
	if (worker->http != NULL)
		http_server_close(worker->http);
}

/* Takes over the lease on what has been published, if anything has. */
static void
take_published(struct worker *worker)
{
	struct lease *lease = atomic_exchange(&worker->published, NULL);

	if (lease == NULL)
		return;
	lease_retire(worker->host.service.lease);
	worker->host.service.lease = lease;
}

static void
on_order(evutil_socket_t fd, short what, void *arg)
{
	struct worker *worker = arg;
	eventfd_t count;

	(void)what;
	eventfd_read(fd, &count);
	atomic_store(&worker->pinged, false);
	take_published(worker);
	if (atomic_load(&worker->told_to_close) && !worker->closing)
		begin_closing(worker);
	if (atomic_load(&worker->told_to_cancel)) {
		session_cancel_all(&worker->host);
		if (worker->http != NULL)
			http_server_cancel(worker->http);
	}
	end_loop_if_done(worker);
}

static void
on_tick(evutil_socket_t fd, short what, void *arg)
{
	struct worker *worker = arg;

	(void)fd, (void)what;
	session_tick(&worker->host);
	if (worker->http != NULL)
		http_server_tick(worker->http);
	if (connection_count(worker) == 0)
		event_del(worker->tick_event);
}

static void
on_delivered(evutil_socket_t fd, short what, void *arg)
{
	struct worker *worker = arg;

	(void)fd, (void)what;
	session_end_delivered(&worker->host);
	if (worker->http != NULL)
		http_server_close_idle(worker->http);
}

static struct event_base *
new_base(void)
{
	struct event_config *config = event_config_new();
	struct event_base *base = NULL;

	if (config != NULL && event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK) == 0)
		base = event_base_new_with_config(config);
	if (config != NULL)
		event_config_free(config);
	return base;
}

/* Adding a timer needs memory once; then there is some for the few that a worker has. */
static bool
reserve_timers(struct worker *worker)
{
	return event_add(worker->tick_event, &second) == 0 && event_del(worker->tick_event) == 0;
}

static bool
make_events(struct worker *worker)
{
	worker->base = new_base();
	if (worker->base == NULL)
		return false;
	worker->order_event =
	    event_new(worker->base, worker->order_fd, EV_READ | EV_PERSIST, on_order, worker);
	worker->tick_event = event_new(worker->base, -1, EV_PERSIST, on_tick, worker);
	worker->delivered_event = event_new(worker->base, -1, EV_PERSIST, on_delivered, worker);
	worker->host.turnstile = turnstile_new(worker->base);
	if (worker->host.turnstile == NULL)
		return false;
	worker->host.pool = stream_pool_new(worker->base, session_turn, &worker->host.counters,
	    worker->host.turnstile);
	return worker->order_event != NULL && worker->tick_event != NULL &&
	    worker->delivered_event != NULL && worker->host.pool != NULL &&
	    event_add(worker->order_event, NULL) == 0 && reserve_timers(worker);
}

static bool
make_http(struct worker *worker, const struct worker_config *config)
{
	for (unsigned i = 0; i < config->socket_count; i++) {
		if (!config->sockets[i].http)
			continue;
		if (worker->http == NULL)
			worker->http = http_server_new(worker->base, &worker->host, config->http,
			    on_http_changed, worker);
		if (worker->http == NULL ||
		    !http_server_listen(worker->http, config->sockets[i].fd, config->sockets[i].shared))
			return false;
	}
	return true;
}

static bool
make_entrances(struct worker *worker, const struct worker_config *config)
{
	worker->entrances = calloc(config->socket_count + 1, sizeof(*worker->entrances));
	if (worker->entrances == NULL)
		return false;
	for (unsigned i = 0; i < config->socket_count; i++) {
		struct entrance *entrance = &worker->entrances[worker->entrance_count];

		if (config->sockets[i].http)
			continue;
		entrance->worker = worker;
		entrance->proxied = config->sockets[i].proxied;
		entrance->shared = config->sockets[i].shared;
		entrance->listener =
		    listener_new(worker->base, config->sockets[i].fd, on_accepted, entrance);
		if (entrance->listener == NULL)
			return false;
		worker->entrance_count++;
	}
	return true;
}

struct worker *
worker_new(const struct worker_config *config)
{
	struct worker *worker = calloc(1, sizeof(*worker));

	if (worker == NULL)
		return NULL;
	worker->host.service.counters = &worker->host.counters;
	worker->host.service.log = config->verbose ? session_log_answer : NULL;
	worker->host.service.mode = config->mode;
	worker->host.service.lease = lease_new(config->generation);
	worker->host.admission = config->admission;
	worker->host.limits = config->limits;
	worker->host.next_connection = config->number + 1;
	worker->host.connection_step = config->count;
	worker->finished_fd = config->finished_fd;
	task_group_init(&worker->host.tasks, end_loop_if_done, worker);
	worker->order_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (worker->host.service.lease == NULL || worker->order_fd < 0 || !make_events(worker) ||
	    !make_entrances(worker, config) || !make_http(worker, config)) {
		int saved_errno = errno;

		worker_free(worker);
		errno = saved_errno;
		return NULL;
	}
	return worker;
}

static void *
serve(void *arg)
{
	struct worker *worker = arg;

	event_base_dispatch(worker->base);
	atomic_store(&worker->finished, true);
	eventfd_write(worker->finished_fd, 1);
	return NULL;
}

bool
worker_start(struct worker *worker)
{
	errno = pthread_create(&worker->thread, NULL, serve, worker);
	worker->started = errno == 0;
	return worker->started;
}

void
worker_publish(struct worker *worker, struct lease *lease)
{
	lease_retire(atomic_exchange(&worker->published, lease)); /* that one it has not seen */
	eventfd_write(worker->order_fd, 1);
}

void
worker_close(struct worker *worker)
{
	atomic_store(&worker->told_to_close, true);
	eventfd_write(worker->order_fd, 1);
}

void
worker_cancel(struct worker *worker)
{
	atomic_store(&worker->told_to_cancel, true);
	eventfd_write(worker->order_fd, 1);
}

void
worker_ping(struct worker *worker)
{
	atomic_store(&worker->pinged, true);
	eventfd_write(worker->order_fd, 1);
}

bool
worker_alive(struct worker *worker)
{
	return !atomic_load(&worker->pinged) || atomic_load(&worker->finished);
}

void
worker_count(const struct worker *worker, struct counters *sum)
{
	counters_sum(sum, &worker->host.counters);
}

void
worker_free(struct worker *worker)
{
	if (worker == NULL)
		return;
	if (worker->started)
		pthread_join(worker->thread, NULL);
	close_entrances(worker);
	free(worker->entrances);
	http_server_free(worker->http);
	take_published(worker);
	lease_retire(worker->host.service.lease);
	stream_pool_free(worker->host.pool);
	turnstile_free(worker->host.turnstile);
	if (worker->order_event != NULL)
		event_free(worker->order_event);
	if (worker->tick_event != NULL)
		event_free(worker->tick_event);
	if (worker->delivered_event != NULL)
		event_free(worker->delivered_event);
	if (worker->base != NULL)
		event_base_free(worker->base);
	if (worker->order_fd >= 0)
		close(worker->order_fd);
	free(worker);
}
