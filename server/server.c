/* server.c - how the server starts and stops: a coroutine on the loop of the main thread, which owns
 * the signals. */
#include "server.h"

#include <err.h>
#include <event2/event.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "admission.h"
#include "coro.h"
#include "descriptors.h"
#include "faces.h"
#include "generation.h"
#include "http.h"
#include "listen_set.h"
#include "log.h"
#include "notify.h"
#include "privileges.h"
#include "rate.h"
#include "reload.h"
#include "trusted.h"
#include "worker.h"
#include "workers.h"

/* Descriptors that each worker needs for itself, besides its sockets: its loop's, its
 * eventfd, and one to spare. And the main thread: its loop's and signals', standard
 * streams, the index (twice while it is replaced), the resolver's, and some to spare. */
enum { WORKER_DESCRIPTORS = 4, MAIN_DESCRIPTORS = 24 };

enum server_event {
	EVENT_SIGNAL,   /* on signal_fd */
	EVENT_FINISHED, /* on finished_fd */
	EVENT_LOGGED,   /* on logged_fd */
	EVENT_DEADLINE, /* of the shutdown */
	EVENT_LIFE,     /* to give a sign of, to the service manager */
	EVENT_STATUS,   /* to tell the service manager */
	EVENT_COUNT,
};

struct server {
	struct event_base *base;
	struct event *events[EVENT_COUNT];
	struct listen_set listens;
	struct admission *admission;
	struct rate *rate; /* NULL: queries have no limit */
	struct generation generation;
	double started; /* in seconds since 1970 */
	unsigned max_clients;
	struct trusted trusted;
	const char *index, *synonyms; /* paths; the second may be NULL */
	struct reload *reload;
	struct workers workers;
	unsigned finished_count; /* workers that have no more to do */
	int finished_fd;
	int logged_fd;
	int signal_fd;
	unsigned stops_asked; /* signals received */
	bool deadline_passed;
	bool logged; /* all that there was to log is written */
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
	listen_set_remove_files(&server->listens);
	workers_close(&server->workers);
	event_add(server->events[EVENT_DEADLINE], &server->shutdown_timeout);
}

/* Have all sessions ended? */
static bool
server_closed(const struct server *server)
{
	return server->finished_count == server->workers.count;
}

static enum coro_status
serve(struct server *server)
{
	CORO_BEGIN(&server->coro);
	CORO_AWAIT(&server->coro, server->stops_asked > 0);
	log_announce("Server shutting down.");
	notify_stopping();
	server_close(server);
	CORO_AWAIT(&server->coro,
	    server_closed(server) || server->deadline_passed || server->stops_asked > 1);
	workers_cancel(&server->workers); /* what is still open is ended */
	CORO_AWAIT(&server->coro, server_closed(server));
	log_tell_when_written(server->logged_fd);
	CORO_AWAIT(&server->coro, server->logged || server->deadline_passed || server->stops_asked > 1);
	CORO_END(&server->coro);
}

