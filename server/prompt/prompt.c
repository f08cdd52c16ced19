/* prompt.c - the conversation with one client, from top to bottom. */
#include "prompt.h"

#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "connection.h"
#include "log.h"
#include "long_way.h"
#include "prompt_state.h"
#include "ration.h"
#include "snapshot.h"
#include "tell_about.h"

#define PROMPT "?> "
#define CRLF "\r\n"

/* Rows in one piece: some 60 KB, so that an answer ends its turn in time. */
#define ROWS_AT_ONCE 1536

static void
prompt_init(void *state, struct connection *connection)
{
	struct prompt *prompt = state;

	*prompt = (struct prompt){
		.connection = connection,
		.stream = &connection->stream,
		.settings = { .mode = connection->service->mode },
	};
}

static void
end_answer(struct prompt *prompt)
{
	if (!prompt->connection->answering)
		return;
	charindex_answer_release(prompt->answer);
	prompt->connection->answering = false;
	stream_hold(prompt->stream, 0);
	/* the rows are in the index, which may go with the snapshot */
	if (!prompt->snapshot->current)
		stream_settle(prompt->stream);
	snapshot_drop(prompt->snapshot);
}

static void
forget_page(struct prompt *prompt)
{
	free(prompt->paged);
	prompt->paged = NULL;
}

static void
prompt_release(void *state)
{
	struct prompt *prompt = state;

	end_answer(prompt);
	free(prompt->answer);
	forget_page(prompt);
}

/* Takes the next line. Answers have the same memory one after the other as long as there are lines;
 * a conversation that waits has none. */
static bool
line_is_there(struct prompt *prompt)
{
	prompt->got = stream_take_line(prompt->stream, &prompt->line);
	if (prompt->got != LINE_PARTIAL)
		return true;
	free(prompt->answer);
	prompt->answer = NULL;
	return false;
}

/* Says what was wrong with a line. */
static void
write_error(struct prompt *prompt)
{
	bool too_long = prompt->got == LINE_TOO_LONG;
	struct counters *counters = &prompt->connection->service->counters;

	stream_puts(prompt->stream,
	    too_long ? "Error: the query is longer than 4096 bytes" CRLF
	             : "Error: the query is not valid UTF-8" CRLF);
	counter_add(&counters->values[too_long ? COUNTER_ERRORS_TOO_LONG : COUNTER_ERRORS_UTF8], 1);
}

/* The three that follow set the reason if they end the conversation. */

static bool
input_ended(struct prompt *prompt)
{
	if (prompt->got == LINE_END)
		prompt->reason = stream_reason(prompt->stream);
	else if (prompt->got == LINE_NO_MEMORY)
		prompt->reason = CLOSE_NO_MEMORY;
	else
		return false;
	return true;
}

static bool
client_quits(struct prompt *prompt)
{
	prompt->reason = CLOSE_QUIT;
	return (unsigned char)prompt->line.text[0] < 0x20;
}

/* Runs the line, if it is a command. For the next page, the line becomes the query that it is
 * a page of. */
static enum command_result
run_command(struct prompt *prompt)
{
	enum command_result result = COMMAND_NONE;

	prompt->settings.from = prompt->from;
	if (command_is(prompt, prompt->line.text, prompt->line.length))
		result = command_run(prompt, prompt->line.text, prompt->line.length);
	if (result == COMMAND_MORE) {
		prompt->line = (struct line){ prompt->paged, prompt->paged_length };
		prompt->settings.from = prompt->next_page;
	}
	return result;
}

static bool
begin_answer(struct prompt *prompt)
{
	if (prompt->answer == NULL)
		prompt->answer = malloc(sizeof(*prompt->answer));
	if (prompt->answer == NULL) {
		prompt->reason = CLOSE_NO_MEMORY;
		return false;
	}
	prompt->connection->answering = true;
	prompt->snapshot = snapshot_hold(prompt->connection->service->snapshot);
	return true;
}

