/* prompt_state.h - what the prompt keeps of one connection. */
#ifndef PROMPT_STATE_H
#define PROMPT_STATE_H

#include "charindex.h"
#include "close_reason.h"
#include "coro.h"
#include "line_reader.h"

/* What a line was, as a command. */
enum command_result {
	COMMAND_NONE,  /* the line is none */
	COMMAND_DONE,  /* it has been answered */
	COMMAND_MORE,  /* the next page is to be given */
	COMMAND_FIND,  /* the prompt's line is now the query */
	COMMAND_ABOUT, /* the prompt's line is now a character, of which all is told */
	COMMAND_QUIT,  /* the conversation ends */
};

struct connection;
struct snapshot;
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
	struct charindex_answer *answer; /* owned; NULL while no line is there */
	struct snapshot *snapshot;       /* held while an answer is given */
	struct charindex_settings settings;
	uint32_t from;  /* number of the first row of an answer; 0: not set */
	uint8_t format; /* enum charindex_format */
	char *paged;    /* owned: the query of the last answer that had more rows, or NULL */
	size_t paged_length;
	uint32_t next_page; /* number of its first row that has not been given */
};

#endif