static void
resume(struct server *server)
{
	if (serve(server) == CORO_DONE)
		event_base_loopbreak(server->base);
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
on_logged(evutil_socket_t fd, short what, void *arg)
{
	struct server *server = arg;
	eventfd_t count;

	(void)what;
	server->logged = eventfd_read(fd, &count) == 0;
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

/* ---- what else it is asked --------------------------------------------------------- */

/* From any thread. */
static char *
format_counters(void *arg, size_t *length)
{
	struct server *server = arg;
	struct reload_counts reloads = reload_counts(server->reload);
	struct counters_server own = {
		.generation = atomic_load(&server->generation.number),
		.reloads_done = reloads.done,
		.reloads_failed = reloads.failed,
		.last_reload_failed = reloads.last_failed,
		.started = server->started,
		.loaded = atomic_load(&server->generation.since),
		.max_clients = server->max_clients,
		.workers = server->workers.count,
		.log_lines_dropped = log_lines_dropped(),
	};
	struct counters sum;

	for (unsigned i = 0; faces[i] != NULL; i++)
		own.faces[i] = faces[i]->name;
	workers_count(&server->workers, &sum);
	return counters_format(&sum, &own, length);
}

static void
print_counters(struct server *server)
{
	size_t length;
	char *text = format_counters(server, &length);

	if (text != NULL)
		log_text(text, length);
	free(text);
}

/* A new index is there. */
static bool
publish(void *arg, struct charindex *ci, struct synonyms *synonyms)
{
	struct server *server = arg;

	return generation_publish(&server->generation, ci, synonyms, &server->workers);
}

/* From a terminal that is closed it is the end, for whoever could stop the daemon is gone too; else
 * it is what daemons take it for. */
static void
hang_up(struct server *server)
{
	if (!descriptors_lost_terminal()) {
		reload_ask(server->reload);
		return;
	}
	server->stops_asked++;
	resume(server);
}

static void
take_signal(struct server *server, uint32_t number)
{
	switch (number) {
	case SIGHUP:
		hang_up(server);
		break;
	case SIGUSR1:
		print_counters(server);
		break;
	default:
		server->stops_asked++;
		resume(server);
		break;
	}
}

static void
on_signal(evutil_socket_t fd, short what, void *arg)
{
	struct signalfd_siginfo info;

	(void)what;
	if (read(fd, &info, sizeof(info)) == sizeof(info))
		take_signal(arg, info.ssi_signo);
}

/* The service manager hears from us as long as every worker's loop turns. */
static void
on_life(evutil_socket_t fd, short what, void *arg)
{
	struct server *server = arg;

	(void)fd, (void)what;
	if (!workers_alive(&server->workers))
		return;
	notify_alive();
	workers_ping(&server->workers);
}

static void
on_status(evutil_socket_t fd, short what, void *arg)
{
	struct server *server = arg;
	struct counters sum;

	(void)fd, (void)what;
	workers_count(&server->workers, &sum);
	notify_status("%llu connections, %llu queries, generation %u",
	    (unsigned long long)counters_open(&sum),
	    (unsigned long long)atomic_load(&sum.values[COUNTER_QUERIES]),
	    atomic_load(&server->generation.number));
}

/* ---- start --------------------------------------------------------------------- */

/* Signals are read from a descriptor like everything else; blocked, they interrupt no
 * thread, of which the first ones are still to be started. */
static int
open_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGUSR1);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* What libevent warns of its callers are told too, and they know what it means. */
static void
on_libevent_log(int severity, const char *message)
{
	if (severity == EVENT_LOG_ERR)
		log_line(LOG_ERROR, "libevent: %s", message);
}

static void
must_add(struct event *event, const struct timeval *after)
{
	if (event_add(event, after) != 0)
		err(1, "cannot start");
}

/* Adding the first timer of a loop needs memory, which may have run out by the time. */
static void
must_reserve_timer(struct event *event)
{
	static const struct timeval any = { 1, 0 };

	must_add(event, &any);
	event_del(event);
}

static void
make_events(struct server *server)
{
	static const struct timeval status_interval = { 5, 0 };
	struct event **events = server->events;
	struct event_base *base;
	struct timeval life_interval;

	event_set_log_callback(on_libevent_log);
	base = server->base = must(event_base_new());
	server->finished_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	server->logged_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	server->signal_fd = open_signals();
	if (server->finished_fd < 0 || server->logged_fd < 0 || server->signal_fd < 0)
		err(1, "cannot start");
	events[EVENT_SIGNAL] =
	    must(event_new(base, server->signal_fd, EV_READ | EV_PERSIST, on_signal, server));
	events[EVENT_FINISHED] =
	    must(event_new(base, server->finished_fd, EV_READ | EV_PERSIST, on_finished, server));
	events[EVENT_LOGGED] =
	    must(event_new(base, server->logged_fd, EV_READ | EV_PERSIST, on_logged, server));
	for (int i = 0; i <= EVENT_LOGGED; i++)
		must_add(events[i], NULL);
	events[EVENT_DEADLINE] = must(evtimer_new(base, on_deadline, server));
	must_reserve_timer(events[EVENT_DEADLINE]);
	events[EVENT_LIFE] = must(event_new(base, -1, EV_PERSIST, on_life, server));
	if (notify_wants_life(&life_interval))
		must_add(events[EVENT_LIFE], &life_interval);
	events[EVENT_STATUS] = must(event_new(base, -1, EV_PERSIST, on_status, server));
	if (getenv("NOTIFY_SOCKET") != NULL)
		must_add(events[EVENT_STATUS], &status_interval);
}

static unsigned
cpu_count(void)
{
	cpu_set_t cpus;

	return sched_getaffinity(0, sizeof(cpus), &cpus) == 0 ? (unsigned)CPU_COUNT(&cpus) : 1;
}

/* Opens the listening sockets, and says how many workers there will be for them. */
static unsigned
listen_on_all(struct listen_set *listens, const struct options *options)
{
	unsigned workers = options->workers;

	if (options->listen_inherited || !options_listen(options, faces[0]))
		listen_set_inherit(listens);
	if (options->listen_inherited && listens->count == 0)
		errx(1,
		    "--listen=systemd, but the service manager has passed no socket; "
		    "start charfinderd.socket, or name an address");
	if (workers == 0 && listens->count > 0)
		workers = listen_set_most_sockets(listens);
	if (workers == 0)
		workers = cpu_count();
	if (listens->count == 0 && !options_listen(options, faces[0]))
		listen_set_open(listens, options_default_listen(), workers);
	for (unsigned i = 0; i < options->listen_count; i++)
		listen_set_open(listens, &options->listens[i], workers);
	return workers;
}

static struct worker *
make_worker(struct server *server, const struct options *options, unsigned number)
{
	struct worker_config config = {
		.shared = server->generation.shared,
		.admission = server->admission,
		.rate = server->rate,
		.cache_bytes = server->generation.cache_bytes,
		.limits = { options->idle_timeout, options->line_timeout, options->answer_timeout },
		.trusted = &server->trusted,
		.metrics = { format_counters, server },
		.verbose = options->log >= LOG_QUERY,
		.admin = listen_set_has(&server->listens, &admin_face),
		.mode = options->mode,
		.http_base = options->http_base,
		.number = number,
		.count = server->workers.count,
		.listens = &server->listens,
		.finished_fd = server->finished_fd,
	};

	return must(worker_new(&config));
}

static unsigned
max_clients(const struct options *options, unsigned workers, unsigned sockets)
{
	return descriptors_for_clients(options->max_clients,
	    MAIN_DESCRIPTORS + workers * WORKER_DESCRIPTORS + sockets);
}

void
server_check_descriptors(const struct options *options, unsigned addresses)
{
	unsigned workers = options->workers > 0 ? options->workers : cpu_count();

	max_clients(options, workers, addresses * workers);
}

struct server *
server_new(const struct options *options, struct charindex *ci, struct synonyms *synonyms)
{
	struct server *server = must(calloc(1, sizeof(*server)));

	log_set_up(options->log);
	signal(SIGPIPE, SIG_IGN);
	descriptors_lost_terminal(); /* not yet: so that it is known that there is one */
	server->shutdown_timeout.tv_sec = (time_t)options->shutdown_timeout;
	make_events(server);
	server->workers.count = listen_on_all(&server->listens, options);
	server->max_clients = max_clients(options, server->workers.count, server->listens.count);
	if (options->user != NULL)
		privileges_become(options->user);
	server->admission = must(admission_new(server->max_clients, options->max_clients_per_address));
	if (options->max_rate_per_address > 0)
		server->rate = must(rate_new(options->max_rate_per_address));
	if (!generation_init(&server->generation, ci, synonyms, options->cache))
		err(1, "cannot start");
	server->started = atomic_load(&server->generation.since);
	server->trusted = (struct trusted){ options->trusted_proxies, options->trusted_count };
	server->index = options->index;
	server->synonyms = options->synonyms;
	server->reload =
	    must(reload_new(server->base, server->index, server->synonyms, publish, server));
	server->workers.worker = must(calloc(server->workers.count, sizeof(struct worker *)));
	for (unsigned i = 0; i < server->workers.count; i++)
		server->workers.worker[i] = make_worker(server, options, i);
	return server;
}

static void
print_address(const struct listen_socket *socket)
{
	const struct face *face = socket->face;

	if (face->scheme == NULL || listen_socket_is_local(socket))
		log_announce("%s on %s%s", face->serving, socket->name, face->advice);
	else
		log_announce("%s on %s://%s/%s", face->serving, face->scheme, socket->name, face->advice);
}

/* One line an address, of which each has as many sockets as there are workers. */
static void
print_addresses(const struct listen_set *listens)
{
	for (unsigned i = 0; i < listens->count; i++)
		if (listens->sockets[i].nth == 0)
			print_address(&listens->sockets[i]);
}

static void
warn_of_reload(const char *path)
{
	if (access(path, R_OK) != 0)
		log_line(LOG_WARN, "this user may not read %s, so there can be no reload", path);
}

/* What whoever starts it should know, and can mend. */
static void
print_warnings(const struct server *server)
{
	if (geteuid() == 0 && getenv("INVOCATION_ID") == NULL)
		log_line(LOG_WARN,
		    "running as root, which is not needed; --user=NAME gives that up once the sockets "
		    "are open");
	warn_of_reload(server->index);
	if (server->synonyms != NULL)
		warn_of_reload(server->synonyms);
}

void
server_run(struct server *server)
{
	if (!log_start())
		err(1, "cannot start a thread");
	if (!workers_start(&server->workers))
		err(1, "cannot start a thread; give less --workers");
	print_addresses(&server->listens);
	print_warnings(server);
	resume(server);
	notify_ready();
	event_base_dispatch(server->base);
}

void
server_free(struct server *server)
{
	reload_free(server->reload);
	workers_release(&server->workers);
	listen_set_release(&server->listens);
	generation_release(&server->generation);
	admission_free(server->admission);
	rate_free(server->rate);
	for (int i = 0; i < EVENT_COUNT; i++)
		event_free(server->events[i]);
	event_base_free(server->base);
	log_tell_when_written(-1);
	close(server->finished_fd);
	close(server->logged_fd);
	close(server->signal_fd);
	free(server);
}