/* Tries the seed's rule, and what has been found before, which takes no time to speak of. */
static bool
found_at_once(struct prompt *prompt)
{
	synonyms_apply(prompt->snapshot->synonyms, prompt->line.text, prompt->line.length,
	    &prompt->settings);
	if (charindex_answer_prepare(prompt->answer, prompt->snapshot->ci, &prompt->settings,
	        prompt->line.text, prompt->line.length))
		return true;
	if (!long_way_recalls(prompt->connection->service, prompt->snapshot, prompt->answer))
		return false;
	stream_hold(prompt->stream, charindex_answer_memory(prompt->answer));
	return true;
}

static bool
search_further(struct prompt *prompt)
{
	enum charindex_err error =
	    long_way_run(prompt->connection->service, prompt->snapshot, prompt->answer);

	stream_hold(prompt->stream, charindex_answer_memory(prompt->answer));
	prompt->reason = CLOSE_NO_MEMORY;
	return error == CHARINDEX_OK;
}

/* Writes the next rows as they are in the index. */
static void
write_text(struct prompt *prompt)
{
	struct charindex_run run;
	size_t room, copied;
	char *out = stream_room(prompt->stream, STREAM_ROOM, &room);

	copied = charindex_answer_copy(prompt->answer, out, room);
	if (copied > 0)
		stream_fill(prompt->stream, copied);
	else if (charindex_answer_next(prompt->answer, ROWS_AT_ONCE, &run))
		stream_lend(prompt->stream, run.text, run.length);
}

/* Rows that are rendered in one piece, and what it costs to render a byte of them, in bytes that
 * are only copied: their properties have to be looked up. */
#define RENDERED_AT_ONCE 32
#define WORK_OF_RENDERED 60

/* Writes the next rows in another format. */
static void
write_rendered(struct prompt *prompt)
{
	struct charindex_hit hit;
	size_t room, used = 0;
	char *out = stream_room(prompt->stream, STREAM_ROOM, &room);

	for (int n = 0; n < RENDERED_AT_ONCE && room - used >= CHARINDEX_RENDER_SIZE + strlen(CRLF) &&
	     charindex_answer_next_hit(prompt->answer, &hit);
	     n++) {
		used += charindex_render(prompt->snapshot->ci, &hit, prompt->format, out + used);
		used = (size_t)(stpcpy(out + used, CRLF) - out);
	}
	if (used > 0)
		stream_fill(prompt->stream, used);
	stream_charge(prompt->stream, used * WORK_OF_RENDERED);
}

/* Writes the next rows: false when there are no more. */
static bool
write_rows(struct prompt *prompt)
{
	if (prompt->format == CHARINDEX_TEXT)
		write_text(prompt);
	else
		write_rendered(prompt);
	return !charindex_answer_ended(prompt->answer);
}

/* Keeps the query for :more, if there are more rows than the page has. */
static void
keep_page(struct prompt *prompt, const struct charindex_summary *summary)
{
	char *query = NULL;

	if (summary->more)
		query = malloc(prompt->line.length + 1);
	if (query != NULL)
		memcpy(query, prompt->line.text, prompt->line.length);
	prompt->paged_length = prompt->line.length;
	prompt->next_page = (uint32_t)(summary->first + summary->count);
	/* not before, for the line may be what was kept */
	forget_page(prompt);
	prompt->paged = query;
}

static void
count_answer(struct prompt *prompt, const struct charindex_summary *summary)
{
	struct counters *counters = &prompt->connection->service->counters;

	connection_count_answer(prompt->connection, summary->count);
	if (summary->error != NULL)
		counter_add(&counters->values[COUNTER_ERRORS_QUERY], 1);
}

#define QUOTE "\\x22"

/* The status has what is not printable escaped already, as it is sent: a quote is all that is left,
 * so that the value has an end. It is logged in words, whatever the format is. */
static void
log_answer(const struct prompt *prompt)
{
	size_t size = CHARINDEX_ANSWER_STATUS_SIZE(charindex_answer_longest(prompt->answer)), length;
	char *status = malloc(size + size * strlen(QUOTE)), *shown = status + size, *end = shown;

	if (status == NULL)
		return;
	length = charindex_answer_status(prompt->answer, status);
	for (size_t i = 0; i < length; i++)
		if (status[i] == '"')
			end = mempcpy(end, QUOTE, strlen(QUOTE));
		else
			*end++ = status[i];
	log_line(LOG_QUERY, "c%llu answered status=\"%.*s\"",
	    (unsigned long long)prompt->connection->number, (int)(end - shown), shown);
	free(status);
}

