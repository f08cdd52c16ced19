/* turnstile.h - lets those who want to do what takes long through one by one, one in each
 * round of a loop, in the order in which they came. So whoever else is served by the loop
 * waits for one of them at the most. */
#ifndef TURNSTILE_H
#define TURNSTILE_H

#include <stdbool.h>
#include <sys/queue.h>

struct event_base;
struct turnstile;

/* Embedded in its owner, who sets `turn` and `arg`; the rest is all zero to begin with. */
struct turnstile_ticket {
	void (*turn)(void *arg); /* called when it is worth trying again */
	void *arg;
	bool waiting;
	TAILQ_ENTRY(turnstile_ticket) next;
};

/* A turnstile for what runs on `base`, which outlives it. NULL without memory. */
struct turnstile *turnstile_new(struct event_base *base);

/* Nobody may be waiting. NULL is allowed. */
void turnstile_free(struct turnstile *turnstile);

/* May the owner of the ticket go on now? If not, its `turn` is called, from the loop, when it
 * may try again. */
bool turnstile_pass(struct turnstile *turnstile, struct turnstile_ticket *ticket);

/* The owner does not want to any more. */
void turnstile_leave(struct turnstile *turnstile, struct turnstile_ticket *ticket);

#endif
