/* coro_semaphore.h - a bound on how much is done at a time: coroutines acquire a permit, and wait if
 * there is none (asyncio.Semaphore).
 *
 *	CORO_AWAIT(&self->coro, semaphore_acquire(&semaphore, &self->waiter));
 *	...
 *	semaphore_release(&semaphore);
 *
 * Those that wait get their permits in the order in which they came. */
#ifndef CORO_SEMAPHORE_H
#define CORO_SEMAPHORE_H

#include "call_soon.h"

enum semaphore_state { SEMAPHORE_IDLE, SEMAPHORE_WAITING, SEMAPHORE_GRANTED };

/* Who waits: one for each coroutine, embedded in it. */
struct semaphore_waiter {
	struct call *wake; /* resumes the coroutine; not owned */
	enum semaphore_state state;
	TAILQ_ENTRY(semaphore_waiter) link;
};

struct semaphore {
	unsigned permits; /* that nobody has */
	TAILQ_HEAD(, semaphore_waiter) waiters;
};

void semaphore_init(struct semaphore *semaphore, unsigned permits);

void semaphore_waiter_init(struct semaphore_waiter *waiter, struct call *wake);

/* To be awaited. True: the caller has a permit. False: it will be woken when there is one for
 * it, and calls again. */
bool semaphore_acquire(struct semaphore *semaphore, struct semaphore_waiter *waiter)
    __attribute__((warn_unused_result));

/* Gives a permit back: to the first who waits, if anybody does. */
void semaphore_release(struct semaphore *semaphore);

/* The coroutine is cancelled while it may be waiting: a permit that was meant for it goes to
 * the next. */
void semaphore_forget(struct semaphore *semaphore, struct semaphore_waiter *waiter);

#endif
