/* prompt.h - the conversation of server/prompt/PROTOCOL.md with one client. */
#ifndef PROMPT_H
#define PROMPT_H

#include "charindex.h"
#include "command.h"
#include "coro.h"
#include "line_reader.h"

struct counters;
struct lease;
struct stream;

/* What a prompt tells about an answer, for the log: `status` is the status line. */
typedef void prompt_log(uint64_t connection, const char *status, size_t length);

/* What the prompts of one worker share. */
struct prompt_service {
	struct lease *lease;       /* of the index that the next answer comes from */
	struct counters *counters;
	prompt_log *log;           /* may be NULL */
	enum charindex_mode mode;  /* in which conversations begin */
};

/* Embedded in its owner. */
struct prompt {
	struct coro coro;
	enum line_status got;
	enum command_result command;
	enum close_reason reason;        /* once the conversation is over */
	struct line line;                /* the query */
	struct stream *stream;           /* not owned */
	struct prompt_service *service;  /* not owned */
	struct charindex_answer *answer; /* owned; only while one is given */
	struct lease *lease;             /* held while an answer is given */
	uint64_t connection;             /* number of the connection, for the log */
	uint64_t queries;                /* answered */
	struct charindex_settings settings;
	uint32_t from;                   /* number of the first row of an answer; 0: not set */
	uint8_t format;                  /* enum charindex_format */
	char *paged;                     /* owned: the query of the last answer that had more rows, or NULL */
	size_t paged_length;
	uint32_t next_page;              /* number of its first row that has not been given */
};

/* `stream` and `service` must outlive the prompt. */
void prompt_init(struct prompt *prompt, struct stream *stream, struct prompt_service *service,
    uint64_t connection);

/* Frees what the prompt holds, at whatever await it is. */
void prompt_release(struct prompt *prompt);

/* The coroutine: goes on with the conversation as far as the stream lets it.
 * CORO_DONE: the conversation is over. */
enum coro_status prompt_run(struct prompt *prompt);

/* Why the conversation ended, once it is over. */
enum close_reason prompt_reason(const struct prompt *prompt);

#endif
