/* connection.h - one life for all faces: a connection from accept to close. It is let in or
 * turned away, has a number, says in a PROXY header whose it is, converses, is sent all that it
 * has been answered, closes and is counted; and each thing that it waits for has a
 * deadline. What is said in between is the face's. */
#ifndef CONNECTION_H
#define CONNECTION_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "close_reason.h"
#include "coro.h"
#include "deadline.h"
#include "service.h"
#include "stream.h"
#include "task.h"

struct admission_place;

struct connection {
	struct task task; /* first: a task is a connection */
	struct coro coro;
	bool proxied : 1;     /* a PROXY header is still to come */
	bool turned_away : 1; /* there are too many clients from its address */
	bool cut_short : 1;   /* ended for `reason`, before its time */
	bool rationed : 1;    /* kept by ration.c: waits until its address may ask again */
	bool answering : 1;   /* kept by the face: an answer has begun that is not written to its end */
	uint8_t reason;       /* enum close_reason */
	uint32_t taken;       /* stream_taken() when the wait began */
	struct waiter waiter;
	unsigned closing_since; /* second in which we closed our side */
	struct admission_place *place;
	uint64_t busy_since; /* when the turn began that began the answer, in nanoseconds */

	/* For the face. */
	struct service *service;
	const struct service_face *face;
	uint64_t number;
	uint64_t queries;     /* answered: connection_count_answer() */
	struct in6_addr peer; /* who has connected, or for whom a proxy has */
	struct stream stream;
	_Alignas(max_align_t) char state[]; /* the face's own, of face->state_size bytes */
};

/* Begins a life on the non-blocking socket `fd`, which it closes; `proxied` if a PROXY header
 * comes first. If there are too many clients, or there is no memory, it is a short one. */
void connection_accept(struct service *service, const struct service_face *face, int fd,
    const struct sockaddr *peer, bool proxied);

/* The stream of the connection `owner` has something new: for stream_pool_new(). */
void connection_turn(void *owner);

/* A query has been answered, with so many rows. */
static inline void
connection_count_answer(struct connection *connection, uint64_t rows)
{
	struct counters *counters = &connection->service->counters;

	connection->queries++;
	counter_add(&counters->values[COUNTER_QUERIES], 1);
	counter_add(&counters->values[COUNTER_ROWS], rows);
}

/* A second has passed. */
void connections_tick(struct service *service);

/* From now on connections end when they have been answered what they have asked; idle ones at
 * once. */
void connections_drain(struct service *service);

/* While draining: ends those that wait for nothing but the client to close, and have neither
 * anything to deliver nor anything unread. To be called now and then. */
void connections_end_delivered(struct service *service);

/* Ends every connection now, its answer cut short. */
void connections_cancel(struct service *service);

#endif
