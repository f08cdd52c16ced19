/* coro_semaphore.c - permits, and a queue of those that wait for one. */
#include "coro_semaphore.h"

#include <stddef.h>

void
semaphore_init(struct semaphore *semaphore, unsigned permits)
{
	semaphore->permits = permits;
	TAILQ_INIT(&semaphore->waiters);
}

void
semaphore_waiter_init(struct semaphore_waiter *waiter, struct call *wake)
{
	waiter->wake = wake;
	waiter->state = SEMAPHORE_IDLE;
}

bool
semaphore_acquire(struct semaphore *semaphore, struct semaphore_waiter *waiter)
{
	if (waiter->state == SEMAPHORE_WAITING)
		return false;
	if (waiter->state == SEMAPHORE_GRANTED) {
		waiter->state = SEMAPHORE_IDLE;
		return true;
	}
	/* whoever waits already comes first */
	if (semaphore->permits > 0 && TAILQ_EMPTY(&semaphore->waiters)) {
		semaphore->permits--;
		return true;
	}
	waiter->state = SEMAPHORE_WAITING;
	TAILQ_INSERT_TAIL(&semaphore->waiters, waiter, link);
	return false;
}

void
semaphore_release(struct semaphore *semaphore)
{
	struct semaphore_waiter *first = TAILQ_FIRST(&semaphore->waiters);

	if (first == NULL) {
		semaphore->permits++;
		return;
	}
	TAILQ_REMOVE(&semaphore->waiters, first, link);
	first->state = SEMAPHORE_GRANTED;
	call_soon(first->wake);
}

void
semaphore_forget(struct semaphore *semaphore, struct semaphore_waiter *waiter)
{
	if (waiter->state == SEMAPHORE_WAITING)
		TAILQ_REMOVE(&semaphore->waiters, waiter, link);
	else if (waiter->state == SEMAPHORE_GRANTED)
		semaphore_release(semaphore);
	waiter->state = SEMAPHORE_IDLE;
}
