/* worker.c - the loop of a worker, and how other threads talk to it: by flags, and
 * an eventfd that makes it look at them. Nothing else is shared but the index and the
 * admission of new clients, so its event base needs no locks. */
#include "worker.h"

#include <errno.h>
#include <event2/event.h>
#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "connection.h"
#include "faces.h"
#include "listen_set.h"
#include "listener.h"
#include "snapshot.h"
#include "stream.h"
#include "thread.h"
#include "throttle.h"

/* A listener and what its connections are like. */
struct entrance {
	struct worker *worker;
	struct listener *listener;
	const struct listen_socket *socket;
	const struct service_face *face;
};

struct worker {
	struct event_base *base;
	struct event *order_event;
	struct event *tick_event;
	struct event *delivered_event; /* pending while draining */
	struct service service;
	struct service_face faces[COUNTERS_FACES]; /* as many as there are */
	struct entrance *entrances;
	unsigned entrance_count;
	int order_fd;
	int finished_fd;
	_Atomic(struct snapshot *) published; /* to be taken over */
	atomic_bool told_to_close;
	atomic_bool told_to_cancel;
	atomic_bool pinged; /* and has not answered */
	atomic_bool finished;
	bool started;
	pthread_t thread;
	unsigned most_open; /* connections, since memory was given back */
};

/* How long costly work may take in a round of the loop before the next one has to wait. */
#define COSTLY_NANOSECONDS (500 * 1000)

static const struct timeval second = { 1, 0 };
static const struct timeval soon = { 0, 50 * 1000 };

static void
on_accepted(void *arg, int fd, const struct sockaddr *peer)
{
	struct entrance *entrance = arg;
	struct service *service = &entrance->worker->service;

	if (fd < 0) {
		counter_add(&service->counters.values[COUNTER_ERRORS_ACCEPT], 1);
		return;
	}
	if (service->connections.count == 0)
		event_add(entrance->worker->tick_event, &second);
	connection_accept(service, entrance->face, fd, peer, entrance->socket->proxied);
	if (service->connections.count > entrance->worker->most_open)
		entrance->worker->most_open = service->connections.count;
}

/* Connections that have gone since then before it is worth it. */
#define MANY_GONE 16

/* What many clients took is free when they have gone, and most of it lies between what is in use,
 * from where the allocator gives nothing back unless it is told to. Once is enough for all workers,
 * who would wait for each other: it takes 0.1 to 0.3 ms for each megabyte. */
static void
give_back_memory(struct worker *worker)
{
	static atomic_flag giving = ATOMIC_FLAG_INIT;
	unsigned open = worker->service.connections.count;

	if (open > worker->most_open / 2 || worker->most_open - open < MANY_GONE)
		return;
	worker->most_open = open;
	if (atomic_flag_test_and_set(&giving))
		return;
	malloc_trim(0);
	atomic_flag_clear(&giving);
}

static void
end_loop_if_done(void *arg)
{
	struct worker *worker = arg;

	if (worker->service.draining && worker->service.connections.count == 0)
		event_base_loopbreak(worker->base);
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
		if (!worker->entrances[i].socket->inherited)
			listener_accept_rest(worker->entrances[i].listener);
	close_entrances(worker);
	event_add(worker->delivered_event, &soon);
	connections_drain(&worker->service);
}

/* Takes over the snapshot on what has been published, if anything has. */
static void
take_published(struct worker *worker)
{
	struct snapshot *snapshot = atomic_exchange(&worker->published, NULL);

	if (snapshot == NULL)
		return;
	snapshot_retire(worker->service.snapshot);
	worker->service.snapshot = snapshot;
	atomic_store_explicit(&worker->service.counters.cache_bytes, 0, memory_order_relaxed);
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
	if (atomic_load(&worker->told_to_close) && !worker->service.draining)
		begin_closing(worker);
	if (atomic_load(&worker->told_to_cancel))
		connections_cancel(&worker->service);
	end_loop_if_done(worker);
}

static void
on_tick(evutil_socket_t fd, short what, void *arg)
{
	struct worker *worker = arg;

	(void)fd, (void)what;
	connections_tick(&worker->service);
	give_back_memory(worker);
	if (worker->service.connections.count == 0)
		event_del(worker->tick_event);
}

