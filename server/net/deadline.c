/* deadline.c - queues of waiters, one for each kind of wait. */
#include "deadline.h"

#include <stddef.h>

/* How long until it is looked whether an address may ask again: a bucket is full by then. */
#define RATE_SECONDS 1

/* How long a client may take to close its side after we have closed ours. */
#define LINGER_SECONDS 2

void
deadlines_init(struct deadlines *deadlines, const struct wait_limits *limits)
{
	*deadlines = (struct deadlines){
		.limits = {
			[WAIT_PROXY_HEADER] = limits->line,
			[WAIT_REQUEST] = limits->idle,
			[WAIT_REQUEST_END] = limits->line,
			[WAIT_READER] = limits->answer,
			[WAIT_RATE] = RATE_SECONDS,
			[WAIT_CLOSE] = LINGER_SECONDS,
		},
	};
	for (int wait = 0; wait < WAIT_COUNT; wait++)
		TAILQ_INIT(&deadlines->queues[wait]);
}

void
deadline_end(struct deadlines *deadlines, struct waiter *waiter)
{
	if (TAILQ_IS_QUEUED(waiter, link))
		TAILQ_REMOVE(&deadlines->queues[waiter->wait], waiter, link);
}

void
deadline_begin(struct deadlines *deadlines, struct waiter *waiter, enum wait wait)
{
	/* most waits are over within the second, and the queue need not be touched */
	if (waiter->wait == wait && waiter->begun == deadlines->seconds &&
	    TAILQ_IS_QUEUED(waiter, link))
		return;
	deadline_end(deadlines, waiter);
	waiter->wait = (uint8_t)wait;
	waiter->begun = deadlines->seconds;
	if (deadlines->limits[wait] > 0)
		TAILQ_INSERT_TAIL(&deadlines->queues[wait], waiter, link);
}

void
deadlines_tick(struct deadlines *deadlines)
{
	deadlines->seconds++;
}

/* The second in which a wait begins does not count. */
static bool
is_over(const struct deadlines *deadlines, const struct waiter *waiter)
{
	return deadlines->seconds - waiter->begun > deadlines->limits[waiter->wait];
}

struct waiter *
deadlines_expired(struct deadlines *deadlines)
{
	for (int wait = 0; wait < WAIT_COUNT; wait++) {
		struct waiter *first = TAILQ_FIRST(&deadlines->queues[wait]);

		if (first == NULL || !is_over(deadlines, first))
			continue;
		deadline_end(deadlines, first);
		return first;
	}
	return NULL;
}
