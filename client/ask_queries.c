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

bool
ask_has_room(const struct ask *ask)
{
	return !ask->worker.paused && ask->in_flight_count < ask->batch->options->pipeline;
}

void
ask_more(struct ask *ask, uint64_t now)
{
	struct query *query;

	while (ask_has_room(ask) && (query = batch_take(ask->batch, &ask->worker)) != NULL) {
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
		peer_set_timer(&ask->peer, ask_timeout(ask));
	}
}
