/* line_reader.h - input bytes, in pieces of any size, made into lines. Knows the
 * telnet protocol and the limits of server/prompt/PROTOCOL.md; knows nothing of sockets. */
#ifndef LINE_READER_H
#define LINE_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "close_reason.h"

#define LINE_MAX_LENGTH 4096             /* bytes of a line, its end not counted */
#define LINE_MAX_UNENDED (1024u * 1024u) /* bytes of input without any line end */

enum line_status {
	LINE_PARTIAL,  /* not yet: all input is read and the line has not ended */
	LINE_READY,    /* a line of valid UTF-8 */
	LINE_TOO_LONG, /* longer than LINE_MAX_LENGTH; its rest will be skipped */
	LINE_BAD_UTF8, /* a line that is not UTF-8 */
	LINE_END,      /* there will be no more */
	LINE_NO_MEMORY /* as LINE_END: memory ran out */
};

/* The bytes of a line, without its end. */
struct line {
	const char *text;
	size_t length;
};

/* All zero is a reader at the beginning of its input. */
struct line_reader {
	char *buffer;    /* owned: a line that is not all in one piece of input, or NULL */
	uint16_t length; /* bytes in buffer */
	uint16_t capacity;
	uint32_t unended; /* bytes of input since the last line end */
	uint8_t telnet;   /* enum telnet_state */
	bool skipping;    /* in the rest of a line that is too long */
	bool delivered;   /* the line in buffer has been given out */
	bool raw;         /* lines are bytes: any may be in them */
	uint8_t reason;   /* enum close_reason: why there is LINE_END */
};

/* Frees what the reader holds. */
void line_reader_release(struct line_reader *reader);

/* Reads on in `length` bytes at `data` and says in *status what came of it; returns how
 * many bytes were read, all of them if LINE_PARTIAL. LINE_READY sets *line, which is
 * valid until the next call or the end of `data`, whichever is first.
 * A line that begins with a control character below U+0020 (after white space, if any)
 * is ready as soon as that has come. After LINE_END no bytes are read.
 * Neither this nor that a line must be UTF-8 holds if lines are raw. */
size_t line_reader_read(struct line_reader *reader, const char *data, size_t length,
    struct line *line, enum line_status *status);

/* Says that the input has ended: what is left of it is a line (as above), or LINE_END. */
enum line_status line_reader_finish(struct line_reader *reader, struct line *line);

/* Has a line been begun and not ended? */
bool line_reader_in_line(const struct line_reader *reader);

/* Why there was LINE_END. */
enum close_reason line_reader_reason(const struct line_reader *reader);

#endif
