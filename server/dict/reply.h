/* reply.h - an answer on its way into the stream, put together where the stream sends it from. */
#ifndef REPLY_H
#define REPLY_H

#include <stddef.h>

#include "charindex.h"

struct stream;

#define REPLY_CRLF "\r\n"

/* Nothing else is written to the stream between reply_begin() and reply_end(). */
struct reply {
	struct stream *stream;
	char *room;
	size_t size, used;
	size_t column; /* bytes in the line that is being written */
};

void reply_begin(struct reply *reply, struct stream *stream);
void reply_end(struct reply *reply);

void reply_bytes(struct reply *reply, const char *bytes, size_t length);
void reply_puts(struct reply *reply, const char *string);
void reply_text(struct reply *reply, struct charindex_text text);
void reply_format(struct reply *reply, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void reply_end_line(struct reply *reply);

/* The text between quotes: without the quotes and backslashes that are in it, for not all clients
 * can read those, and with blanks for control characters. */
void reply_quoted(struct reply *reply, struct charindex_text text);

/* Text in the body of a definition: words that go to the next line, indented, when this one is full. */
void reply_wrapped(struct reply *reply, struct charindex_text text);

/* The same for what must stay in one piece, between `before` and `after`. */
void reply_piece(struct reply *reply, const char *before, struct charindex_text text,
    const char *after);

#endif
