/* http_server.h - the HTTP face of one worker: evhttp, its listeners, and how it drains.
 * HTTP.md is its contract. */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>

struct event_base;
struct http_server;
struct session_host;

/* Bytes of the request line and the headers. A query of 4,096 bytes may come with each byte
 * escaped as three. */
#define HTTP_MAX_HEADERS (16 * 1024)

/* What the HTTP servers of all workers share, constant while they run. */
struct http_shared {
	const struct in6_addr *trusted; /* proxies; in the form of address_ip() */
	unsigned trusted_count;
	/* The counters of the whole server, from any thread: as counters_format(). */
	char *(*metrics)(void *arg, size_t *length);
	void *arg;
};

/* Is it one of the proxies that are believed? */
bool http_is_trusted(const struct http_shared *shared, const struct in6_addr *ip);

/* A server on `base` without listeners. `host` lends it counters, limits, admission and the
 * lease, and tells the seconds. `changed` is called with `arg` when the number of connections
 * or listeners has changed. All outlive it. NULL without memory. */
struct http_server *http_server_new(struct event_base *base, struct session_host *host,
    const struct http_shared *shared, void (*changed)(void *arg), void *arg);

/* Closes all that is open. NULL is allowed. */
void http_server_free(struct http_server *server);

/* Accepts on the socket `fd`, which the server then owns; `shared` if others accept from it
 * too. False without memory. */
bool http_server_listen(struct http_server *server, int fd, bool shared);

/* Connections that are open. */
unsigned http_server_count(const struct http_server *server);

/* Is there neither a connection nor a listener? */
bool http_server_closed(const struct http_server *server);

/* A second has passed. */
void http_server_tick(struct http_server *server);

/* Accepts those who have connected by now, stops listening, and closes the connections on
 * which nothing has been asked. Answers that begin from now on are the last ones of their
 * connections. */
void http_server_close(struct http_server *server);

/* While closing: closes those that have become idle. To be called now and then. */
void http_server_close_idle(struct http_server *server);

/* Closes all connections now, their answers cut short. */
void http_server_cancel(struct http_server *server);

#endif
