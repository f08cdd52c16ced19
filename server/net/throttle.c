/* throttle.c - a queue of those who wait to do what is costly. */
#include "throttle.h"

#include <event2/event.h>
#include <stdlib.h>

#include "clock.h"

/* How many are told in each round that it is worth trying again. */
#define WOKEN_AT_ONCE 16

struct throttle {
	TAILQ_HEAD(, throttle_ticket) waiting;
	struct event *round_event; /* pending while somebody has been let through, or may be */
	uint64_t budget;           /* nanoseconds */
	uint64_t begun;            /* when the first one was let through in this round; 0: none was */
};

static const struct timeval at_once = { 0, 0 };

static void
on_round(evutil_socket_t fd, short what, void *arg)
{
	struct throttle *throttle = arg;
	struct throttle_ticket *ticket, *next;
	int woken = 0;

	(void)fd, (void)what;
	throttle->begun = 0;
	for (ticket = TAILQ_FIRST(&throttle->waiting); ticket != NULL && woken < WOKEN_AT_ONCE;
	     ticket = next, woken++) {
		next = TAILQ_NEXT(ticket, next);
		ticket->turn(ticket->arg);
	}
}

struct throttle *
throttle_new(struct event_base *base, uint64_t budget)
{
	struct throttle *throttle = malloc(sizeof(*throttle));

	if (throttle == NULL)
		return NULL;
	TAILQ_INIT(&throttle->waiting);
	throttle->budget = budget;
	throttle->begun = 0;
	throttle->round_event = evtimer_new(base, on_round, throttle);
	if (throttle->round_event == NULL) {
		free(throttle);
		return NULL;
	}
	return throttle;
}

void
throttle_free(struct throttle *throttle)
{
	if (throttle == NULL)
		return;
	event_free(throttle->round_event);
	free(throttle);
}

/* Has the round taken as long as it may? */
static bool
is_spent(const struct throttle *throttle, uint64_t now)
{
	return throttle->begun != 0 && now - throttle->begun >= throttle->budget;
}

bool
throttle_pass(struct throttle *throttle, struct throttle_ticket *ticket)
{
	struct throttle_ticket *first = TAILQ_FIRST(&throttle->waiting);
	uint64_t now = clock_now();

	if (is_spent(throttle, now) || (first != NULL && first != ticket)) {
		if (!ticket->waiting)
			TAILQ_INSERT_TAIL(&throttle->waiting, ticket, next);
		ticket->waiting = true;
		return false;
	}
	throttle_leave(throttle, ticket);
	if (throttle->begun == 0)
		throttle->begun = now;
	event_add(throttle->round_event, &at_once);
	return true;
}

void
throttle_leave(struct throttle *throttle, struct throttle_ticket *ticket)
{
	if (!ticket->waiting)
		return;
	ticket->waiting = false;
	TAILQ_REMOVE(&throttle->waiting, ticket, next);
	/* whoever is first now has not been told so */
	event_add(throttle->round_event, &at_once);
}
