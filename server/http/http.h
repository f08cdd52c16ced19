/* http.h - the conversation of server/http/HTTP.md with one client. */
#ifndef HTTP_H
#define HTTP_H

#include "coro.h"
#include "face.h"
#include "request.h"

struct connection;
struct exchange;

/* Embedded in its owner. */
struct http {
	struct coro coro;
	uint8_t got;                   /* enum request_status */
	uint8_t reason;                /* enum close_reason, once the conversation is over */
	struct connection *connection; /* not owned */
	struct exchange *exchange;     /* owned; NULL between answers */
	struct request request;        /* the head that is being read, or answered */
};

extern const struct face http_face;

/* The same conversation, about the server alone: metrics and health, which the other does not tell
 * then (struct service, `admin`). */
extern const struct face admin_face;

/* `connection` must outlive it. */
void http_init(struct http *http, struct connection *connection);

/* Frees what it holds, at whatever await it is. */
void http_release(struct http *http);

/* The coroutine: goes on with the conversation as far as the stream lets it.
 * CORO_DONE: the conversation is over. */
enum coro_status http_run(struct http *http);

#endif
