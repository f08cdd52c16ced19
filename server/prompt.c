/* prompt.c - the conversation with one client, from top to bottom. */
#include "prompt.h"

#include <stdlib.h>
#include <string.h>

#include "stream.h"

#define PROMPT "?> "
#define CRLF "\r\n"

/* Rows in one write: some 60 KB, what a socket takes at once. */
#define ROWS_AT_ONCE 1536

void
prompt_init(struct prompt *prompt, struct stream *stream, const struct charindex *ci,
    prompt_log *log, uint64_t connection)
{
	*prompt = (struct prompt){
		.stream = stream,
		.ci = ci,
		.log = log,
		.connection = connection,
	};
}

static void
end_answer(struct prompt *prompt)
{
	free(prompt->search);
	prompt->search = NULL;
}

void
prompt_release(struct prompt *prompt)
{
	end_answer(prompt);
}

static const char *
error_text(enum line_status got)
{
	return got == LINE_TOO_LONG ? "Error: the query is longer than 4096 bytes" CRLF :
	                              "Error: the query is not valid UTF-8" CRLF;
}

static bool
is_end(enum line_status got)
{
	return got == LINE_END || got == LINE_NO_MEMORY;
}

static bool
is_quit(const struct line *line)
{
	return (unsigned char)line->text[0] < 0x20;
}

static bool
begin_answer(struct prompt *prompt)
{
	prompt->search = malloc(sizeof(*prompt->search));
	if (prompt->search == NULL)
		return false;
	prompt->matches = 0;
	charindex_search_init(prompt->search, prompt->ci, prompt->line.text, prompt->line.length);
	return true;
}

/* Writes the next rows: false when there are no more. */
static bool
write_rows(struct prompt *prompt)
{
	struct charindex_run run;

	if (!charindex_search_next(prompt->search, ROWS_AT_ONCE, &run))
		return false;
	stream_write(prompt->stream, run.text, run.length);
	prompt->matches += run.count;
	return true;
}

static void
write_status(struct prompt *prompt)
{
	char status[CHARINDEX_STATUS_SIZE(LINE_MAX_LENGTH) + sizeof(CRLF)];
	size_t length = charindex_status(prompt->ci, prompt->matches, prompt->line.text,
	    prompt->line.length, status);

	if (prompt->log != NULL)
		prompt->log(prompt->connection, status, length);
	memcpy(status + length, CRLF, strlen(CRLF));
	stream_write(prompt->stream, status, length + strlen(CRLF));
	prompt->queries++;
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
		if (is_end(prompt->got))
			break;
		if (prompt->got != LINE_READY) {
			stream_puts(prompt->stream, error_text(prompt->got));
			continue;
		}
		prompt->line.text = charindex_strip(prompt->line.text, &prompt->line.length);
		if (prompt->line.length == 0)
			continue;
		if (is_quit(&prompt->line) || !begin_answer(prompt))
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
	if (prompt->got == LINE_READY)
		return is_quit(&prompt->line) ? CLOSE_QUIT : CLOSE_NO_MEMORY;
	return prompt->got == LINE_NO_MEMORY ? CLOSE_NO_MEMORY : stream_reason(prompt->stream);
}
