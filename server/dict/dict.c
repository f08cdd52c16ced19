/* dict.c - the conversation with one client of DICT (RFC 2229), from top to bottom. */
#include "dict.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "config.h"
#include "connection.h"
#include "dict_command.h"
#include "dict_state.h"
#include "ration.h"
#include "reply.h"
#include "snapshot.h"

#define TOO_MANY "420 too many clients" REPLY_CRLF

static void
dict_init(void *state, struct connection *connection)
{
	struct dict *dict = state;

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

static void
dict_release(void *state)
{
	end_request(state);
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

static enum coro_status
dict_run(void *state)
{
	struct dict *dict = state;

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

static enum close_reason
dict_reason(const void *state)
{
	const struct dict *dict = state;

	return (enum close_reason)dict->reason;
}

const struct face dict_face = {
	.name = "dict",
	.serving = "DICT",
	.scheme = "dict",
	.advice = "",
	.too_many = TOO_MANY,
	.state_size = sizeof(struct dict),
	.init = dict_init,
	.run = dict_run,
	.reason = dict_reason,
	.release = dict_release,
};
