/* line_model.h - what server/prompt/PROTOCOL.md makes of all that a client sends: which queries,
 * which errors, and the end. Reads the whole input at once, token by token, and shares no
 * code with the line reader. */
#ifndef LINE_MODEL_H
#define LINE_MODEL_H

#include "buffer.h"

/* What a conversation is made of, in the form in which conversations are compared. */
enum line_event {
	EVENT_QUERY = 'Q', /* and its length, 4 bytes, and the query, stripped */
	EVENT_TOO_LONG = 'L',
	EVENT_BAD_UTF8 = 'U',
	EVENT_END = 'E',
};

/* A line that is complete or at the end of input: adds what it is to `events`. False if it
 * ends the conversation. */
bool line_model_add(struct buffer *events, const char *line, size_t length);

/* Adds to `events` all of the conversation with a client that sends `length` bytes, after
 * `before` bytes of telnet's, and then the end of input. */
void line_model_run(struct buffer *events, size_t before, const char *data, size_t length);

#endif
