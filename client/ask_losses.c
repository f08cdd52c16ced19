/* ask_losses.c - answers that do not come, and connections that break. */
#include <errno.h>

#include "ask_parts.h"
#include "batch.h"
#include "clock.h"

/* Nobody waits any longer for what was asked so long ago. */
static void
let_go(struct ask *ask, uint64_t now)
{
	struct request *request;

	while ((request = requests_first(&ask->requests)) != NULL &&
	    now - request->sent_at >= ask_timeout(ask)) {
		struct query *query = request->query;

		requests_take(&ask->requests);
		if (query == NULL)
			continue;
		query_fail(query, OUTCOME_TIMED_OUT, "no answer in %u s", ask->batch->options->timeout);
		ask_complete(ask, query, now);
	}
}

void
ask_look_at_deadlines(struct ask *ask, uint64_t now)
{
	const struct request *request = requests_first(&ask->requests);
	uint64_t timeout = ask_timeout(ask);

	peer_stop_timer(&ask->peer);
	ask->timed = request != NULL;
	if (request == NULL)
		return;
	if (ask->worker.paused || now - request->sent_at < timeout) {
		peer_set_timer(&ask->peer, ask->worker.paused ? timeout : request->sent_at + timeout - now);
		return;
	}
	let_go(ask, now);
	peer_lose(&ask->peer, ETIMEDOUT);
}

/* The query whose answer was due, or NULL. */
static struct query *
due(const struct ask *ask)
{
	const struct request *request = requests_first(&ask->requests);

	return request != NULL ? request->query : NULL;
}

/* What was asked about rows and not answered is to be asked again. */
static void
give_back(struct ask *ask)
{
	struct query *query;

	TAILQ_FOREACH(query, &ask->in_flight, link)
	{
		query->holder = NULL;
		query->asked = query->told;
	}
	batch_give_back(ask->batch, &ask->in_flight);
	requests_clear(&ask->requests);
	ask->rowless = 0;
}

void
ask_lose(struct ask *ask)
{
	struct query *query = due(ask);

	ask_note(ask, peer_problem(&ask->peer));
	if (query != NULL && ++query->breaks > ask->batch->options->retries) {
		query_fail(query, OUTCOME_LOST, "%s", ask->problem);
		ask_complete(ask, query, clock_now());
	}
	give_back(ask);
	ask->worker.paused = false;
	ask->lost_one = true;
	ask->failures = 1;
	peer_close(&ask->peer);
	peer_stop_timer(&ask->peer);
}
