/* ask_queries.c - queries as lines, as many as may be in flight. */
#include "ask_parts.h"
#include "batch.h"

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

/* With --details, each has rows that are to be asked about: so few are enough, and hold little. */
#define MOST_ROWLESS 4

static bool
may_take(const struct ask *ask)
{
	return !ask->batch->options->details || ask->rowless < MOST_ROWLESS;
}

static bool
has_room(const struct ask *ask)
{
	return !ask->worker.paused && requests_have_room(&ask->requests);
}

bool
ask_can_ask(struct ask *ask)
{
	return has_room(ask) &&
	    (ask_has_unasked(ask) || (may_take(ask) && batch_has_query(ask->batch, &ask->worker)));
}

/* Asks it, or, if it is a character, makes it one that is asked about. False, and it has failed, if
 * it cannot be asked. */
static bool
begin(struct ask *ask, struct query *query, uint64_t now)
{
	if (query->has_rows) /* another connection has got so far */
		return true;
	query->sent_at = now;
	if (ask->batch->options->about)
		return query_keep_rows(query, query->text.text, query->text.length, "", 0);
	if (!put_query(ask, query)) {
		query_fail(query, OUTCOME_WRONG,
		    "it begins with a control character, which classic mode has no way to ask");
		return false;
	}
	requests_put(&ask->requests, query, now);
	ask->rowless++;
	return true;
}

/* False if there is none. */
static bool
ask_next(struct ask *ask, uint64_t now)
{
	struct query *query = may_take(ask) ? batch_take(ask->batch, &ask->worker) : NULL;

	if (query == NULL)
		return false;
	query->holder = &ask->worker;
	TAILQ_INSERT_TAIL(&ask->in_flight, query, link);
	if (!begin(ask, query, now))
		ask_complete(ask, query, now);
	return true;
}

void
ask_more(struct ask *ask, uint64_t now)
{
	while (has_room(ask) && (ask_about_next(ask, now) || ask_next(ask, now)))
		;
	peer_flush(&ask->peer);
	if (!ask->timed && ask->requests.count > 0) {
		ask->timed = true;
		peer_set_timer(&ask->peer, ask_timeout(ask));
	}
}
