/* ask_facts.c - the second request: each row is asked about, one after the other, and so is a
 * character that was asked for itself (server/prompt/PROTOCOL.md, "All that is known"). */
#include <string.h>

#include "answer.h"
#include "answer_reader.h"
#include "ask_parts.h"
#include "batch.h"
#include "print_facts.h"

/* The line that begins at `at`, without its end: the last one need not have one. */
static struct charindex_text
line_at(const struct query *query, size_t at)
{
	const char *begin = query->rows.text + at;
	size_t left = query->rows_length - at;
	const char *end = memchr(begin, '\r', left);

	return (struct charindex_text){ begin, end != NULL ? (size_t)(end - begin) : left };
}

static size_t
after(const struct query *query, size_t at)
{
	size_t next = at + line_at(query, at).length + strlen("\r\n");

	return next < query->rows_length ? next : query->rows_length;
}

static struct query *
first_unasked(const struct ask *ask)
{
	struct query *query;

	TAILQ_FOREACH(query, &ask->in_flight, link)
	if (query->has_rows && query->asked < query->rows_length)
		break;
	return query;
}

static bool
asks_about(const struct ask *ask)
{
	return ask->batch->options->details || ask->batch->options->about;
}

bool
ask_has_unasked(const struct ask *ask)
{
	return asks_about(ask) && !ask->worker.waits && first_unasked(ask) != NULL;
}

/* A character that was asked for itself has been a query, and its turn has been waited for. */
static bool
is_due(struct ask *ask, uint64_t now)
{
	return ask->batch->options->about ||
	    (!ask->worker.waits && batch_is_due(ask->batch, &ask->worker, now));
}

bool
ask_about_next(struct ask *ask, uint64_t now)
{
	struct query *query = asks_about(ask) ? first_unasked(ask) : NULL;
	struct charindex_text line;

	if (query == NULL || !is_due(ask, now))
		return false;
	line = line_at(query, query->asked);
	peer_put(&ask->peer, ":about ", 7);
	if (ask->batch->options->about) {
		peer_put(&ask->peer, line.bytes, line.length);
	} else {
		strbuf_clear(&ask->prefix, SIZE_MAX);
		facts_put_codes(&ask->prefix, ask->settings.format, line);
		peer_put(&ask->peer, ask->prefix.text, ask->prefix.length);
	}
	peer_put(&ask->peer, "\n", 1);
	query->asked = after(query, query->asked);
	requests_put(&ask->requests, query, now);
	return true;
}

/* All is told of all rows. */
static void
end_rows(struct ask *ask, struct query *query, uint64_t now)
{
	struct printer printer = batch_printer(ask->batch, query, &ask->prefix);

	if (!ask->batch->options->about)
		print_status(&printer, query->rows.text + query->rows_length,
		    query->rows.length - query->rows_length);
	query->outcome = OUTCOME_FOUND;
	ask_complete(ask, query, now);
}

/* A character that has gone, with another index, or never was. */
static void
fail(struct ask *ask, struct query *query, const char *text, size_t length, uint64_t now)
{
	query_fail(query, OUTCOME_WRONG, "%.*s", (int)(length - strlen("\r\n")), text);
	ask_complete(ask, query, now);
}

bool
ask_take_facts(struct ask *ask, struct query *query, const char *text, size_t length, uint64_t now)
{
	static const char error[] = "Error: ";
	struct printer printer = batch_printer(ask->batch, query, &ask->prefix);
	const struct charindex_text facts = { text, length }, none = { "", 0 };
	struct charindex_text row = ask->batch->options->about ? none : line_at(query, query->told);

	if (length > strlen(error) && memcmp(text, error, strlen(error)) == 0) {
		fail(ask, query, text + strlen(error), length - strlen(error), now);
		return true;
	}
	if (!facts_are_of(ask->settings.format, row, facts) || !answer_is_text(text, length))
		return false;
	print_facts(&printer, row, facts);
	query->told = after(query, query->told);
	query->breaks = 0;
	if (query->answer.length > ANSWER_MAX_LENGTH) {
		query_fail(query, OUTCOME_WRONG, FACTS_TOO_LONG);
		ask_complete(ask, query, now);
	} else if (query->told == query->rows_length) {
		end_rows(ask, query, now);
	}
	return true;
}
