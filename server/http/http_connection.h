/* http_connection.h - one HTTP connection: what evhttp does not do for it. Counts it, lets it
 * in or turns it away, sets its deadlines, looks over its input, and puts our error pages
 * in place of evhttp's.
 *
 * evhttp accepts, parses, and owns the connection; it calls us with whole requests. */
#ifndef HTTP_CONNECTION_H
#define HTTP_CONNECTION_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>

#include "close_reason.h"
#include "http_scan.h"
#include "text.h"

struct admission_place;
struct bufferevent;
struct event;
struct event_base;
struct evhttp_connection;
struct evhttp_request;
struct http_connection;
struct http_exchange;
struct http_shared;
struct session_host;

TAILQ_HEAD(http_connections, http_connection);

/* What the HTTP connections of one worker share. */
struct http_pool {
	struct event_base *base;
	struct session_host *host;        /* counters, limits, admission, the lease */
	const struct http_shared *shared; /* with other workers */
	struct http_connections fresh;    /* accepted, and not yet looked at */
	struct http_connections open;
	struct http_connections erred; /* of those, the ones with an error page of evhttp's */
	struct http_connection **by_fd; /* owned */
	int by_fd_room;
	struct event *after; /* runs when what goes on now is done, before anything is read */
	unsigned count;      /* open ones */
	unsigned gzips; /* answers that are being compressed */
	bool draining;
	struct text scratch;     /* for the body of an answer, while it is made */
	struct text gzipped;     /* and when it has been compressed */
	char *decoded;           /* owned; for the parameters of a request */
	unsigned fingerprinted;  /* number of the generation that `fingerprint` is of */
	uint64_t fingerprint;    /* of the index and this program: what answers depend on */
	/* Takes a request that has come whole; it is answered now or later. */
	void (*request)(struct http_connection *connection, struct evhttp_request *request);
	/* The count has changed. */
	void (*changed)(void *arg);
	void *arg;
};

enum http_state {
	HTTP_IDLE,      /* no request has begun */
	HTTP_READING,   /* one has, and is not whole */
	HTTP_ANSWERING, /* it is, and its answer has not been sent */
	HTTP_LINGERING, /* it has been the last one; what the client still sends is thrown away */
};

struct http_connection {
	TAILQ_ENTRY(http_connection) link;
	TAILQ_ENTRY(http_connection) erred_link;
	struct http_pool *pool;
	struct evhttp_connection *evcon; /* owns us: we go when it goes */
	struct bufferevent *bev;         /* its own */
	struct event *anchor;            /* owned; see anchor() */
	struct http_exchange *exchange;  /* owned; the one in flight, if it outlives its request's turn */
	struct admission_place *place;        /* of the connection's address */
	struct admission_place *client_place; /* of the client behind a proxy, while it is answered */
	uint64_t number;
	uint64_t busy_since; /* when the request was taken, in nanoseconds */
	uint32_t requests;
	uint32_t queries;
	unsigned deadline; /* in host->seconds; 0: none */
	int fd;
	struct in6_addr peer;
	struct http_scan scan;
	uint8_t state;   /* enum http_state */
	uint8_t reason;  /* enum close_reason, for when it closes */
	bool lingers;    /* after the answer in flight */
	bool ended;      /* the client has closed its side, or is lost; known while lingering */
	bool erred;      /* evhttp has written an error page of its own */
};

/* False without memory. */
bool http_pool_init(struct http_pool *pool);
void http_pool_release(struct http_pool *pool);

/* For evhttp_set_bevcb(), with the pool: a bufferevent for a connection that evhttp is about
 * to make. */
struct bufferevent *http_connection_begin(struct event_base *base, void *pool);

/* For evhttp_set_gencb(), with the pool. */
void http_connection_request(struct evhttp_request *request, void *pool);

/* To be called after each evhttp_send_…(): nothing is read while an answer is on its way. Else
 * evhttp would take the end of input for the end of the connection, and queue whatever
 * else comes without bounds. */
void http_connection_mute(struct http_connection *connection);

/* In place of that after a whole answer: sends it at once, as far as the socket takes it,
 * which saves a turn of the loop. */
void http_connection_send(struct http_connection *connection);

/* After the last answer has been written to the output: when it has been sent our side is
 * closed, and what the client still sends is thrown away for a while. */
void http_connection_linger(struct http_connection *connection);

/* The answer in flight is the last one. */
void http_connection_last(struct http_connection *connection, enum close_reason reason);

/* Closes the connection now. It is gone after that. */
void http_connection_close(struct http_connection *connection, enum close_reason reason);

/* A second has passed: closes what has taken too long. */
void http_pool_tick(struct http_pool *pool);

/* Closes the connections on which nothing has been asked. */
void http_pool_close_idle(struct http_pool *pool);

/* Closes all. */
void http_pool_cancel(struct http_pool *pool);

#endif
