/* answers.c - hides how an answer is taken from the library, in every way that it can be. */
#include "answers.h"

#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "unit.h"
#include "unit_index.h"

void
answers_release(struct answers *answers)
{
	free(answers->rows);
	*answers = (struct answers){ 0 };
}

static void
take_hits(struct answers *answers, struct charindex_answer *answer)
{
	struct charindex_info info = charindex_info(unit_index);
	uint32_t capacity = 0;
	struct charindex_hit hit;

	answers->count = 0;
	while (charindex_answer_next_hit(answer, &hit)) {
		if (answers->count == capacity) {
			capacity = 2 * capacity + 16;
			answers->rows = realloc(answers->rows, capacity * sizeof(*answers->rows));
			UNIT_HOLDS(answers->rows != NULL);
		}
		UNIT_HOLDS(hit.source < CHARINDEX_SOURCE_COUNT);
		if (hit.row == CHARINDEX_NO_ROW) {
			UNIT_HOLDS(hit.code_point <= 0x10FFFF);
			UNIT_HOLDS(charindex_row_of(unit_index, hit.code_point) == CHARINDEX_NO_ROW);
			answers->rows[answers->count++] = ANSWERS_CODE | hit.code_point;
		} else {
			UNIT_HOLDS(hit.row < info.row_count + info.extra_count);
			answers->rows[answers->count++] = hit.row;
		}
	}
}

static uint32_t
number_of(const struct charindex_run *run)
{
	return run->first == CHARINDEX_NO_ROW
	    ? ANSWERS_CODE | (uint32_t)strtoul(run->text + 2, NULL, 16)
	    : run->first;
}

/* The runs are the same rows. */
static void
check_runs(const struct answers *answers, struct charindex_answer *answer, uint32_t max_rows,
    struct bytes *text)
{
	struct charindex_run run;
	uint32_t n = 0;

	while (charindex_answer_next(answer, max_rows, &run)) {
		UNIT_HOLDS(run.count >= 1 && run.count <= max_rows && run.count <= answers->count - n);
		UNIT_HOLDS(run.length > 2 && memcmp(run.text + run.length - 2, "\r\n", 2) == 0);
		UNIT_HOLDS(answers->rows[n] == number_of(&run));
		UNIT_HOLDS(run.count == 1 || answers->rows[n + run.count - 1] == run.first + run.count - 1);
		bytes_add(text, run.text, run.length);
		n += run.count;
	}
	UNIT_HOLDS(n == answers->count && answer->shown == n);
}

/* What is copied is the same text. */
static void
check_copies(const struct bytes *text, struct charindex_answer *answer)
{
	char room[700];
	size_t at = 0, copied;
	struct charindex_run run;

	for (;;) {
		while ((copied = charindex_answer_copy(answer, room, sizeof(room))) > 0) {
			UNIT_HOLDS(copied <= sizeof(room) && copied <= text->length - at);
			UNIT_HOLDS(memcmp(text->data + at, room, copied) == 0);
			at += copied;
		}
		if (charindex_answer_ended(answer))
			break;
		if (!charindex_answer_next(answer, UINT32_MAX, &run))
			break;
		UNIT_HOLDS(
		    run.length <= text->length - at && memcmp(text->data + at, run.text, run.length) == 0);
		at += run.length;
	}
	UNIT_HOLDS(at == text->length && charindex_answer_ended(answer));
}

/* The status fits into the room that is said to be enough for it, in every format. */
static void
check_status(struct answers *answers, const struct charindex_answer *answer)
{
	size_t size = CHARINDEX_ANSWER_STATUS_SIZE(answer->query_length), length;
	size_t render_size = CHARINDEX_RENDER_STATUS_SIZE(answer->query_length);
	char *status = malloc(size), *rendered = malloc(render_size);

	UNIT_HOLDS(status != NULL && rendered != NULL);
	length = charindex_answer_status(answer, status);
	UNIT_HOLDS(length > 0 && length <= size);
	UNIT_HOLDS(memchr(status, '\n', length) == NULL);
	for (int format = 0; format < CHARINDEX_FORMAT_COUNT; format++) {
		size_t n = charindex_render_status(answer, (enum charindex_format)format, rendered);

		UNIT_HOLDS(n > 0 && n <= render_size);
	}
	length = length < sizeof(answers->status) ? length : sizeof(answers->status) - 1;
	memcpy(answers->status, status, length);
	answers->status[length] = '\0';
	free(status);
	free(rendered);
}

static void
begin(struct charindex_answer *answer, const struct charindex_settings *settings, const char *query,
    size_t length, bool identify)
{
	enum charindex_err err = identify
	    ? charindex_answer_identify(answer, unit_index, settings, query, length)
	    : charindex_answer_begin(answer, unit_index, settings, query, length);

	UNIT_HOLDS(err == CHARINDEX_OK);
}

static void
find(struct answers *answers, const struct charindex_settings *settings, const char *query,
    size_t length, bool identify)
{
	static const uint32_t slices[] = { 1, 7, UINT32_MAX };
	char *copy = bytes_exact_copy(query, length);
	struct charindex_answer answer;
	struct charindex_summary before;
	struct bytes text = { 0 };

	begin(&answer, settings, copy, length, identify);
	charindex_answer_summary(&answer, &before);
	take_hits(answers, &answer);
	charindex_answer_summary(&answer, &answers->summary);
	answers->is_corrected = answers->summary.corrected != NULL;
	answers->summary.corrected = NULL;
	UNIT_HOLDS(before.total == answers->summary.total && before.count == answers->summary.count);
	UNIT_HOLDS(answers->summary.count == answers->count && answer.shown == answers->count);
	UNIT_HOLDS(answers->summary.more ==
	    (answers->summary.first + answers->summary.count - 1 < answers->summary.total));
	UNIT_HOLDS(answers->summary.error == NULL || answers->count == 0);
	check_status(answers, &answer);
	charindex_answer_release(&answer);
	for (size_t i = 0; i < UNIT_COUNT(slices); i++) {
		if (slices[i] < 7 && answers->count > 2000)
			continue;
		text.length = 0;
		begin(&answer, settings, copy, length, identify);
		check_runs(answers, &answer, slices[i], &text);
		charindex_answer_release(&answer);
	}
	begin(&answer, settings, copy, length, identify);
	check_copies(&text, &answer);
	charindex_answer_release(&answer);
	bytes_release(&text);
	free(copy);
}

void
answers_find_bytes(struct answers *answers, const struct charindex_settings *settings,
    const char *query, size_t length)
{
	find(answers, settings, query, length, false);
}

void
answers_find(struct answers *answers, const struct charindex_settings *settings, const char *query)
{
	find(answers, settings, query, strlen(query), false);
}

void
answers_find_all(struct answers *answers, enum charindex_mode mode, const char *query)
{
	struct charindex_settings settings = { .mode = mode, .all = true };

	find(answers, &settings, query, strlen(query), false);
}

void
answers_identify(struct answers *answers, const char *text)
{
	struct charindex_settings settings = { .mode = CHARINDEX_AUTO };

	find(answers, &settings, text, strlen(text), true);
}

bool
answers_have(const struct answers *answers, uint32_t row)
{
	for (uint32_t i = 0; i < answers->count; i++)
		if (answers->rows[i] == row)
			return true;
	return false;
}

static int
compare(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

void
answers_sort(struct answers *answers)
{
	if (answers->count > 0)
		qsort(answers->rows, answers->count, sizeof(*answers->rows), compare);
}
