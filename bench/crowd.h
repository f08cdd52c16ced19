/* crowd.h - many connections that ask the queries of one script in turn, each with up to
 * `depth` queries in flight, and check what comes back. All is one thread on one epoll,
 * and nothing is allocated per query. Whatever goes wrong ends the program with a line
 * that says what was asked and what was wrong with the answer. */
#ifndef CROWD_H
#define CROWD_H

#include <stdbool.h>

#include "histogram.h"
#include "script.h"

#define CROWD_MAX_DEPTH 256

struct member;

struct crowd {
	const struct script *script; /* not owned */
	int epoll;                   /* not owned */
	uint32_t depth;
	uint32_t capacity;
	uint32_t count; /* members, which are connected */
	struct member *members;
	uint64_t *sent_at; /* `depth` times for each member */
	/* for the owner to set: */
	uint64_t may_ask;  /* so many queries more may be asked */
	bool compares;     /* every byte, not the length and the end alone */
	bool expects_miss; /* the reply is that there is nothing */
	/* for the owner to read: */
	uint64_t owed;            /* greetings and answers that have not come yet */
	uint64_t answers;         /* that have come since crowd_reset() */
	uint64_t bytes;           /* of those */
	struct histogram latency; /* of those, in ns: from sending to the last byte */
};

/* A crowd of up to `capacity` connections whose sockets `epoll` watches. `depth` is from 1
 * to CROWD_MAX_DEPTH, and that of the script. */
void crowd_init(struct crowd *crowd, int epoll, const struct script *script, uint32_t capacity,
    uint32_t depth);

/* Opens `n` more connections to 127.0.0.1. The server has until `deadline`, by now_ns(), to
 * begin to listen. */
void crowd_open(struct crowd *crowd, uint16_t port, uint32_t n, uint64_t deadline);

/* Lets `n` members from `first` on ask as many queries as they may. Those that have been
 * let go on by themselves when answers come. */
void crowd_ask(struct crowd *crowd, uint32_t first, uint32_t n);

/* Waits for something to come from the server, and deals with it. What all the crowds on
 * `epoll` need to get on is done by calling this in a loop. */
void crowd_turn(int epoll);

/* crowd_turn() until nothing is owed to this crowd. */
void crowd_await_all(struct crowd *crowd);

/* Closes the connections and frees what the crowd holds. */
void crowd_close(struct crowd *crowd);

/* Begins to count anew. */
void crowd_reset(struct crowd *crowd);

/* CLOCK_MONOTONIC in nanoseconds. */
uint64_t now_ns(void);

#endif
