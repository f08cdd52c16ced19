/* fake_stream.h - a stream without a socket, for handlers: what comes in is a script, what
 * goes out is kept, and every await can be made to wait. Linked instead of stream.c. */
#ifndef FAKE_STREAM_H
#define FAKE_STREAM_H

#include "bytes.h"
#include "connection.h"

/* A line that comes in, or what stream_take_line() says instead of one. */
struct fake_line {
	enum line_status status; /* LINE_END ends the script */
	const char *text;        /* of LINE_READY */
};

struct fake_stream {
	struct connection *connection; /* what the handler is given; its stream is never used */
	const struct fake_line *input; /* the rest of the script */
	enum close_reason reason;      /* of LINE_END */
	struct bytes output;
	size_t writes;      /* calls of stream_write() and stream_puts() */
	size_t most;        /* bytes of the biggest */
	size_t lines_taken; /* lines handed out */
	char room[40000];   /* to be filled */
	char *line;         /* the last of them, in memory of its own until the next is asked for */
	/* Waiting: when the handler asks for the `wait_at`-th time (0: each time) whether it may
	 * go on, it has to ask `patience` times more. */
	size_t wait_at;
	unsigned patience;
	size_t asked;         /* awaits met so far */
	unsigned refused;     /* how often the current one has been refused */
	size_t output_before; /* when it was refused first: nothing may be written meanwhile */
};

/* A stream with this input, which ends for this reason, of a connection of unit_service with this
 * number. There is one at a time. */
void fake_stream_init(struct fake_stream *fake, const struct fake_line *input,
    enum close_reason reason, uint64_t number);
void fake_stream_release(struct fake_stream *fake);

#endif
