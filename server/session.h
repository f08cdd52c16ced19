/* session.h - one connection from accept to close: a prompt on a stream, as a task. */
#ifndef SESSION_H
#define SESSION_H

#include <stdbool.h>
#include <sys/socket.h>

#include "charindex.h"
#include "task.h"

struct stream_pool;

/* What the sessions of one worker share. */
struct session_host {
	struct stream_pool *pool;
	struct task_group tasks;
	const struct charindex *ci;
	bool verbose;             /* log each query */
	uint64_t next_connection; /* number of the next connection ... */
	uint64_t connection_step; /* ... and what to add for the one after */
	unsigned seconds;         /* counts seconds, see session_tick() */
};

/* Begins a session on the non-blocking socket `fd`, which it closes. Without memory,
 * the connection is closed at once, and the log says so. */
void session_spawn(struct session_host *host, int fd, const struct sockaddr *peer);

/* The stream of the session `owner` has something new: for stream_pool_new(). */
void session_turn(void *owner);

/* A second has passed. */
void session_tick(struct session_host *host);

/* Tells every session to answer what it has received and end; idle ones end at once. */
void session_end_all(struct session_host *host);

/* Ends every session now, its answer cut short. */
void session_cancel_all(struct session_host *host);

#endif
