/* dict_state.h - what the DICT face keeps of one connection. */
#ifndef DICT_STATE_H
#define DICT_STATE_H

#include "close_reason.h"
#include "coro.h"
#include "dict_words.h"
#include "line_reader.h"

struct connection;
struct dict_command;
struct stream;

/* Embedded in its owner. */
struct dict {
	struct coro coro;
	uint8_t got;    /* enum line_status */
	uint8_t reason; /* enum close_reason, once the conversation is over */
	bool mime;      /* a blank line comes before each text */
	struct line line;
	struct connection *connection;      /* not owned */
	struct stream *stream;              /* its stream */
	const struct dict_command *command; /* that is being answered */
	struct dict_words *words;           /* owned, with their bytes behind it; only meanwhile */
};

#endif
