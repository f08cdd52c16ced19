/* session.h - one connection from accept to close: a prompt on a stream, as a task. */
#ifndef SESSION_H
#define SESSION_H

#include <stdbool.h>
#include <sys/socket.h>

#include "counters.h"
#include "prompt.h"
#include "task.h"

struct admission;
struct stream_pool;

/* How many seconds a client may take; 0 is for ever. */
struct session_limits {
	unsigned idle;   /* to begin a query */
	unsigned line;   /* to end one that it has begun, or to send a PROXY header */
	unsigned answer; /* to take an answer */
};

/* What the sessions of one worker share. */
struct session_host {
	struct turnstile *turnstile; /* for what takes long */
	struct stream_pool *pool;
	struct task_group tasks;
	struct prompt_service service;
	struct counters counters;
	struct admission *admission; /* not owned; shared with other workers */
	struct session_limits limits;
	uint64_t next_connection; /* number of the next connection ... */
	uint64_t connection_step; /* ... and what to add for the one after */
	unsigned seconds;         /* counts seconds, see session_tick() */
};

/* Begins a session on the non-blocking socket `fd`, which it closes; `proxied` if a
 * PROXY header comes first. If there are too many clients, or there is no memory, the
 * connection is closed at once. */
void session_spawn(struct session_host *host, int fd, const struct sockaddr *peer, bool proxied);

/* The stream of the session `owner` has something new: for stream_pool_new(). */
void session_turn(void *owner);

/* A second has passed. */
void session_tick(struct session_host *host);

/* Tells every session to answer what it has received and end; idle ones end at once. */
void session_end_all(struct session_host *host);

/* While all sessions are to end: ends those that wait for nothing but the client to close,
 * and have neither anything to deliver nor anything unread. To be called now and then. */
void session_end_delivered(struct session_host *host);

/* Ends every session now, its answer cut short. */
void session_cancel_all(struct session_host *host);

/* For the log: service.log. */
prompt_log session_log_answer;

#endif
