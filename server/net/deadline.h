/* deadline.h - what the connections of a worker wait for, and whose time is over.
 *
 * Each kind of wait has one limit, so those who wait for the same stand in a queue in which the
 * first to have begun is the first to expire: a tick costs what has expired, not what is open. */
#ifndef DEADLINE_H
#define DEADLINE_H

#include <stdbool.h>
#include <stdint.h>

#include "queue.h"

enum wait {
	WAIT_NONE, /* not waiting, or for something without a limit */
	WAIT_PROXY_HEADER,
	WAIT_REQUEST,     /* for the client to ask something */
	WAIT_REQUEST_END, /* for the rest of what it has begun to ask */
	WAIT_READER,      /* for the client to take an answer */
	WAIT_RATE,        /* until its address may ask again */
	WAIT_CLOSE,       /* for the client to close its side, as we have ours */
	WAIT_COUNT,
};

/* How many seconds a client may take; 0 is for ever. */
struct wait_limits {
	unsigned idle;   /* to ask something */
	unsigned line;   /* to end what it has begun to ask, or to send a PROXY header */
	unsigned answer; /* to take an answer */
};

/* Embedded in its owner; all zero does not wait. */
struct waiter {
	TAILQ_ENTRY(waiter) link; /* in the queue of `wait` */
	unsigned begun;           /* second in which the wait began */
	uint8_t wait;             /* enum wait */
};

struct deadlines {
	TAILQ_HEAD(, waiter) queues[WAIT_COUNT];
	unsigned limits[WAIT_COUNT]; /* seconds; 0: none */
	unsigned seconds;            /* that have passed */
};

void deadlines_init(struct deadlines *deadlines, const struct wait_limits *limits);

/* The waiter begins to wait, whatever it has waited for before. */
void deadline_begin(struct deadlines *deadlines, struct waiter *waiter, enum wait wait);

/* The waiter does not wait any more. */
void deadline_end(struct deadlines *deadlines, struct waiter *waiter);

/* A second has passed. */
void deadlines_tick(struct deadlines *deadlines);

/* One whose time is over: it stands in its queue no more, but `wait` still says what it has
 * waited for. NULL if there is none. The second in which a wait begins does not count. */
struct waiter *deadlines_expired(struct deadlines *deadlines);

#endif
