/* ask_losses.c - answers that do not come, and connections that break. */
#include <errno.h>

#include "ask_parts.h"
#include "batch.h"
#include "clock.h"

void
ask_look_at_deadlines(struct ask *ask, uint64_t now)
{
	struct query *query = TAILQ_FIRST(&ask->in_flight);
	uint64_t timeout = ask_timeout(ask);

	peer_stop_timer(&ask->peer);
	ask->timed = query != NULL;
	if (query == NULL)
		return;
	if (ask->worker.paused || now - query->sent_at < timeout) {
		peer_set_timer(&ask->peer, ask->worker.paused ? timeout : query->sent_at + timeout - now);
		return;
	}
	while (query != NULL && now - query->sent_at >= timeout) {
		TAILQ_REMOVE(&ask->in_flight, query, link);
		ask->in_flight_count--;
		query_fail(query, OUTCOME_TIMED_OUT, "no answer in %u s", ask->batch->options->timeout);
		batch_complete(ask->batch, query, now);
		query = TAILQ_FIRST(&ask->in_flight);
	}
	peer_lose(&ask->peer, ETIMEDOUT);
}

void
ask_lose(struct ask *ask)
{
	struct query *query = TAILQ_FIRST(&ask->in_flight);

	ask_note(ask, peer_problem(&ask->peer));
	if (query != NULL && ++query->breaks > ask->batch->options->retries) {
		TAILQ_REMOVE(&ask->in_flight, query, link);
		query_fail(query, OUTCOME_LOST, "%s", ask->problem);
		batch_complete(ask->batch, query, clock_now());
	}
	TAILQ_FOREACH(query, &ask->in_flight, link)
	query->holder = NULL;
	batch_give_back(ask->batch, &ask->in_flight);
	ask->in_flight_count = 0;
	ask->worker.paused = false;
	ask->lost_one = true;
	ask->failures = 1;
	peer_close(&ask->peer);
	peer_stop_timer(&ask->peer);
}
