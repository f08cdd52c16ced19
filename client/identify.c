/* identify.c - what the characters of a text are, which comes in pieces, and is not all text. */
#include "identify.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>
#include <unistd.h>

#include "input.h"
#include "options.h"
#include "print_answer.h"
#include "summary.h"

struct identifying {
	const struct printer *printer;
	uint64_t from, end; /* rows of the page: numbers, from 1; UINT64_MAX: all the rest */
	uint64_t rows;      /* so far, printed or not */
	uint64_t stray;     /* of these, bytes that are not UTF-8 */
	uint64_t lines;     /* that have ended */
	uint64_t column;    /* characters of the current line so far, a stray byte being one */
	struct summary
	    *summary; /* what there is, which is printed in the end; NULL: it is as it comes */
};

/* The part of the page that is in rows from the next one on. */
static struct charindex_settings
rest_of_page(const struct identifying *state)
{
	uint64_t next = state->rows + 1;
	struct charindex_settings settings = { .from = 1 };

	if (next >= state->end) /* there is none: begin where no piece has rows */
		settings.from = UINT32_MAX;
	else if (next < state->from)
		settings.from = (uint32_t)(state->from - state->rows);
	if (state->end != UINT64_MAX)
		settings.limit = (uint32_t)(state->end - (next < state->from ? state->from : next));
	return settings;
}

static _Noreturn void
out_of_memory(void)
{
	errx(EXIT_ERROR, "out of memory");
}

/* What stands in a piece of text, `column` being that of its first character. */
static void
take_text(struct identifying *state, const char *text, size_t length, uint64_t column)
{
	const struct charindex_settings settings = rest_of_page(state);
	const struct place place = { state->lines + 1, column };
	struct charindex_answer answer;
	struct charindex_summary summary;

	if (charindex_answer_identify(&answer, state->printer->ci, &settings, text, length) !=
	    CHARINDEX_OK)
		out_of_memory();
	if (state->summary == NULL)
		print_rows(state->printer, &answer);
	else if (!summary_take(state->summary, &answer, place))
		out_of_memory();
	charindex_answer_summary(&answer, &summary);
	state->rows += summary.total;
	charindex_answer_release(&answer);
}

static void
take_stray_byte(struct identifying *state, char byte)
{
	const struct stray_byte stray = { (unsigned char)byte, state->lines + 1, ++state->column };

	state->stray++;
	state->rows++;
	if (state->summary != NULL) {
		if (!summary_take_byte(state->summary, stray.byte,
		        (struct place){ stray.line, stray.column }))
			out_of_memory();
		return;
	}
	if (state->rows >= state->from && state->rows < state->end)
		print_stray_byte(state->printer, &stray);
}

/* Bytes at `text` that are UTF-8, and adds their characters to *column. */
static size_t
valid_length(const char *text, size_t length, uint64_t *column)
{
	const uint8_t *s = (const uint8_t *)text;
	size_t i = 0, valid = 0;
	UChar32 c;

	while (i < length) {
		U8_NEXT(s, i, length, c);
		if (c < 0)
			break;
		valid = i;
		++*column;
	}
	return valid;
}

static void
take_piece(struct identifying *state, const struct input_piece *piece)
{
	const char *text = piece->text, *end = text + piece->length;

	while (text < end) {
		uint64_t column = state->column + 1;
		size_t valid = valid_length(text, (size_t)(end - text), &state->column);

		if (valid > 0)
			take_text(state, text, valid, column);
		text += valid;
		if (text < end)
			take_stray_byte(state, *text++);
	}
	if (piece->ends_line) {
		state->lines++;
		state->column = 0;
	}
}

