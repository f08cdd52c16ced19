/* server.c - hides how the server starts, and how it stops: one coroutine, on the loop
 * of the main thread, which owns the signals. */
#include "server.h"

#include <err.h>
#include <event2/event.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "coro.h"
#include "listen_set.h"
#include "worker.h"

enum { STOP_SIGNALS = 2 };

struct server {
	struct event_base *base;
	struct event *signal_events[STOP_SIGNALS];
	struct event *finished_event; /* on finished_fd */
	struct event *deadline_event;
	struct listen_set listens;
	struct worker **workers;
	unsigned worker_count;
	unsigned finished_count; /* workers that have no more to do */
	int finished_fd;
	unsigned stops_asked;    /* signals received */
	bool deadline_passed;
	struct timeval shutdown_timeout;
	struct coro coro;
};

static void *
must(void *made)
{
	if (made == NULL)
		err(1, "cannot start");
	return made;
}

/* ---- shutdown ------------------------------------------------------------------ */

/* Stops accepting; open sessions go on until they have answered. */
static void
server_close(struct server *server)
{
	for (unsigned i = 0; i < server->worker_count; i++)
		worker_close(server->workers[i]);
	event_add(server->deadline_event, &server->shutdown_timeout);
}

/* Ends what is still open. */
static void
server_cancel(struct server *server)
{
	for (unsigned i = 0; i < server->worker_count; i++)
		worker_cancel(server->workers[i]);
}

/* Have all sessions ended? */
static bool
server_closed(const struct server *server)
{
	return server->finished_count == server->worker_count;
}

static enum coro_status
serve(struct server *server)
{
	CORO_BEGIN(&server->coro);
	CORO_AWAIT(&server->coro, server->stops_asked > 0);
	puts("Server shutting down.");
	fflush(stdout);
	server_close(server);
	CORO_AWAIT(&server->coro,
	    server_closed(server) || server->deadline_passed || server->stops_asked > 1);
	server_cancel(server);
	CORO_AWAIT(&server->coro, server_closed(server));
	CORO_END(&server->coro);
}

static void
resume(struct server *server)
{
	if (serve(server) == CORO_DONE)
		event_base_loopbreak(server->base);
}

static void
on_stop_signal(evutil_socket_t signal_number, short what, void *arg)
{
	struct server *server = arg;

	(void)signal_number, (void)what;
	server->stops_asked++;
	resume(server);
}

static void
on_finished(evutil_socket_t fd, short what, void *arg)
{
	struct server *server = arg;
	eventfd_t count = 0;

	(void)what;
	eventfd_read(fd, &count);
	server->finished_count += (unsigned)count;
	resume(server);
}

static void
on_deadline(evutil_socket_t fd, short what, void *arg)
{
	struct server *server = arg;

	(void)fd, (void)what;
	server->deadline_passed = true;
	resume(server);
}

/* ---- start --------------------------------------------------------------------- */

static void
make_events(struct server *server)
{
	static const int stop_signals[STOP_SIGNALS] = { SIGINT, SIGTERM };

	server->base = must(event_base_new());
	for (int i = 0; i < STOP_SIGNALS; i++) {
		server->signal_events[i] =
		    must(evsignal_new(server->base, stop_signals[i], on_stop_signal, server));
		event_add(server->signal_events[i], NULL);
	}
	server->finished_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (server->finished_fd < 0)
		err(1, "cannot start");
	server->finished_event = must(
	    event_new(server->base, server->finished_fd, EV_READ | EV_PERSIST, on_finished, server));
	event_add(server->finished_event, NULL);
	server->deadline_event = must(evtimer_new(server->base, on_deadline, server));
}

static struct worker *
make_worker(const struct server *server, const struct options *options,
    const struct charindex *ci, unsigned number)
{
	int *sockets = must(calloc(server->listens.count, sizeof(*sockets)));
	struct worker *worker;

	for (unsigned i = 0; i < server->listens.count; i++)
		sockets[i] = server->listens.entries[i].sockets[number];
	worker = worker_new(&(struct worker_config){
	    .ci = ci,
	    .verbose = options->verbose,
	    .number = number,
	    .count = options->workers,
	    .sockets = sockets,
	    .socket_count = server->listens.count,
	    .finished_fd = server->finished_fd,
	});
	free(sockets);
	return must(worker);
}

struct server *
server_new(const struct options *options, const struct charindex *ci)
{
	struct server *server = must(calloc(1, sizeof(*server)));

	signal(SIGPIPE, SIG_IGN);
	server->shutdown_timeout.tv_sec = (time_t)options->shutdown_timeout;
	make_events(server);
	listen_set_open(&server->listens, options->listens, options->listen_count, options->workers);
	server->workers = must(calloc(options->workers, sizeof(struct worker *)));
	for (unsigned i = 0; i < options->workers; i++) {
		server->workers[i] = make_worker(server, options, ci, i);
		server->worker_count++;
	}
	return server;
}

void
server_run(struct server *server)
{
	for (unsigned i = 0; i < server->worker_count; i++)
		if (!worker_start(server->workers[i]))
			err(1, "cannot start a thread; give less --workers");
	for (unsigned i = 0; i < server->listens.count; i++)
		printf("Serving on %s. Hit CTRL-C to stop.\n", server->listens.entries[i].name);
	fflush(stdout);
	resume(server);
	event_base_dispatch(server->base);
}

void
server_free(struct server *server)
{
	for (unsigned i = 0; i < server->worker_count; i++)
		worker_free(server->workers[i]);
	free(server->workers);
	listen_set_release(&server->listens);
	for (int i = 0; i < STOP_SIGNALS; i++)
		event_free(server->signal_events[i]);
	event_free(server->finished_event);
	event_free(server->deadline_event);
	event_base_free(server->base);
	close(server->finished_fd);
	free(server);
}
