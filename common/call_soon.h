/* call_soon.h - functions that the loop calls soon: not now, in the middle of something else, but
 * when what happens now is done, in the order in which they were asked for (asyncio:
 * loop.call_soon). It knows of no loop: whoever has one calls call_queue_run() at each turn.
 *
 * Waking a coroutine goes through here, so that it runs once however often it has been woken,
 * and never inside the one that has woken it. */
#ifndef CALL_SOON_H
#define CALL_SOON_H

#include <stdbool.h>

#include "queue.h"

struct call_queue;

/* One function to be called. Embedded in its owner. */
struct call {
	void (*function)(void *arg);
	void *arg;
	struct call_queue *queue;
	bool queued;
	TAILQ_ENTRY(call) link;
};

struct call_queue {
	TAILQ_HEAD(, call) calls;
};

void call_queue_init(struct call_queue *queue);

/* Calls what is to be called, and what those functions ask for in turn. */
void call_queue_run(struct call_queue *queue);

void call_init(struct call *call, struct call_queue *queue, void (*function)(void *arg), void *arg);

/* Has the function called soon: once, however often this is said before that. */
void call_soon(struct call *call);

/* Not after all. To be said before the call's owner is gone. */
void call_cancel(struct call *call);

#endif