static void
on_delivered(evutil_socket_t fd, short what, void *arg)
{
	struct worker *worker = arg;

	(void)fd, (void)what;
	connections_end_delivered(&worker->service);
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
	worker->service.throttle = throttle_new(worker->base, COSTLY_NANOSECONDS);
	if (worker->service.throttle == NULL)
		return false;
	worker->service.pool = stream_pool_new(worker->base, connection_turn, worker->service.throttle);
	return worker->order_event != NULL && worker->tick_event != NULL &&
	    worker->delivered_event != NULL && worker->service.pool != NULL &&
	    event_add(worker->order_event, NULL) == 0 && reserve_timers(worker);
}

static bool
open_faces(struct worker *worker)
{
	for (unsigned i = 0; faces[i] != NULL; i++) {
		struct service_face *face = &worker->faces[i];

		face->face = faces[i];
		face->counters = &worker->service.counters.faces[i];
		if (face->face->open == NULL)
			continue;
		face->shared = face->face->open(&worker->service);
		if (face->shared == NULL)
			return false;
	}
	return true;
}

static void
close_faces(struct worker *worker)
{
	for (unsigned i = 0; i < COUNTERS_FACES; i++)
		if (worker->faces[i].shared != NULL)
			worker->faces[i].face->close(worker->faces[i].shared);
}

static const struct service_face *
face_of(const struct worker *worker, const struct listen_socket *socket)
{
	unsigned i = 0;

	while (worker->faces[i].face != socket->face)
		i++;
	return &worker->faces[i];
}

static bool
make_entrance(struct worker *worker, const struct listen_socket *socket)
{
	struct entrance *entrance = &worker->entrances[worker->entrance_count];

	entrance->worker = worker;
	entrance->socket = socket;
	entrance->face = face_of(worker, socket);
	entrance->listener = listener_new(worker->base, socket->fd, on_accepted, entrance);
	worker->entrance_count += entrance->listener != NULL;
	return entrance->listener != NULL;
}

static bool
make_entrances(struct worker *worker, const struct worker_config *config)
{
	const struct listen_set *listens = config->listens;

	worker->entrances = calloc(listens->count, sizeof(*worker->entrances));
	if (worker->entrances == NULL)
		return false;
	for (unsigned i = 0; i < listens->count; i++)
		if (listens->sockets[i].nth % config->count == config->number &&
		    !make_entrance(worker, &listens->sockets[i]))
			return false;
	return true;
}

static void
init_service(struct worker *worker, const struct worker_config *config)
{
	struct service *service = &worker->service;

	service->snapshot = snapshot_new(config->shared, config->cache_bytes);
	service->admission = config->admission;
	service->rate = config->rate;
	service->trusted = config->trusted;
	service->metrics = config->metrics;
	service->mode = config->mode;
	service->http_base = config->http_base;
	service->verbose = config->verbose;
	service->admin = config->admin;
	service->next_connection = config->number + 1;
	service->connection_step = config->count;
	task_group_init(&service->connections, end_loop_if_done, worker);
	deadlines_init(&service->deadlines, &config->limits);
}

struct worker *
worker_new(const struct worker_config *config)
{
	struct worker *worker = calloc(1, sizeof(*worker));

	if (worker == NULL)
		return NULL;
	init_service(worker, config);
	worker->finished_fd = config->finished_fd;
	worker->order_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (worker->service.snapshot == NULL || worker->order_fd < 0 || !make_events(worker) ||
	    !open_faces(worker) || !make_entrances(worker, config)) {
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
	errno = thread_start(&worker->thread, serve, worker);
	worker->started = errno == 0;
	return worker->started;
}

void
worker_publish(struct worker *worker, struct snapshot *snapshot)
{
	snapshot_retire(atomic_exchange(&worker->published, snapshot)); /* that one it has not seen */
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
	counters_sum(sum, &worker->service.counters);
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
	close_faces(worker);
	take_published(worker);
	snapshot_retire(worker->service.snapshot);
	stream_pool_free(worker->service.pool);
	throttle_free(worker->service.throttle);
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
