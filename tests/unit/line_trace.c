/* line_trace.c - hides how input is fed to a line reader. */
#include "line_trace.h"

#include <string.h>

#include "charindex.h"
#include "line_reader.h"
#include "seeded.h"
#include "unit.h"

#define SHORT 12     /* bytes of input that are tried in every three pieces */
#define MIDDLING 300 /* ... in every two */
#define LONG 100000  /* ... not byte by byte, for that takes its time */
#define RANDOM_TRIES 8

void
line_trace_add_line(struct bytes *trace, const char *text, size_t length)
{
	bytes_add_string(trace, "<");
	bytes_add_escaped(trace, text, length);
	bytes_add_string(trace, "> ");
}

static void
add_ready_line(struct bytes *trace, const struct line *line, bool *over)
{
	size_t length = line->length;
	const char *text = charindex_strip(line->text, &length);

	*over = length > 0 && (unsigned char)*text < 0x20;
	if (*over)
		bytes_add_string(trace, "quit ");
	else
		line_trace_add_line(trace, text, length);
}

/* Adds what a status, other than LINE_PARTIAL, means: is the conversation over? */
static bool
add_status(struct bytes *trace, const struct line_reader *reader, enum line_status status,
    const struct line *line)
{
	bool over = false;

	switch (status) {
	case LINE_PARTIAL:
		ck_abort_msg("a partial line at the end of input");
	case LINE_READY:
		UNIT_HOLDS(line->length <= LINE_MAX_LENGTH);
		add_ready_line(trace, line, &over);
		return over;
	case LINE_TOO_LONG:
		bytes_add_string(trace, "too-long ");
		return false;
	case LINE_BAD_UTF8:
		bytes_add_string(trace, "bad-utf8 ");
		return false;
	case LINE_END:
		bytes_printf(trace, "%s ", close_reason_name(line_reader_reason(reader)));
		return true;
	case LINE_NO_MEMORY:
		bytes_add_string(trace, "no-memory ");
		return true;
	}
	ck_abort_msg("status %d", status);
}

/* Reads a piece of input to its end: is the conversation over? */
static bool
read_piece(struct line_reader *reader, const char *input, size_t length, struct bytes *trace)
{
	char *piece = bytes_exact_copy(input, length);
	enum line_status status = LINE_READY;
	size_t done = 0;
	bool over = false;

	while (!over && status != LINE_PARTIAL) {
		struct line line = { NULL, 0 };
		size_t taken = line_reader_read(reader, piece + done, length - done, &line, &status);

		UNIT_HOLDS(taken <= length - done);
		done += taken;
		if (status == LINE_PARTIAL)
			UNIT_HOLDS(done == length);
		else
			over = add_status(trace, reader, status, &line);
	}
	free(piece);
	return over;
}

void
line_trace(const char *input, size_t length, line_trace_piece *next_piece, void *arg,
    struct bytes *trace)
{
	struct line_reader reader = { 0 };
	bool over = false;

	for (size_t done = 0; done < length && !over;) {
		size_t piece = next_piece(done, length - done, arg);

		over = read_piece(&reader, input + done, piece, trace);
		done += piece;
	}
	while (!over) {
		struct line line = { NULL, 0 };
		enum line_status status = line_reader_finish(&reader, &line);

		over = add_status(trace, &reader, status, &line);
	}
	line_reader_release(&reader);
}

static size_t
whole(size_t done, size_t left, void *arg)
{
	(void)done, (void)arg;
	return left;
}

static size_t
one_byte(size_t done, size_t left, void *arg)
{
	(void)done, (void)left, (void)arg;
	return 1;
}

/* Where the input is cut, in ascending order; 0 for no cut. */
struct cuts {
	size_t at[2];
};

static size_t
up_to_cut(size_t done, size_t left, void *arg)
{
	const struct cuts *cuts = arg;

	for (size_t i = 0; i < UNIT_COUNT(cuts->at); i++)
		if (cuts->at[i] > done)
			return cuts->at[i] - done;
	return left;
}

static size_t
random_size(size_t done, size_t left, void *arg)
{
	static const uint32_t limits[] = { 3, 20, 500, 5000, 70000 };
	struct seeded *seeded = arg;
	size_t size = 1 + seeded_below(seeded, limits[seeded_below(seeded, UNIT_COUNT(limits))]);

	(void)done;
	return size < left ? size : left;
}

static void
must_be(const char *input, size_t length, line_trace_piece *next_piece, void *arg,
    const char *expected, const char *how)
{
	struct bytes trace = { 0 };

	line_trace(input, length, next_piece, arg, &trace);
	if (trace.length > 0)
		trace.length--; /* the space at the end */
	if (trace.length != strlen(expected) || memcmp(trace.data, expected, trace.length) != 0) {
		struct bytes what = { 0 };

		bytes_add_escaped(&what, input, length < 60 ? length : 60);
		bytes_printf(&what, ", %zu bytes, %s", length, how);
		bytes_must_be(what.data, trace.data, trace.length, expected, strlen(expected));
	}
	bytes_release(&trace);
}

void
line_trace_must_be(const char *input, size_t length, const char *expected)
{
	struct seeded seeded = { length + 1 };

	must_be(input, length, whole, NULL, expected, "whole");
	if (length <= LONG)
		must_be(input, length, one_byte, NULL, expected, "byte by byte");
	for (int i = 0; i < (length <= LONG ? RANDOM_TRIES : 2); i++)
		must_be(input, length, random_size, &seeded, expected, "in random pieces");
	if (length > MIDDLING)
		return;
	for (size_t first = 1; first < length; first++) {
		struct cuts cuts = { { first, 0 } };

		must_be(input, length, up_to_cut, &cuts, expected, "in two pieces");
		for (size_t second = first + 1; second < length && length <= SHORT; second++) {
			cuts.at[1] = second;
			must_be(input, length, up_to_cut, &cuts, expected, "in three pieces");
		}
	}
}
