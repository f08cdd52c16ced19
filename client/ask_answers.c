/* ask_answers.c - what a server answers: whose it is, and whether it is an answer at all. */
#include <errno.h>
#include <stdlib.h>

#include "answer.h"
#include "ask_parts.h"
#include "batch.h"
#include "clock.h"
#include "object.h"

static bool
print_answer(struct ask *ask, struct query *query, const struct answer *answer)
{
	struct printer printer = batch_printer(ask->batch, query, &ask->prefix);
	uint64_t count;

	if (printer.details && printer.format == CHARINDEX_TEXT)
		count = print_objects(&printer, answer);
	else
		count = print_lines(&printer, answer->rows, answer->rows_length);
	if (count != answer->count)
		return false;
	if (ask->settings.format == printer.format)
		print_status(&printer, answer->status, answer->status_length);
	query->outcome = count > 0 ? OUTCOME_FOUND : OUTCOME_NO_MATCH;
	return true;
}

static void
fail(struct query *query, const struct answer *answer)
{
	struct strbuf problem = { 0 };

	if (*answer->status == '{')
		object_unescape(&problem, (struct charindex_text){ answer->error, answer->error_length });
	else
		strbuf_put(&problem, answer->error, answer->error_length);
	query_fail(query, OUTCOME_WRONG, "%.*s", (int)problem.length, problem.text);
	strbuf_release(&problem);
}

/* False if it is no answer to the query: the connection cannot be trusted. */
static bool
take_answer(struct ask *ask, struct query *query, const char *text, size_t length, uint64_t now)
{
	struct answer answer;

	if (!answer_parse(&answer, ask->settings.format, text, length, query->text.text,
	        query->text.length))
		return false;
	if (answer.error != NULL) {
		fail(query, &answer);
	} else if (!print_answer(ask, query, &answer)) {
		strbuf_clear(&query->answer, SIZE_MAX);
		return false;
	}
	ask->in_flight_count--;
	TAILQ_REMOVE(&ask->in_flight, query, link);
	batch_complete(ask->batch, query, now);
	return true;
}

void
ask_take_answers(struct ask *ask)
{
	size_t length = peer_receive(&ask->peer, ask_received, RECEIVE_SIZE);
	uint64_t now = clock_now();
	const char *answer;
	struct query *query;

	if (length == 0)
		return;
	if (!answer_reader_feed(&ask->reader, ask_received, length)) {
		peer_lose(&ask->peer, ENOMEM);
		return;
	}
	while (!peer_lost(&ask->peer) && answer_reader_next(&ask->reader, &answer, &length)) {
		query = TAILQ_FIRST(&ask->in_flight);
		if (query == NULL || !take_answer(ask, query, answer, length, now))
			peer_lose(&ask->peer, EBADMSG);
	}
	if (!answer_reader_keep(&ask->reader))
		peer_lose(&ask->peer, ENOMEM);
}

void
ask_pause_or_read(struct ask *ask, uint64_t now)
{
	bool pause = !batch_may_read(ask->batch, &ask->worker);
	struct query *query;

	if (pause == ask->worker.paused)
		return;
	ask->worker.paused = pause;
	peer_read(&ask->peer, !pause);
	if (pause)
		ask->paused_at = now;
	else
		TAILQ_FOREACH(query, &ask->in_flight, link)
	query->sent_at += now - ask->paused_at;
}
