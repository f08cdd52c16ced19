/* prompt.c - the conversation with one client, from top to bottom. */
#include "prompt.h"

#include <stdlib.h>
#include <string.h>

#include "counters.h"
#include "generation.h"
#include "stream.h"

#define PROMPT "?> "
#define CRLF "\r\n"

/* Rows in one piece: some 60 KB, so that an answer ends its turn in time. */
#define ROWS_AT_ONCE 1536

void
prompt_init(struct prompt *prompt, struct stream *stream, struct prompt_service *service,
    uint64_t connection)
{
	*prompt = (struct prompt){
		.stream = stream,
		.service = service,
		.connection = connection,
	};
}

static void
end_answer(struct prompt *prompt)
{
	if (prompt->search == NULL)
		return;
	free(prompt->search);
	prompt->search = NULL;
	/* the rows are in the index, which may go with the lease */
	if (!prompt->lease->current)
		stream_settle(prompt->stream);
	lease_drop(prompt->lease);
}

void
prompt_release(struct prompt *prompt)
{
	end_answer(prompt);
}

/* Says what was wrong with a line. */
static void
write_error(struct prompt *prompt)
{
	bool too_long = prompt->got == LINE_TOO_LONG;
	struct counters *counters = prompt->service->counters;

	stream_puts(prompt->stream, too_long ? "Error: the query is longer than 4096 bytes" CRLF :
	                                       "Error: the query is not valid UTF-8" CRLF);
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

static bool
begin_answer(struct prompt *prompt)
{
	prompt->search = malloc(sizeof(*prompt->search));
	if (prompt->search == NULL) {
		prompt->reason = CLOSE_NO_MEMORY;
		return false;
	}
	prompt->lease = lease_hold(prompt->service->lease);
	prompt->matches = 0;
	charindex_search_init(prompt->search, prompt->lease->ci, prompt->line.text,
	    prompt->line.length);
	return true;
}

/* Writes the next rows: false when there are no more. */
static bool
write_rows(struct prompt *prompt)
{
	struct charindex_run run;
	size_t room, copied;
	char *out = stream_room(prompt->stream, &room);

	copied = charindex_search_copy(prompt->search, out, room, &prompt->matches);
	if (copied > 0) {
		stream_fill(prompt->stream, copied);
		return true;
	}
	if (!charindex_search_next(prompt->search, ROWS_AT_ONCE, &run))
		return false;
	stream_lend(prompt->stream, run.text, run.length);
	prompt->matches += run.count;
	return true;
}

static void
write_status(struct prompt *prompt)
{
	char status[CHARINDEX_STATUS_SIZE(LINE_MAX_LENGTH) + sizeof(CRLF)];
	struct counters *counters = prompt->service->counters;
	size_t length = charindex_status(prompt->lease->ci, prompt->matches, prompt->line.text,
	    prompt->line.length, status);

	if (prompt->service->log != NULL)
		prompt->service->log(prompt->connection, status, length);
	memcpy(status + length, CRLF, strlen(CRLF));
	stream_write(prompt->stream, status, length + strlen(CRLF));
	prompt->queries++;
	counter_add(&counters->values[COUNTER_QUERIES], 1);
	counter_add(&counters->values[COUNTER_ROWS], prompt->matches);
}

enum coro_status
prompt_run(struct prompt *prompt)
{
	CORO_BEGIN(&prompt->coro);
	for (;;) {
		stream_puts(prompt->stream, PROMPT);
		CORO_AWAIT(&prompt->coro, stream_drained(prompt->stream));
		CORO_AWAIT(&prompt->coro,
		    (prompt->got = stream_take_line(prompt->stream, &prompt->line)) != LINE_PARTIAL);
		if (input_ended(prompt))
			break;
		if (prompt->got != LINE_READY) {
			write_error(prompt);
			continue;
		}
		prompt->line.text = charindex_strip(prompt->line.text, &prompt->line.length);
		if (prompt->line.length == 0)
			continue;
		if (client_quits(prompt) || !begin_answer(prompt))
			break;
		while (write_rows(prompt))
			CORO_AWAIT(&prompt->coro, stream_drained(prompt->stream));
		write_status(prompt);
		end_answer(prompt);
	}
	CORO_END(&prompt->coro);
}

enum close_reason
prompt_reason(const struct prompt *prompt)
{
	return prompt->reason;
}