/* "21-40 of 61 matches in 3 lines, 1 of them not UTF-8" */
static void
sum_up(const struct identifying *state)
{
	uint64_t end = state->end - 1 < state->rows ? state->end - 1 : state->rows;
	uint64_t printed = end >= state->from ? end - state->from + 1 : 0;
	char page[64] = "", matches[64] = "No match", stray[64] = "", status[256], rest[256];

	if (state->rows > 0)
		snprintf(matches, sizeof(matches), "%" PRIu64 " match%s", state->rows,
		    state->rows == 1 ? "" : "es");
	if (printed > 1 && printed < state->rows)
		snprintf(page, sizeof(page), "%" PRIu64 "-%" PRIu64 " of ", state->from, end);
	else if (printed < state->rows)
		snprintf(page, sizeof(page), "%" PRIu64 " of ", printed > 0 ? end : 0);
	if (state->stray > 0)
		snprintf(stray, sizeof(stray), ", %" PRIu64 " of them not UTF-8", state->stray);
	snprintf(status, sizeof(status), "%s%s in %" PRIu64 " line%s%s", page, matches, state->lines,
	    state->lines == 1 ? "" : "s", stray);
	snprintf(rest, sizeof(rest),
	    ",\"total\":%" PRIu64 ",\"first\":%" PRIu64 ",\"count\":%" PRIu64 ",\"more\":%s"
	    ",\"lines\":%" PRIu64 ",\"stray\":%" PRIu64,
	    state->rows, state->from, printed, end < state->rows ? "true" : "false", state->lines,
	    state->stray);
	print_total(state->printer, status, rest);
}

/* "21-40 of 61 different, of 1234 matches in 3 lines, 1 of them not UTF-8" */
static void
sum_up_summary(const struct identifying *state, uint64_t different, uint64_t from, uint64_t limit)
{
	uint64_t left = different >= from ? different - (from - 1) : 0;
	uint64_t printed = left < limit ? left : limit;
	char page[64] = "", stray[64] = "", status[256], rest[256];

	if (printed < different)
		snprintf(page, sizeof(page), "%" PRIu64 "-%" PRIu64 " of ", printed > 0 ? from : 0,
		    printed > 0 ? from + printed - 1 : 0);
	if (state->stray > 0)
		snprintf(stray, sizeof(stray), ", %" PRIu64 " of them not UTF-8", state->stray);
	snprintf(status, sizeof(status),
	    "%s%" PRIu64 " different, of %" PRIu64 " match%s in %" PRIu64 " line%s%s", page, different,
	    state->rows, state->rows == 1 ? "" : "es", state->lines, state->lines == 1 ? "" : "s",
	    stray);
	snprintf(rest, sizeof(rest),
	    ",\"total\":%" PRIu64 ",\"first\":%" PRIu64 ",\"count\":%" PRIu64 ",\"more\":%s"
	    ",\"lines\":%" PRIu64 ",\"stray\":%" PRIu64,
	    different, from, printed, printed < left ? "true" : "false", state->lines, state->stray);
	print_total(state->printer, status, rest);
}

static void
take_input(struct identifying *state)
{
	struct input *input = malloc(sizeof(*input));
	struct input_piece piece;

	if (input == NULL)
		out_of_memory();
	input_init(input, STDIN_FILENO);
	while (input_next(input, &piece)) {
		take_piece(state, &piece);
		print_flush(state->printer);
	}
	if (input->error != 0)
		errx(EXIT_ERROR, "cannot read standard input: %s", strerror(input->error));
	free(input);
}

bool
identify_standard_input(const struct printer *printer, const struct charindex_settings *settings)
{
	struct identifying state = { .printer = printer,
		.from = settings->from > 0 ? settings->from : 1 };

	state.end = settings->limit > 0 ? state.from + settings->limit : UINT64_MAX;
	take_input(&state);
	sum_up(&state);
	print_flush(printer);
	return state.rows >= state.from;
}

bool
summarize_standard_input(const struct printer *printer, const struct charindex_settings *settings)
{
	struct identifying state = { .printer = printer, .from = 1, .end = UINT64_MAX };
	uint64_t from = settings->from > 0 ? settings->from : 1;
	uint64_t limit = settings->limit > 0 ? settings->limit : UINT64_MAX;
	uint64_t different;

	state.summary = summary_new(printer->ci);
	if (state.summary == NULL)
		out_of_memory();
	take_input(&state);
	different = summary_print(printer, state.summary, from, limit);
	sum_up_summary(&state, different, from, limit);
	print_flush(printer);
	summary_free(state.summary);
	return different >= from;
}
