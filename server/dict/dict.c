/* dict.c - the conversation with one client of DICT (RFC 2229), from top to bottom. */
#include "dict.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "config.h"
#include "connection.h"
#include "dict_command.h"
#include "ration.h"
#include "reply.h"
#include "snapshot.h"

#define TOO_MANY "420 too many clients" REPLY_CRLF

void
dict_init(struct dict *dict, struct connection *connection)
{
	*dict = (struct dict){ .connection = connection, .stream = &connection->stream };
	stream_take_raw_lines(dict->stream);
}

static void
end_request(struct dict *dict)
{
	dict->connection->answering = false;
	free(dict->words);
	dict->words = NULL;
}

void
dict_release(struct dict *dict)
{
	end_request(dict);
}

/* Some clients read the message-id with a pattern that knows digits, dots and `@`. */
static void
greet(struct dict *dict)
{
	struct reply reply;

	reply_begin(&reply, dict->stream);
	reply_format(&reply,
	    "220 charfinderd %s Unicode %s <mime> <%lld.%ld.%llu@charfinderd>" REPLY_CRLF,
	    PACKAGE_VERSION, charindex_info(dict->connection->service->snapshot->ci).unicode_version,
	    (long long)time(NULL), (long)getpid(), (unsigned long long)dict->connection->number);
	reply_end(&reply);
}

/* The two that follow set the reason if they end the conversation. */

static bool
input_ended(struct dict *dict)
{
	if (dict->got == LINE_END)
		dict->reason = (uint8_t)stream_reason(dict->stream);
	else if (dict->got == LINE_NO_MEMORY)
		dict->reason = CLOSE_NO_MEMORY;
	else
		return false;
	return true;
}

/* Keeps the words of the line, which may go away before they are answered. */
static bool
begin_request(struct dict *dict)
{
	dict->words = malloc(sizeof(*dict->words) + dict->line.length);
	dict->reason = CLOSE_NO_MEMORY;
	if (dict->words == NULL)
		return false;
	dict_words_read(dict->words, dict->line.text, dict->line.length, (char *)(dict->words + 1));
	dict->connection->answering = true;
	return true;
}

enum coro_status
dict_run(struct dict *dict)
{
	CORO_BEGIN(&dict->coro);
	greet(dict);
	for (;;) {
		CORO_AWAIT(&dict->coro, stream_drained(dict->stream));
		CORO_AWAIT(&dict->coro,
		    (dict->got = (uint8_t)stream_take_line(dict->stream, &dict->line)) != LINE_PARTIAL);
		if (input_ended(dict))
			break;
		if (dict->got == LINE_TOO_LONG) {
			dict_command_too_long(dict);
			continue;
		}
		if (!begin_request(dict))
			break;
		dict->command = dict_command_find(dict);
		if (dict_command_is_query(dict))
			CORO_AWAIT(&dict->coro, ration_granted(dict->connection));
		if (dict_command_is_costly(dict))
			CORO_AWAIT(&dict->coro, stream_let_through(dict->stream));
		if (!dict_command_run(dict))
			break;
		end_request(dict);
	}
	CORO_END(&dict->coro);
}

/* ---- the face ------------------------------------------------------------------ */

static void
init(void *state, struct connection *connection)
{
	dict_init(state, connection);
}

static enum coro_status
run(void *state)
{
	return dict_run(state);
}

static enum close_reason
reason(const void *state)
{
	return (enum close_reason)((const struct dict *)state)->reason;
}

static void
release(void *state)
{
	dict_release(state);
}

const struct face dict_face = {
	.name = "dict",
	.serving = "DICT",
	.scheme = "dict",
	.advice = "",
	.too_many = TOO_MANY,
	.state_size = sizeof(struct dict),
	.init = init,
	.run = run,
	.reason = reason,
	.release = release,
};
