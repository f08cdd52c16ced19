/* ask.c - the conversation with a server, from top to bottom: connect, be greeted, say what is
 * wanted, and then ask, with several queries in flight (server/prompt/PROTOCOL.md). */
#include "ask.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "answer_reader.h"
#include "batch.h"
#include "clock.h"
#include "object.h"
#include "peer.h"
#include "settings.h"

/* Bytes that are read at a time. */
enum { RECEIVE_SIZE = 256 * 1024 };

/* Before the first attempt to open a connection again; doubled before each further one. */
#define FIRST_DELAY (100u * 1000 * 1000)

struct ask {
	struct worker worker; /* first */
	struct coro coro;
	struct batch *batch;
	struct peer peer;
	struct answer_reader reader;
	struct settings settings;
	struct queries in_flight;
	unsigned in_flight_count;
	unsigned failures;  /* to open the connection, one after the other */
	unsigned settled;   /* prompts that have come before the first query */
	bool lost_one;      /* and this is opened instead */
	bool timed;         /* the timer is set */
	uint64_t paused_at; /* ns */
	const struct addrinfo *address;
	struct strbuf prefix;
	char problem[160]; /* of the last attempt */
};

static void
note(struct ask *ask, const char *problem)
{
	snprintf(ask->problem, sizeof(ask->problem), "%s", problem);
}

static uint64_t
timeout_ns(const struct ask *ask)
{
	return (uint64_t)ask->batch->options->timeout * NS_PER_SECOND;
}

/* ---- opening --------------------------------------------------------------------------------- */

/* Has the attempt to connect come to an end? Notes how, if not well. */
static bool
has_connected(struct ask *ask)
{
	if (peer_connected(&ask->peer))
		return true;
	if (peer_lost(&ask->peer))
		note(ask, peer_problem(&ask->peer));
	else if (peer_rings(&ask->peer))
		note(ask, strerror(ETIMEDOUT));
	else
		return false;
	peer_close(&ask->peer);
	return true;
}

/* The server is none that can be asked, now or later. */
static void
refuse_server(struct ask *ask, int exit_status, const char *why)
{
	struct batch *batch = ask->batch;
	struct stop stop = { .now = true, .exit_status = exit_status };

	snprintf(stop.problem, sizeof(stop.problem), "%s:%s: %s", batch->host, batch->port, why);
	batch_stop(batch, &stop);
}

/* Has all been answered that comes before the first query? */
static bool
is_settled(const struct ask *ask)
{
	return ask->settled > ask->settings.count;
}

static void
put_settings(struct ask *ask)
{
	for (unsigned i = 0; i < ask->settings.count; i++) {
		peer_put(&ask->peer, ask->settings.lines[i], strlen(ask->settings.lines[i]));
		peer_put(&ask->peer, "\r\n", 2);
	}
	peer_flush(&ask->peer);
}

/* What came is no greeting, nor an answer to a setting. Where it has been a charfinderd before, it is
 * an accident. */
static void
take_nonsense(struct ask *ask)
{
	if (ask->batch->opened == 0 && ask->settled == 0)
		refuse_server(ask, EXIT_NO_ANSWER, "this is not the prompt of a charfinderd");
	peer_lose(&ask->peer, EBADMSG);
}

static void
take_setting(struct ask *ask, const char *answer, size_t length)
{
	char problem[SETTINGS_PROBLEM_SIZE];
	enum settings_verdict verdict =
	    settings_accept(&ask->settings, ask->settled - 1, answer, length, problem);

	if (verdict == SETTINGS_REFUSED)
		refuse_server(ask, EXIT_ERROR, problem);
	else if (verdict == SETTINGS_NONSENSE)
		take_nonsense(ask);
}

