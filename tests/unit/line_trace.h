/* line_trace.h - what a line reader makes of some input, as readable text: "<rook>" for
 * each line, "too-long", "bad-utf8", and at the end why it is the end. */
#ifndef LINE_TRACE_H
#define LINE_TRACE_H

#include "bytes.h"

/* The piece that comes next, of `left` bytes of input that have not been given. */
typedef size_t line_trace_piece(size_t done, size_t left, void *arg);

/* Feeds `length` bytes of input, piece by piece, each in memory of its own, until the
 * conversation is over; then, if it is not, says that the input has ended. Adds all that
 * came of it to `trace`. Lines are stripped, for whether the CR of a line end belongs to
 * the line may not matter; a line that begins with a control character is "quit" and the
 * end. */
void line_trace(const char *input, size_t length, line_trace_piece *next_piece, void *arg,
    struct bytes *trace);

/* Adds the trace of a line with this text. */
void line_trace_add_line(struct bytes *trace, const char *text, size_t length);

/* The trace must be `expected`, whether the input comes whole, in pieces of random sizes,
 * or, unless it is too long for that, byte by byte, in every two, or every three pieces. */
void line_trace_must_be(const char *input, size_t length, const char *expected);

#endif