#define MORE_HINT "; :more for the next"

static void
write_text_status(struct prompt *prompt, bool more)
{
	size_t room = CHARINDEX_ANSWER_STATUS_SIZE(charindex_answer_longest(prompt->answer));
	char *status = stream_room(prompt->stream, room + sizeof(MORE_HINT CRLF), &room);
	size_t length = charindex_answer_status(prompt->answer, status);

	length = (size_t)(stpcpy(status + length, more ? MORE_HINT CRLF : CRLF) - status);
	stream_fill(prompt->stream, length);
}

/* False if there is no memory for it. */
static bool
write_rendered_status(struct prompt *prompt)
{
	char *status = malloc(
	    CHARINDEX_RENDER_STATUS_SIZE(charindex_answer_longest(prompt->answer)) + strlen(CRLF));
	size_t length;

	if (status == NULL)
		return false;
	length = charindex_render_status(prompt->answer, prompt->format, status);
	memcpy(status + length, CRLF, strlen(CRLF));
	stream_write(prompt->stream, status, length + strlen(CRLF));
	free(status);
	return true;
}

/* Ends the answer with its status: false if there is no memory, which ends the conversation. */
static bool
write_status(struct prompt *prompt)
{
	struct charindex_summary summary;

	charindex_answer_summary(prompt->answer, &summary);
	count_answer(prompt, &summary);
	if (prompt->format == CHARINDEX_TEXT) {
		write_text_status(prompt, summary.more);
	} else if (!write_rendered_status(prompt)) {
		prompt->reason = CLOSE_NO_MEMORY;
		return false;
	}
	if (prompt->connection->service->verbose)
		log_answer(prompt);
	keep_page(prompt, &summary);
	end_answer(prompt);
	return true;
}

/* The answer to :about. False if there is no memory for it. */
static bool
write_facts(struct prompt *prompt)
{
	prompt->reason = CLOSE_NO_MEMORY;
	return tell_about(prompt->connection, &prompt->line, (enum charindex_format)prompt->format);
}

static enum coro_status
prompt_run(void *state)
{
	struct prompt *prompt = state;

	CORO_BEGIN(&prompt->coro);
	for (;;) {
		stream_puts(prompt->stream, PROMPT);
		CORO_AWAIT(&prompt->coro, stream_drained(prompt->stream));
		CORO_AWAIT(&prompt->coro, line_is_there(prompt));
		if (input_ended(prompt))
			break;
		if (prompt->got != LINE_READY) {
			write_error(prompt);
			continue;
		}
		prompt->line.text = charindex_strip(prompt->line.text, &prompt->line.length);
		if (prompt->line.length == 0)
			continue;
		if (client_quits(prompt) || (prompt->command = run_command(prompt)) == COMMAND_QUIT)
			break;
		if (prompt->command == COMMAND_DONE)
			continue;
		CORO_AWAIT(&prompt->coro, ration_granted(prompt->connection));
		if (prompt->command == COMMAND_ABOUT) {
			CORO_AWAIT(&prompt->coro, stream_let_through(prompt->stream));
			if (!write_facts(prompt))
				break;
			continue;
		}
		if (!begin_answer(prompt))
			break;
		if (!found_at_once(prompt)) {
			CORO_AWAIT(&prompt->coro, stream_let_through(prompt->stream));
			if (!search_further(prompt))
				break;
		}
		while (write_rows(prompt))
			CORO_AWAIT(&prompt->coro, stream_drained(prompt->stream));
		if (!write_status(prompt))
			break;
	}
	CORO_END(&prompt->coro);
}

static enum close_reason
prompt_reason(const void *state)
{
	const struct prompt *prompt = state;

	return prompt->reason;
}

const struct face prompt_face = {
	.name = "prompt",
	.serving = "Serving",
	.advice = ". Hit CTRL-C to stop.",
	.too_many = "Error: too many clients" CRLF,
	.state_size = sizeof(struct prompt),
	.init = prompt_init,
	.run = prompt_run,
	.reason = prompt_reason,
	.release = prompt_release,
};