/* Takes the greeting, which is a prompt alone, and the answers to the settings. */
static void
take_settled(struct ask *ask)
{
	const char *answer;
	size_t length;

	while (!peer_lost(&ask->peer) && !is_settled(ask) &&
	    answer_reader_next(&ask->reader, &answer, &length)) {
		if (ask->settled > 0)
			take_setting(ask, answer, length);
		else if (length == 0)
			put_settings(ask);
		else
			take_nonsense(ask);
		ask->settled++;
	}
}

/* What came instead of the greeting: one line of it, "Error: too many clients", say. */
static void
note_rest(struct ask *ask)
{
	static const char error[] = "Error: ";
	const char *rest;
	size_t length = answer_reader_rest(&ask->reader, &rest);

	if (length > strlen(error) && memcmp(rest, error, strlen(error)) == 0)
		snprintf(ask->problem, sizeof(ask->problem), "%.*s",
		    (int)strcspn(rest + strlen(error), "\r\n"), rest + strlen(error));
}

/* Does not greet as a charfinderd does, and will not. */
static bool
is_another_protocol(const struct ask *ask)
{
	const char *rest;
	size_t length = answer_reader_rest(&ask->reader, &rest);

	return ask->settled == 0 && length > 0 && memcmp(rest, "?> ", length < 3 ? length : 3) != 0 &&
	    memcmp(rest, "Error: ", length < 7 ? length : 7) != 0;
}

static char received[RECEIVE_SIZE];

static void
take_opening(struct ask *ask)
{
	size_t length = peer_receive(&ask->peer, received, sizeof(received));

	if (length == 0)
		return;
	if (!answer_reader_feed(&ask->reader, received, length)) {
		peer_lose(&ask->peer, ENOMEM);
		return;
	}
	take_settled(ask);
	if (!answer_reader_keep(&ask->reader))
		peer_lose(&ask->peer, ENOMEM);
	if (is_another_protocol(ask))
		take_nonsense(ask);
}

/* Is everything said before the first query? Or has it come to nothing: see peer_lost(). */
static bool
has_opened(struct ask *ask)
{
	if (peer_has_input(&ask->peer))
		take_opening(ask);
	if (peer_rings(&ask->peer))
		peer_lose(&ask->peer, ETIMEDOUT);
	if (peer_lost(&ask->peer)) {
		note(ask, peer_problem(&ask->peer));
		note_rest(ask);
		return true;
	}
	return is_settled(ask);
}

static void
begin_conversation(struct ask *ask)
{
	answer_reader_release(&ask->reader);
	ask->settled = 0;
	settings_make(&ask->settings, ask->batch->options);
	peer_set_timer(&ask->peer, timeout_ns(ask));
	peer_read(&ask->peer, true);
}

static void
opened(struct ask *ask)
{
	peer_stop_timer(&ask->peer);
	ask->timed = false;
	ask->failures = 0;
	ask->batch->opened++;
	ask->batch->tally.reopened += ask->lost_one;
	ask->lost_one = false;
}

/* ---- asking ---------------------------------------------------------------------------------- */

/* Before a line that would be a command, or the end of the conversation. */
static bool
needs_find(const char *text, size_t length)
{
	unsigned char first = (unsigned char)text[0];

	if (first < 0x20)
		return true;
	return first == ':' && length > 1 && ((text[1] | 0x20) >= 'a' && (text[1] | 0x20) <= 'z');
}

/* False if there is no way to ask it. */
static bool
put_query(struct ask *ask, struct query *query)
{
	const struct strbuf *text = &query->text;

	if (needs_find(text->text, text->length)) {
		if (ask->settings.classic && (unsigned char)text->text[0] < 0x20)
			return false;
		if (!ask->settings.classic)
			peer_put(&ask->peer, ":find ", 6);
	}
	peer_put(&ask->peer, text->text, text->length);
	peer_put(&ask->peer, "\n", 1);
	return true;
}

/* Who does not read does not ask. */
static bool
has_room(const struct ask *ask)
{
	return !ask->worker.paused && ask->in_flight_count < ask->batch->options->pipeline;
}

