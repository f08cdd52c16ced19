/* http_worker.c - what worker.c sets up, for one connection. */
#include "http_worker.h"

#include <errno.h>
#include <event2/event.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "address.h"
#include "admission.h"
#include "connection.h"
#include "fuzz.h"
#include "http.h"
#include "snapshot.h"
#include "trusted.h"

struct worker {
	struct event_base *base;
	struct service service;
	struct service_face face;
	struct face_counters counters;
};

struct client {
	int fd;
	const char *unsent;
	size_t left;
	bool shut_down, ended;
	char *received;
	size_t length, room;
};

/* ---- the worker --------------------------------------------------------------------------- */

/* Opened once, and never closed. */
static struct snapshot *
the_snapshot(void)
{
	static struct snapshot *snapshot;
	const char *path = getenv("CHARINDEX_DB");
	struct charindex *index;
	struct shared_index *shared;

	if (snapshot != NULL)
		return snapshot;
	if (charindex_open(path != NULL ? path : "charindex.db", &index) != CHARINDEX_OK) {
		fprintf(stderr, "CHARINDEX_DB does not name an index\n");
		exit(2);
	}
	shared = shared_index_new(index, NULL, 1);
	FUZZ_HOLDS(shared != NULL);
	snapshot = snapshot_new(shared, 0);
	FUZZ_HOLDS(snapshot != NULL);
	return snapshot;
}

static char *
format_metrics(void *arg, size_t *length)
{
	(void)arg;
	*length = strlen("a 1\n");
	return strdup("a 1\n");
}

static void
on_emptied(void *arg)
{
	(void)arg;
}

/* clang-format off */
static const struct address_network loopback = {
	{ { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 1 } } }, 128,
};
/* clang-format on */
static const struct trusted trusted = { &loopback, 1 };

static void
worker_init(struct worker *worker)
{
	struct service *service = &worker->service;

	*worker = (struct worker){ .base = event_base_new() };
	FUZZ_HOLDS(worker->base != NULL);
	*service = (struct service){
		.snapshot = the_snapshot(),
		.admission = admission_new(0, 0),
		.throttle = throttle_new(worker->base, 0),
		.trusted = &trusted,
		.metrics = { format_metrics, NULL },
		.mode = CHARINDEX_AUTO,
		.http_base = "",
		.next_connection = 1,
		.connection_step = 1,
	};
	FUZZ_HOLDS(service->admission != NULL && service->throttle != NULL);
	service->pool = stream_pool_new(worker->base, connection_turn, service->throttle);
	FUZZ_HOLDS(service->pool != NULL);
	deadlines_init(&service->deadlines, &(struct wait_limits){ 0 });
	task_group_init(&service->connections, on_emptied, NULL);
	worker->face = (struct service_face){ &http_face, http_face.open(service), &worker->counters };
	FUZZ_HOLDS(worker->face.shared != NULL);
}

static void
worker_release(struct worker *worker)
{
	FUZZ_HOLDS(worker->service.snapshot->answers == 0);
	http_face.close(worker->face.shared);
	stream_pool_free(worker->service.pool);
	throttle_free(worker->service.throttle);
	admission_free(worker->service.admission);
	event_base_free(worker->base);
}

/* ---- the client ----------------------------------------------------------------------------- */

static void
connect_client(struct client *client, struct worker *worker)
{
	struct sockaddr_in peer = { .sin_family = AF_INET, .sin_port = htons(54321) };
	int ends[2];

	peer.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	FUZZ_HOLDS(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) == 0);
	client->fd = ends[0];
	connection_accept(&worker->service, &worker->face, ends[1], (const struct sockaddr *)&peer,
	    false);
}

static void
send_some(struct client *client, size_t piece)
{
	ssize_t sent =
	    send(client->fd, client->unsent, client->left < piece ? client->left : piece, MSG_NOSIGNAL);

	if (sent < 0 && errno != EAGAIN)
		sent = (ssize_t)client->left; /* nobody wants it any more */
	if (sent > 0) {
		client->unsent += sent;
		client->left -= (size_t)sent;
	}
	if (client->left == 0 && !client->shut_down)
		shutdown(client->fd, SHUT_WR), client->shut_down = true;
}

static void
receive(struct client *client)
{
	ssize_t got;

	do {
		if (client->room - client->length < 65536)
			client->received = realloc(client->received, client->room = client->room * 2 + 65536);
		FUZZ_HOLDS(client->received != NULL);
		got = recv(client->fd, client->received + client->length, 65536, 0);
		if (got > 0)
			client->length += (size_t)got;
	} while (got > 0);
	client->ended = got == 0 || errno != EAGAIN;
}

char *
http_worker_converse(const char *data, size_t length, size_t piece, size_t *received)
{
	struct worker worker;
	struct client client = { .unsent = data, .left = length };

	signal(SIGPIPE, SIG_IGN); /* as the server does */
	worker_init(&worker);
	connect_client(&client, &worker);
	while (!client.ended) {
		send_some(&client, piece);
		event_base_loop(worker.base, EVLOOP_ONCE | EVLOOP_NONBLOCK);
		receive(&client);
	}
	close(client.fd);
	while (worker.service.connections.count > 0)
		event_base_loop(worker.base, EVLOOP_ONCE | EVLOOP_NONBLOCK);
	worker_release(&worker);
	*received = client.length;
	return client.received;
}
