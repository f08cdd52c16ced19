/* prompt.h - the conversation of server/prompt/PROTOCOL.md with one client. */
#ifndef PROMPT_H
#define PROMPT_H

#include "charindex.h"
#include "command.h"
#include "coro.h"
#include "face.h"
#include "line_reader.h"

struct connection;
struct lease;
struct stream;

/* Embedded in its owner. */
struct prompt {
	struct coro coro;
	enum line_status got;
	enum command_result command;
	enum close_reason reason;        /* once the conversation is over */
	struct line line;                /* the query */
	struct connection *connection;   /* not owned */
	struct stream *stream;           /* its stream */
	struct charindex_answer *answer; /* owned; only while one is given */
	struct lease *lease;             /* held while an answer is given */
	struct charindex_settings settings;
	uint32_t from;  /* number of the first row of an answer; 0: not set */
	uint8_t format; /* enum charindex_format */
	char *paged;    /* owned: the query of the last answer that had more rows, or NULL */
	size_t paged_length;
	uint32_t next_page; /* number of its first row that has not been given */
};

extern const struct face prompt_face;

/* `connection` must outlive the prompt. */
void prompt_init(struct prompt *prompt, struct connection *connection);

/* Frees what the prompt holds, at whatever await it is. */
void prompt_release(struct prompt *prompt);

/* The coroutine: goes on with the conversation as far as the stream lets it.
 * CORO_DONE: the conversation is over. */
enum coro_status prompt_run(struct prompt *prompt);

/* Why the conversation ended, once it is over. */
enum close_reason prompt_reason(const struct prompt *prompt);

#endif