/* Asks as much as may be in flight. */
static void
ask_more(struct ask *ask, uint64_t now)
{
	struct query *query;

	while (has_room(ask) && (query = batch_take(ask->batch, &ask->worker)) != NULL) {
		if (!put_query(ask, query)) {
			query_fail(query, OUTCOME_WRONG,
			    "it begins with a control character, which classic mode has no way to ask");
			query->sent_at = now;
			batch_complete(ask->batch, query, now);
			continue;
		}
		query->sent_at = now;
		query->holder = &ask->worker;
		TAILQ_INSERT_TAIL(&ask->in_flight, query, link);
		ask->in_flight_count++;
	}
	peer_flush(&ask->peer);
	if (!ask->timed && ask->in_flight_count > 0) {
		ask->timed = true;
		peer_set_timer(&ask->peer, timeout_ns(ask));
	}
}

/* ---- answers --------------------------------------------------------------------------------- */

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

static void
take_answers(struct ask *ask)
{
	size_t length = peer_receive(&ask->peer, received, sizeof(received));
	uint64_t now = clock_now();
	const char *answer;
	struct query *query;

	if (length == 0)
		return;
	if (!answer_reader_feed(&ask->reader, received, length)) {
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

/* Reads, or not, for too much is held. What has waited meanwhile has time added. */
static void
pause_or_read(struct ask *ask, uint64_t now)
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

/* ---- what goes wrong ------------------------------------------------------------------------- */

/* When the timer has run out: lets go of what is late. The connection is lost then, for its
 * answer may come still. */
static void
look_at_deadlines(struct ask *ask, uint64_t now)
{
	struct query *query = TAILQ_FIRST(&ask->in_flight);
	uint64_t timeout = timeout_ns(ask);

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

/* The connection is over. The one whose answer was due has to do with it, perhaps: it is asked
 * again so many times. The others may be asked by anybody. */
static void
lose(struct ask *ask)
{
	struct query *query = TAILQ_FIRST(&ask->in_flight);

	note(ask, peer_problem(&ask->peer));
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

static bool
has_something_to_do(struct ask *ask)
{
	if (peer_has_input(&ask->peer) || peer_lost(&ask->peer) || peer_rings(&ask->peer))
		return true;
	if (ask->worker.paused && batch_may_read(ask->batch, &ask->worker))
		return true;
	return has_room(ask) && batch_has_query(ask->batch, &ask->worker);
}

/* Whatever there is to do, until the next await. */
static void
converse(struct ask *ask)
{
	uint64_t now;

	if (peer_has_input(&ask->peer))
		take_answers(ask);
	now = clock_now();
	if (peer_rings(&ask->peer))
		look_at_deadlines(ask, now);
	if (peer_lost(&ask->peer))
		return;
	ask_more(ask, now);
	pause_or_read(ask, now);
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
		for (ask->address = ask->batch->addresses; ask->address != NULL;
		     ask->address = ask->address->ai_next) {
			peer_connect(&ask->peer, ask->address);
			peer_set_timer(&ask->peer, timeout_ns(ask));
			CORO_AWAIT(&ask->coro, has_connected(ask));
			if (peer_connected(&ask->peer))
				break;
		}
		if (ask->address == NULL)
			continue;
		begin_conversation(ask);
		CORO_AWAIT(&ask->coro, has_opened(ask));
		if (peer_lost(&ask->peer))
			continue;
		opened(ask);
		while (!peer_lost(&ask->peer)) {
			converse(ask);
			CORO_AWAIT(&ask->coro, has_something_to_do(ask));
		}
		lose(ask);
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
	if (!peer_init(&ask->peer, batch->base, &ask->worker.wake)) {
		free(ask);
		return NULL;
	}
	task_spawn(&ask->worker.task, &kind, &batch->workers);
	return &ask->worker;
}
