/* ask.c - the conversation with a server, from top to bottom: connect, be greeted, say what is
 * wanted, and then ask, with several queries in flight (server/prompt/PROTOCOL.md). */
#include "ask.h"

#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>

#include "ask_parts.h"
#include "batch.h"
#include "clock.h"

/* Before the first attempt to open a connection again; doubled before each further one. */
#define FIRST_DELAY (100u * 1000 * 1000)

char ask_received[RECEIVE_SIZE];

void
ask_note(struct ask *ask, const char *problem)
{
	snprintf(ask->problem, sizeof(ask->problem), "%s", problem);
}

uint64_t
ask_timeout(const struct ask *ask)
{
	return (uint64_t)ask->batch->options->timeout * NS_PER_SECOND;
}

static bool
has_something_to_do(struct ask *ask)
{
	if (peer_has_input(&ask->peer) || peer_lost(&ask->peer) || peer_rings(&ask->peer))
		return true;
	if (ask->worker.paused && batch_may_read(ask->batch, &ask->worker))
		return true;
	return ask_can_ask(ask);
}

/* Whatever there is to do, until the next await. */
static void
converse(struct ask *ask)
{
	uint64_t now;

	if (peer_has_input(&ask->peer))
		ask_take_answers(ask);
	now = clock_now();
	if (peer_rings(&ask->peer))
		ask_look_at_deadlines(ask, now);
	if (peer_lost(&ask->peer))
		return;
	ask_more(ask, now);
	ask_pause_or_read(ask, now);
}

static enum coro_status
run(struct task *task)
{
	struct ask *ask = (struct ask *)task;
	unsigned retries = ask->batch->options->retries;

	CORO_BEGIN(&ask->coro);
	while (ask->failures <= retries) {
		CORO_AWAIT(&ask->coro, batch_has_query(ask->batch, &ask->worker));
		if (ask->failures > 0) {
			peer_set_timer(&ask->peer, (uint64_t)FIRST_DELAY << (ask->failures - 1));
			CORO_AWAIT(&ask->coro, peer_rings(&ask->peer));
		}
		ask->failures++;
		for (ask->address = server_address_list(&ask->batch->address); ask->address != NULL;
		     ask->address = ask->address->ai_next) {
			peer_connect(&ask->peer, ask->address);
			peer_set_timer(&ask->peer, ask_timeout(ask));
			CORO_AWAIT(&ask->coro, ask_has_connected(ask));
			if (peer_connected(&ask->peer))
				break;
		}
		if (ask->address == NULL)
			continue;
		ask_begin_conversation(ask);
		CORO_AWAIT(&ask->coro, ask_has_opened(ask));
		if (peer_lost(&ask->peer))
			continue;
		ask_has_begun(ask);
		while (!peer_lost(&ask->peer)) {
			converse(ask);
			CORO_AWAIT(&ask->coro, has_something_to_do(ask));
		}
		ask_lose(ask);
	}
	batch_give_up(ask->batch, ask->problem);
	CORO_END(&ask->coro);
}

static void
cleanup(struct task *task)
{
	struct ask *ask = (struct ask *)task;

	call_cancel(&ask->worker.wake);
	if (ask->worker.idle)
		TAILQ_REMOVE(&ask->batch->idle, &ask->worker, link);
	ask->worker.idle = false;
	batch_give_back(ask->batch, &ask->in_flight);
	requests_release(&ask->requests);
	peer_release(&ask->peer);
	answer_reader_release(&ask->reader);
	strbuf_release(&ask->prefix);
	free(ask);
}

static void
resume(void *arg)
{
	task_resume(arg);
}

struct worker *
ask_spawn(struct batch *batch)
{
	static const struct task_kind kind = { run, cleanup };
	struct ask *ask = calloc(1, sizeof(*ask));

	if (ask == NULL)
		return NULL;
	ask->batch = batch;
	TAILQ_INIT(&ask->in_flight);
	call_init(&ask->worker.wake, &batch->calls, resume, &ask->worker.task);
	if (!peer_init(&ask->peer, batch->base, &ask->worker.wake) ||
	    !requests_init(&ask->requests, batch->options->pipeline)) {
		peer_release(&ask->peer);
		free(ask);
		return NULL;
	}
	task_spawn(&ask->worker.task, &kind, &batch->workers);
	return &ask->worker;
}
