/* turnstile.c - hides that a round ends when a timer of no time at all runs. */
#include "turnstile.h"

#include <event2/event.h>
#include <stdlib.h>

struct turnstile {
	TAILQ_HEAD(, turnstile_ticket) waiting;
	struct event *round_event; /* pending while somebody has passed, or may */
	bool passed;               /* somebody has, in this round */
};

static const struct timeval at_once = { 0, 0 };

static void
on_round(evutil_socket_t fd, short what, void *arg)
{
	struct turnstile *turnstile = arg;
	struct turnstile_ticket *first = TAILQ_FIRST(&turnstile->waiting);

	(void)fd, (void)what;
	turnstile->passed = false;
	if (first != NULL)
		first->turn(first->arg);
}

struct turnstile *
turnstile_new(struct event_base *base)
{
	struct turnstile *turnstile = malloc(sizeof(*turnstile));

	if (turnstile == NULL)
		return NULL;
	TAILQ_INIT(&turnstile->waiting);
	turnstile->passed = false;
	turnstile->round_event = evtimer_new(base, on_round, turnstile);
	if (turnstile->round_event == NULL) {
		free(turnstile);
		return NULL;
	}
	return turnstile;
}

void
turnstile_free(struct turnstile *turnstile)
{
	if (turnstile == NULL)
		return;
	event_free(turnstile->round_event);
	free(turnstile);
}

bool
turnstile_pass(struct turnstile *turnstile, struct turnstile_ticket *ticket)
{
	struct turnstile_ticket *first = TAILQ_FIRST(&turnstile->waiting);

	if (turnstile->passed || (first != NULL && first != ticket)) {
		if (!ticket->waiting)
			TAILQ_INSERT_TAIL(&turnstile->waiting, ticket, next);
		ticket->waiting = true;
		return false;
	}
	turnstile_leave(turnstile, ticket);
	turnstile->passed = true;
	event_add(turnstile->round_event, &at_once);
	return true;
}

void
turnstile_leave(struct turnstile *turnstile, struct turnstile_ticket *ticket)
{
	if (!ticket->waiting)
		return;
	ticket->waiting = false;
	TAILQ_REMOVE(&turnstile->waiting, ticket, next);
	/* whoever is first now has not been told so */
	event_add(turnstile->round_event, &at_once);
}
