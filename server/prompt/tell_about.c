/* tell_about.c - all that is known of a character, or that there is none. */
#include "tell_about.h"

#include "about.h"
#include "about_find.h"
#include "connection.h"
#include "log.h"
#include "snapshot.h"
#include "text.h"

static void
put_facts(struct text *out, struct connection *connection, const struct char_id *found,
    enum charindex_format format)
{
	about_put(out, connection->service->snapshot->ci, found, format);
	connection_count_answer(connection, 1);
	if (connection->service->verbose)
		log_line(LOG_QUERY, "c%llu answered about=\"%.*s\"", (unsigned long long)connection->number,
		    (int)found->facts.codes.length, found->facts.codes.bytes);
}

static void
put_problem(struct text *out, struct connection *connection, const struct line *line)
{
	text_puts(out, "Error: ");
	about_find_problem(out, connection->service->snapshot->ci, line->text, line->length);
	text_puts(out, "\r\n");
	connection_count_answer(connection, 0);
	counter_add(&connection->service->counters.values[COUNTER_ERRORS_QUERY], 1);
}

bool
tell_about(struct connection *connection, const struct line *line, enum charindex_format format)
{
	struct text text = { 0 };
	struct char_id found;
	bool failed;

	if (about_find(connection->service->snapshot->ci, line->text, line->length, &found))
		put_facts(&text, connection, &found, format);
	else
		put_problem(&text, connection, line);
	failed = text.failed;
	if (!failed)
		stream_write(&connection->stream, text.bytes, text.length);
	text_release(&text);
	return !failed;
}
