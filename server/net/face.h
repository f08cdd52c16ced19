/* face.h - a protocol that the daemon speaks, as its connections see it. A face is a coroutine
 * on a stream (server/prompt/prompt.c is the one to read), and a row: server/faces.c lists
 * all there are. */
#ifndef FACE_H
#define FACE_H

#include <stdbool.h>
#include <stddef.h>

#include "close_reason.h"
#include "coro.h"

struct connection;
struct service;

struct face {
	const char *name;     /* in the log, in counters, and of sockets of the service manager */
	const char *serving;  /* said at the start, before each address ... */
	const char *scheme;   /* ... which is a URL with this scheme, or NULL ... */
	const char *advice;   /* ... and behind it */
	const char *too_many; /* what a client hears that is turned away */
	size_t state_size;    /* bytes of its state for one connection */
	bool forwards;        /* a trusted proxy says with each request whose it is */
	bool admin;           /* tells metrics and health, and nothing else */

	/* What its connections of one worker share: NULL without memory. Both may be NULL. */
	void *(*open)(struct service *service);
	void (*close)(void *shared);

	/* Begins a conversation; `state` is all zero, and both outlive it. */
	void (*init)(void *state, struct connection *connection);
	/* The coroutine: goes on with the conversation as far as the stream lets it. What it has
	 * written when it is done is still delivered. */
	enum coro_status (*run)(void *state);
	/* Why the conversation ended, once it has. */
	enum close_reason (*reason)(const void *state);
	/* Frees what the state holds, at whatever await the conversation is. */
	void (*release)(void *state);
};

#endif
