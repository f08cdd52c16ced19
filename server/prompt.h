/* prompt.h - the conversation of server/PROTOCOL.md with one client. */
#ifndef PROMPT_H
#define PROMPT_H

#include "charindex.h"
#include "coro.h"
#include "line_reader.h"

struct stream;

/* What a prompt tells about an answer, for the log: `status` is the status line. */
typedef void prompt_log(uint64_t connection, const char *status, size_t length);

/* Embedded in its owner. */
struct prompt {
	struct coro coro;
	enum line_status got;
	struct line line;                /* the query */
	struct stream *stream;           /* not owned */
	const struct charindex *ci;      /* not owned */
	struct charindex_search *search; /* owned; only while an answer is given */
	prompt_log *log;                 /* may be NULL */
	uint64_t connection;             /* number of the connection, for the log */
	uint64_t matches;                /* rows of the answer so far */
	uint64_t queries;                /* answered */
};

void prompt_init(struct prompt *prompt, struct stream *stream, const struct charindex *ci,
    prompt_log *log, uint64_t connection);

/* Frees what the prompt holds, at whatever await it is. */
void prompt_release(struct prompt *prompt);

/* The coroutine: goes on with the conversation as far as the stream lets it.
 * CORO_DONE: the conversation is over. */
enum coro_status prompt_run(struct prompt *prompt);

/* Why the conversation ended, once it is over. */
enum close_reason prompt_reason(const struct prompt *prompt);

#endif
