/* exchange.h - a request and its answer. */
#ifndef EXCHANGE_H
#define EXCHANGE_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "close_reason.h"
#include "params.h"
#include "reply.h"
#include "request.h"
#include "search_state.h"
#include "text.h"

struct admission_place;
struct connection;
struct exchange;
struct gzip;
struct http_shared;
struct snapshot;
struct route;

/* Room for "\"0123456789abcdef-gz\"" and a NUL. */
#define EXCHANGE_ETAG_SIZE 24

struct exchange {
	struct connection *connection; /* not owned */
	struct http_shared *shared;    /* not owned */
	const struct request *request; /* not owned */
	const char *head;              /* its bytes, which stay where they are; not NUL-terminated */
	struct snapshot *snapshot;     /* held: the answer is from this index */
	struct in6_addr client;        /* whose request it is */
	struct admission_place *place; /* of the client of a trusted proxy; or NULL */
	bool last;                     /* the connection closes after the answer ... */
	uint8_t reason;                /* ... for this enum close_reason */

	/* What is asked: route.c. */
	const struct route *route; /* NULL: there is none */
	bool pending;              /* the route's answer() is still to be called */
	struct params params;
	struct search search;
	const char *rest; /* of the path, behind what the route has of it; or of a list in the query */
	uint32_t members; /* of the objects that are answered with: a bit for each enum member */

	/* The answer: response.c. */
	int status;
	struct reply reply;
	char etag[EXCHANGE_ETAG_SIZE]; /* "": none */
	struct text links;             /* owned: the value of the header Link, or empty */
	struct text body;              /* owned: what has been made of it, and not been sent */
	bool (*more)(struct exchange *exchange); /* makes the next piece of the body, some kilobytes:
	                                          * false with the last one. NULL: it is whole */
	struct gzip *gzip; /* owned; while the body is sent in compressed pieces */
	size_t sent;       /* bytes of `body` */
	bool begun;        /* the head has been sent */
	bool chunked;

	char room[]; /* for the path and the parameters, decoded */
};

/* The answer to `request` begins, whose bytes are at `head` until it ends: NULL without memory. */
struct exchange *exchange_new(struct connection *connection, const struct request *request,
    const char *head);

/* The answer has been written to its end: it is counted and logged, and the exchange freed. */
void exchange_end(struct exchange *exchange);

/* Frees an exchange at any point. */
void exchange_free(struct exchange *exchange);

/* The connection closes after the answer, for `reason`. */
void exchange_close_after(struct exchange *exchange, enum close_reason reason);

/* Is the client of a trusted proxy one too many? If it is not, it has a place until the end. */
bool exchange_takes_place(struct exchange *exchange);

#endif
