/* ask_answers.c - what a server answers: whose it is, and whether it is an answer at all. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "ask_parts.h"
#include "batch.h"
#include "clock.h"
#include "object.h"

static bool
print_answer(struct ask *ask, struct query *query, const struct answer *answer)
{
	struct printer printer = batch_printer(ask->batch, query, &ask->prefix);

	if (print_lines(&printer, answer->rows, answer->rows_length) != answer->count)
		return false;
	print_status(&printer, answer->status, answer->status_length);
	query->outcome = answer->count > 0 ? OUTCOME_FOUND : OUTCOME_NO_MATCH;
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

void
ask_complete(struct ask *ask, struct query *query, uint64_t now)
{
	TAILQ_REMOVE(&ask->in_flight, query, link);
	if (query->has_rows) /* others were asked with it */
		requests_forget(&ask->requests, query);
	batch_complete(ask->batch, query, now);
}

static uint64_t
count_lines(const char *text, size_t length)
{
	const char *end = text + length;
	uint64_t count = 0;

	for (; text < end && (text = memchr(text, '\n', (size_t)(end - text))) != NULL; text++)
		count++;
	return count;
}

/* Rows that will be asked about are kept for that. False if they are not as many as is said. */
static bool
keep_rows(struct ask *ask, struct query *query, const struct answer *answer, uint64_t now)
{
	if (count_lines(answer->rows, answer->rows_length) != answer->count)
		return false;
	ask->rowless--;
	if (!query_keep_rows(query, answer->rows, answer->rows_length, answer->status,
	        answer->status_length))
		ask_complete(ask, query, now);
	return true;
}

/* False if it is no answer to the query: the connection cannot be trusted. */
static bool
take_rows(struct ask *ask, struct query *query, const char *text, size_t length, uint64_t now)
{
	struct answer answer;

	if (!answer_parse(&answer, ask->settings.format, text, length, query->text.text,
	        query->text.length) ||
	    (answer.error == NULL && !answer_is_text(text, length)))
		return false;
	if (answer.error == NULL && answer.count > 0 && ask->batch->options->details)
		return keep_rows(ask, query, &answer, now);
	if (answer.error != NULL) {
		fail(query, &answer);
	} else if (!print_answer(ask, query, &answer)) {
		strbuf_clear(&query->answer, SIZE_MAX);
		return false;
	}
	ask->rowless--;
	ask_complete(ask, query, now);
	return true;
}

/* An answer to whatever was asked first. */
static bool
take_answer(struct ask *ask, const char *text, size_t length, uint64_t now)
{
	struct request *request = requests_first(&ask->requests);
	struct query *query;

	if (request == NULL)
		return false;
	query = request->query;
	if (query == NULL) {
		requests_take(&ask->requests);
		return true;
	}
	/* it is still asked for if this is no answer, and then is due: see ask_lose() */
	if (query->has_rows ? !ask_take_facts(ask, query, text, length, now)
	                    : !take_rows(ask, query, text, length, now))
		return false;
	requests_take(&ask->requests);
	return true;
}

void
ask_take_answers(struct ask *ask)
{
	size_t length = peer_receive(&ask->peer, ask_received, RECEIVE_SIZE);
	uint64_t now = clock_now();
	const char *answer;

	if (length == 0)
		return;
	if (!answer_reader_feed(&ask->reader, ask_received, length)) {
		peer_lose(&ask->peer, ENOMEM);
		return;
	}
	while (!peer_lost(&ask->peer) && answer_reader_next(&ask->reader, &answer, &length)) {
		if (!take_answer(ask, answer, length, now))
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
	if (pause) {
		ask->paused_at = now;
		return;
	}
	requests_excuse(&ask->requests, now - ask->paused_at);
	TAILQ_FOREACH(query, &ask->in_flight, link)
	query->sent_at += now - ask->paused_at;
}
