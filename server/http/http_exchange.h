/* http_exchange.h - a request and its answer. */
#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "close_reason.h"
#include "http_params.h"
#include "text.h"
#include "turnstile.h"

struct evbuffer;
struct evhttp_request;
struct http_connection;
struct http_exchange;
struct http_gzip;
struct lease;

/* Where the body of an answer comes from, piece by piece. Embedded in what makes it. */
struct http_source {
	/* Adds the next piece, some 64 KB at the most: true if there may be more to come. */
	bool (*more)(struct http_source *source, struct text *out);
	/* Frees it; called exactly once. */
	void (*release)(struct http_source *source);
};

struct http_exchange {
	struct http_connection *connection;
	struct evhttp_request *request;
	struct lease *lease;        /* held: the answer is from this index */
	const char *path;           /* as it came: not decoded */
	const char *rest;           /* of the path, after what the route has */
	const char *query;          /* as it came, "" if there is none */
	struct http_params params;  /* valid until the handler returns */
	struct in6_addr client;
	bool head;        /* no body is wanted */
	bool accepts_gzip;
	bool old;         /* HTTP/1.0: no chunks */
	bool lacks_headers; /* there was no memory for them */
	bool last;        /* the connection closes after it */
	char etag[24];    /* with its quotes; "": none */
	int status;       /* once it is known */
	struct turnstile_ticket ticket; /* for what takes long */
	/* for an answer in more than one piece */
	struct http_source *source;
	struct http_gzip *gzip;
	struct evbuffer *chunk;
};

/* Begins the answer to a whole request on `connection`: http_pool.request. */
void http_exchange_begin(struct http_connection *connection, struct evhttp_request *request);

/* The answer has been sent, or will not be, because the connection is about to go. */
void http_exchange_end(struct http_exchange *exchange);
void http_exchange_abandon(struct http_exchange *exchange);

/* The connection will close after the answer, for `reason`: to be called before it is sent. */
void http_exchange_last(struct http_exchange *exchange, enum close_reason reason);

/* May the handler do something that takes milliseconds? One of those on a worker may, in each
 * round of its loop. If not, the handler returns without an answer, and is called again. */
bool http_exchange_alone(struct http_exchange *exchange);

/* Counts a query with `rows` rows. */
void http_exchange_count(struct http_exchange *exchange, uint64_t rows);

#endif
