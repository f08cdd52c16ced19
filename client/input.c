/* input.c - hides where input is cut. */
#include "input.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <unistd.h>

#include "options.h"
#include "program.h"

/* A combining class (UAX #44, table 15): the next letter is joined to this one. */
#define VIRAMA 9

void
input_init(struct input *input, int fd)
{
	input->fd = fd;
	input->error = 0;
	input->begin = input->end = 0;
	input->ended = false;
}

/* Moves what is left to the beginning and reads what there is to read. */
static void
fill(struct input *input)
{
	ssize_t got;

	memmove(input->bytes, input->bytes + input->begin, input->end - input->begin);
	input->end -= input->begin;
	input->begin = 0;
	/* whoever feeds this by hand or from a log sees what is said of it now */
	fflush(stdout);
	program_check_output(EXIT_ERROR);
	do
		got = read(input->fd, input->bytes + input->end, sizeof(input->bytes) - input->end);
	while (got < 0 && errno == EINTR);
	input->ended = got <= 0;
	if (got < 0)
		input->error = errno;
	else
		input->end += (size_t)got;
}

static int
cluster_break(UChar32 c)
{
	return u_getIntPropertyValue(c, UCHAR_GRAPHEME_CLUSTER_BREAK);
}

/* Is the number of regional indicators with which the text ends even? They go in pairs. */
static bool
ends_with_whole_flags(const uint8_t *text, int32_t length)
{
	bool even = true;
	UChar32 c;

	while (length > 0) {
		U8_PREV(text, 0, length, c);
		if (cluster_break(c) != U_GCB_REGIONAL_INDICATOR)
			break;
		even = !even;
	}
	return even;
}

/* May the text be cut at its end, before the character `next`? Not inside what UAX #29 calls
 * an extended grapheme cluster, as far as sequences in the index are concerned. */
static bool
may_cut(const uint8_t *text, int32_t length, UChar32 next)
{
	int32_t before = length;
	int after = cluster_break(next);
	UChar32 last;

	U8_PREV(text, 0, before, last);
	if (after == U_GCB_EXTEND || after == U_GCB_SPACING_MARK || after == U_GCB_ZWJ)
		return false;
	if (after == U_GCB_REGIONAL_INDICATOR)
		return ends_with_whole_flags(text, length);
	return cluster_break(last) != U_GCB_ZWJ && cluster_break(last) != U_GCB_PREPEND &&
	    u_getCombiningClass(last) != VIRAMA;
}

/* How much of a full buffer without a line end may be given: up to a space, else what comes
 * before the last cluster, which may go on, else all whole characters. */
static size_t
cut(const char *bytes, size_t length)
{
	const uint8_t *text = (const uint8_t *)bytes;
	const char *space = memrchr(bytes, ' ', length);
	int32_t whole = (int32_t)length;
	UChar32 next;

	if (space != NULL)
		return (size_t)(space + 1 - bytes);
	U8_TRUNCATE_IF_INCOMPLETE(text, 0, whole);
	for (int32_t at = whole; at > 0;) {
		U8_PREV(text, 0, at, next);
		if (at > 0 && may_cut(text, at, next))
			return (size_t)at;
	}
	return (size_t)whole;
}

bool
input_next(struct input *input, struct input_piece *piece)
{
	size_t searched = 0;

	for (;;) {
		char *text = input->bytes + input->begin, *line_end;
		size_t length = input->end - input->begin;

		line_end = memchr(text + searched, '\n', length - searched);
		if (line_end != NULL) {
			*piece = (struct input_piece){ text, (size_t)(line_end - text), true };
			input->begin += piece->length + 1;
			return true;
		}
		if (input->ended) {
			*piece = (struct input_piece){ text, length, true };
			input->begin = input->end;
			return length > 0;
		}
		if (length == sizeof(input->bytes)) {
			*piece = (struct input_piece){ text, cut(text, length), false };
			input->begin += piece->length;
			return true;
		}
		searched = length;
		fill(input);
	}
}
