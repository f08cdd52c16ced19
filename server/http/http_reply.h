/* http_reply.h - the answer to a request: headers, and a body that is whole or comes in pieces. */
#ifndef HTTP_REPLY_H
#define HTTP_REPLY_H

#include <stdbool.h>
#include <stddef.h>

struct http_exchange;
struct http_pool;
struct http_source;

enum http_cache {
	HTTP_CACHE_NEVER,
	HTTP_CACHE_ASK,     /* for a minute; after that, ask whether it is the same still */
	HTTP_CACHE_FOREVER, /* its URL has a hash of the content in it */
};

/* What kind of an answer. */
struct http_reply {
	const char *type; /* Content-Type */
	enum http_cache cache;
	bool page;        /* it is for a browser to show: with a Content-Security-Policy */
	bool open;        /* scripts of other origins may read it (CORS) */
};

/* Sends what is in the pool's scratch text. */
void http_reply_text(struct http_exchange *exchange, const struct http_reply *reply);

/* Sends the `length` bytes, which are constant. */
void http_reply_bytes(struct http_exchange *exchange, const struct http_reply *reply,
    const void *bytes, size_t length);

/* Sends what is in the pool's scratch text, and then what `source`, which it takes over, gives: at once if that is little, else in
 * chunks, as the socket takes them. The lease is held until then. */
void http_reply_source(struct http_exchange *exchange, const struct http_reply *reply,
    struct http_source *source);

/* Gives the answer an ETag: it depends on nothing but the index, this program, and the URL.
 * True if the client has it, and has been told so: then there is nothing to do any more. */
bool http_reply_not_modified(struct http_exchange *exchange, const struct http_reply *reply);

/* A fingerprint of what all answers depend on. */
void http_reply_fingerprint(struct http_pool *pool, const struct http_exchange *exchange);

/* Counts an answer by its status. */
void http_reply_count(struct http_pool *pool, int status);

#endif
