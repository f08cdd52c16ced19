/* throttle.h - lets those who want to do what is costly through in the order in which they came,
 * as long as the round of the loop has not taken long. So whoever else is served by the loop
 * waits for a moment of it, and for what the last of them does. */
#ifndef THROTTLE_H
#define THROTTLE_H

#include <stdbool.h>
#include <stdint.h>

#include "queue.h"

struct event_base;
struct throttle;

/* Embedded in its owner, who sets `turn` and `arg`; the rest is all zero to begin with. */
struct throttle_ticket {
	void (*turn)(void *arg); /* called when it is worth trying again */
	void *arg;
	bool waiting;
	TAILQ_ENTRY(throttle_ticket) next;
};

/* A throttle for what runs on `base`, which outlives it. Nobody is let through once `budget`
 * nanoseconds have passed since the first one in the round; that one always is. NULL without
 * memory. */
struct throttle *throttle_new(struct event_base *base, uint64_t budget);

/* Nobody may be waiting. NULL is allowed. */
void throttle_free(struct throttle *throttle);

/* May the owner of the ticket go on now? If not, its `turn` is called, from the loop, when it
 * may try again. */
bool throttle_pass(struct throttle *throttle, struct throttle_ticket *ticket);

/* The owner does not want to any more. */
void throttle_leave(struct throttle *throttle, struct throttle_ticket *ticket);

#endif
