/* http_server.c - hides evhttp: how it is set up, and how it stops without cutting answers
 * short. */
#include "http_server.h"

#include <event2/event.h>
#include <event2/http.h>
#include <event2/listener.h>
#include <stdlib.h>
#include <string.h>

#include "http_connection.h"
#include "http_exchange.h"
#include "listener.h"
#include "session.h"

/* evhttp answers unknown methods by itself; these come to us, to be refused with a reason. */
#define ALL_METHODS \
	(EVHTTP_REQ_GET | EVHTTP_REQ_POST | EVHTTP_REQ_HEAD | EVHTTP_REQ_PUT | EVHTTP_REQ_DELETE | \
	    EVHTTP_REQ_OPTIONS | EVHTTP_REQ_TRACE | EVHTTP_REQ_CONNECT | EVHTTP_REQ_PATCH)

struct entrance {
	struct entrance *next;
	struct listener *listener;
	struct evhttp_bound_socket *bound;
	bool shared; /* others accept from it too */
};

struct http_server {
	struct evhttp *evhttp;
	struct event *close_event; /* closes the listeners once they have accepted what is there */
	struct entrance *entrances;
	struct http_pool pool;
};

bool
http_is_trusted(const struct http_shared *shared, const struct in6_addr *ip)
{
	for (unsigned i = 0; i < shared->trusted_count; i++)
		if (memcmp(&shared->trusted[i], ip, sizeof(*ip)) == 0)
			return true;
	return false;
}

/* ---- listeners ------------------------------------------------------------------- */

/* Called for failures only: evhttp accepts. */
static void
on_accept_failed(void *arg, int fd, const struct sockaddr *peer)
{
	struct http_server *server = arg;

	(void)fd, (void)peer;
	counter_add(&server->pool.host->counters.values[COUNTER_ERRORS_ACCEPT], 1);
}

bool
http_server_listen(struct http_server *server, int fd, bool shared)
{
	struct entrance *entrance = calloc(1, sizeof(*entrance));

	if (entrance == NULL)
		return false;
	entrance->shared = shared;
	entrance->listener = listener_new(server->pool.base, fd, on_accept_failed, server);
	if (entrance->listener == NULL) {
		free(entrance);
		return false;
	}
	entrance->bound = evhttp_bind_listener(server->evhttp, listener_lend(entrance->listener));
	entrance->next = server->entrances;
	server->entrances = entrance;
	return entrance->bound != NULL;
}

/* Closes the listeners, but keeps those that have not accepted all, if so wanted. */
static void
close_entrances(struct http_server *server, bool only_shared)
{
	struct entrance **at = &server->entrances;

	while (*at != NULL) {
		struct entrance *entrance = *at;

		if (only_shared && !entrance->shared) {
			at = &entrance->next;
			continue;
		}
		*at = entrance->next;
		if (entrance->bound != NULL)
			evhttp_del_accept_socket(server->evhttp, entrance->bound);
		listener_close(entrance->listener);
		free(entrance);
	}
}

/* ---- stopping -------------------------------------------------------------------- */

static void
on_close(evutil_socket_t fd, short what, void *arg)
{
	struct http_server *server = arg;

	(void)fd, (void)what;
	close_entrances(server, false);
	http_pool_close_idle(&server->pool);
	server->pool.changed(server->pool.arg);
}

void
http_server_close(struct http_server *server)
{
	static const struct timeval now = { 0, 0 };

	server->pool.draining = true;
	close_entrances(server, true);
	/* what is in the queues of the other listeners is accepted before a timer runs */
	if (event_add(server->close_event, &now) != 0)
		on_close(-1, 0, server);
}

void
http_server_close_idle(struct http_server *server)
{
	if (server->entrances == NULL)
		http_pool_close_idle(&server->pool);
}

void
http_server_cancel(struct http_server *server)
{
	close_entrances(server, false);
	http_pool_cancel(&server->pool);
}

bool
http_server_closed(const struct http_server *server)
{
	return server->entrances == NULL && server->pool.count == 0 && TAILQ_EMPTY(&server->pool.fresh);
}

unsigned
http_server_count(const struct http_server *server)
{
	return server->pool.count;
}

void
http_server_tick(struct http_server *server)
{
	http_pool_tick(&server->pool);
}

/* ---- the beginning and the end ------------------------------------------------------ */

static bool
set_up(struct http_server *server)
{
	struct event_base *base = server->pool.base;

	server->close_event = evtimer_new(base, on_close, server);
	server->evhttp = evhttp_new(base);
	if (server->close_event == NULL || server->evhttp == NULL || !http_pool_init(&server->pool))
		return false;
	evhttp_set_max_headers_size(server->evhttp, HTTP_MAX_HEADERS);
	evhttp_set_max_body_size(server->evhttp, 0);
	evhttp_set_allowed_methods(server->evhttp, ALL_METHODS);
	evhttp_set_default_content_type(server->evhttp, NULL);
	evhttp_set_bevcb(server->evhttp, http_connection_begin, &server->pool);
	evhttp_set_gencb(server->evhttp, http_connection_request, &server->pool);
	return true;
}

struct http_server *
http_server_new(struct event_base *base, struct session_host *host,
    const struct http_shared *shared, void (*changed)(void *arg), void *arg)
{
	struct http_server *server = calloc(1, sizeof(*server));

	if (server == NULL)
		return NULL;
	server->pool = (struct http_pool){
		.base = base,
		.host = host,
		.shared = shared,
		.request = http_exchange_begin,
		.changed = changed,
		.arg = arg,
	};
	if (!set_up(server)) {
		http_server_free(server);
		return NULL;
	}
	return server;
}

void
http_server_free(struct http_server *server)
{
	if (server == NULL)
		return;
	close_entrances(server, false);
	if (server->evhttp != NULL)
		evhttp_free(server->evhttp);
	if (server->close_event != NULL)
		event_free(server->close_event);
	http_pool_release(&server->pool);
	free(server);
}
