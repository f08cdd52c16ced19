/* fuzz_answer.c - a query's way through all that is not the seed's rule, with the real index,
 * which CHARINDEX_DB names. The input: mode and what is asked (2 bits each), a limit, the first
 * row of the page, the number of a language, then the query.
 * Holds: the answer ends, its rows are rows of the index, the page has the size that it says,
 * runs, hits and copies are the same rows, status and rows fit what is said to be enough for
 * them, and in auto mode a plain query has the rows of classic mode wherever that has some. */
#include "charindex.h"
#include "extra.h"
#include "fuzz.h"
#include "naive.h"
#include "query.h"
#include "the_index.h"

const char fuzz_name[] = "answer";

/* Rows of an answer that are looked at one by one. */
enum { SAMPLE = 300 };

/* Bytes of the input before the query. */
enum { HEAD = 4 };

struct input {
	const struct charindex *ci;
	struct charindex_settings settings;
	bool identify;
	const char *query;
	size_t length;
};

static void
begin(const struct input *input, const struct charindex_settings *settings,
    struct charindex_answer *answer)
{
	enum charindex_err err = input->identify
	    ? charindex_answer_identify(answer, input->ci, settings, input->query, input->length)
	    : charindex_answer_begin(answer, input->ci, settings, input->query, input->length);

	FUZZ_HOLDS(err == CHARINDEX_OK);
}

static void
check_status(const struct charindex_answer *answer)
{
	size_t size = CHARINDEX_ANSWER_STATUS_SIZE(answer->query_length);
	size_t render_size = CHARINDEX_RENDER_STATUS_SIZE(answer->query_length);
	char *status = malloc(size), *rendered = malloc(render_size);

	FUZZ_HOLDS(status != NULL && rendered != NULL);
	FUZZ_HOLDS(charindex_answer_status(answer, status) <= size);
	for (int format = 0; format < CHARINDEX_FORMAT_COUNT; format++)
		FUZZ_HOLDS(charindex_render_status(answer, (enum charindex_format)format, rendered) <=
		    render_size);
	free(status);
	free(rendered);
}

static void
check_summary(const struct charindex_summary *summary, const struct charindex_answer *answer)
{
	FUZZ_HOLDS(summary->count <= summary->total && summary->first >= 1);
	FUZZ_HOLDS(summary->count == 0 || summary->first - 1 + summary->count <= summary->total);
	FUZZ_HOLDS(summary->more == (summary->first - 1 + summary->count < summary->total));
	FUZZ_HOLDS(summary->error == NULL ||
	    (summary->total == 0 && summary->column >= 1 &&
	        summary->column <= answer->query_length + 1));
	FUZZ_HOLDS(summary->source <= CHARINDEX_SOURCE_COUNT);
}

static void
check_hit(const struct charindex *ci, const struct charindex_hit *hit)
{
	char *row = malloc(CHARINDEX_RENDER_SIZE);

	FUZZ_HOLDS(row != NULL);
	FUZZ_HOLDS(hit->row == CHARINDEX_NO_ROW
	        ? hit->code_point <= 0x10FFFF
	        : hit->row < extra_all_rows(ci) && extra_row_code(ci, hit->row) == hit->code_point);
	for (int format = 0; format < CHARINDEX_FORMAT_COUNT; format++) {
		size_t length = charindex_render(ci, hit, (enum charindex_format)format, row);

		FUZZ_HOLDS(length > 0 && length <= CHARINDEX_RENDER_SIZE);
		FUZZ_HOLDS(naive_is_utf8(row, length));
	}
	free(row);
}

/* The hits, of which there are as many as the summary says. */
static void
check_hits(const struct input *input, const struct charindex_summary *summary)
{
	struct charindex_answer answer;
	struct charindex_hit hit;
	uint64_t count = 0, step = summary->count / SAMPLE + 1;

	begin(input, &input->settings, &answer);
	while (charindex_answer_next_hit(&answer, &hit)) {
		FUZZ_HOLDS(hit.source < CHARINDEX_SOURCE_COUNT);
		if (count++ % step == 0)
			check_hit(input->ci, &hit);
	}
	FUZZ_HOLDS(count == summary->count);
	charindex_answer_release(&answer);
}

/* The runs, against the hits; copies, against the runs. */
static void
check_runs(const struct input *input, uint32_t max_rows)
{
	struct charindex_answer answer, hits, copies;
	struct charindex_run run, copied_run;
	struct charindex_hit hit;

	begin(input, &input->settings, &answer);
	begin(input, &input->settings, &hits);
	begin(input, &input->settings, &copies);
	while (charindex_answer_next(&answer, max_rows, &run)) {
		FUZZ_HOLDS(run.count >= 1 && run.count <= max_rows);
		FUZZ_HOLDS(run.length > 2 && memcmp(run.text + run.length - 2, "\r\n", 2) == 0);
		for (uint32_t i = 0; i < run.count; i++) {
			FUZZ_HOLDS(charindex_answer_next_hit(&hits, &hit));
			FUZZ_HOLDS(hit.row == (run.first == CHARINDEX_NO_ROW ? run.first : run.first + i));
		}
		if (max_rows == 1) {
			char *room = malloc(run.length);
			size_t length = charindex_answer_copy(&copies, room, run.length);

			if (length == 0) {
				FUZZ_HOLDS(charindex_answer_next(&copies, 1, &copied_run));
				FUZZ_HOLDS(copied_run.length == run.length &&
				    memcmp(copied_run.text, run.text, run.length) == 0);
			} else {
				FUZZ_HOLDS(length == run.length && memcmp(room, run.text, length) == 0);
			}
			free(room);
		}
	}
	FUZZ_HOLDS(!charindex_answer_next_hit(&hits, &hit));
	check_status(&answer);
	charindex_answer_release(&answer);
	charindex_answer_release(&hits);
	charindex_answer_release(&copies);
}

static void
check_facets(const struct input *input, const struct charindex_summary *summary)
{
	struct charindex_facet facets[8];
	struct charindex_answer answer;

	begin(input, &input->settings, &answer);
	for (int property = 0; property < CHARINDEX_PROPERTY_COUNT; property++) {
		size_t count =
		    charindex_answer_facets(&answer, (enum charindex_property)property, facets, 8);
		uint64_t rows = 0;

		FUZZ_HOLDS(count <= 8);
		for (size_t i = 0; i < count; i++) {
			FUZZ_HOLDS(facets[i].count > 0 && (i == 0 || facets[i].count <= facets[i - 1].count));
			rows += facets[i].count;
		}
		FUZZ_HOLDS(rows <= summary->total);
	}
	charindex_answer_release(&answer);
}

/* A plain query has the rows that it has in classic mode, if there are any. */
static void
check_auto(const struct input *input)
{
	struct charindex_settings classic = { .mode = CHARINDEX_CLASSIC },
	                          automatic = { .mode = CHARINDEX_AUTO };
	struct charindex_answer a, b;
	struct charindex_run x, y;

	if (input->identify || !query_is_words(input->ci, input->query, input->length))
		return;
	begin(input, &classic, &a);
	begin(input, &automatic, &b);
	while (charindex_answer_next(&a, UINT32_MAX, &x)) {
		FUZZ_HOLDS(charindex_answer_next(&b, UINT32_MAX, &y));
		FUZZ_HOLDS(
		    x.text == y.text && x.length == y.length && x.first == y.first && x.count == y.count);
	}
	FUZZ_HOLDS(a.shown == 0 || !charindex_answer_next(&b, UINT32_MAX, &y));
	charindex_answer_release(&a);
	charindex_answer_release(&b);
}

static void
read_input(struct input *input, const uint8_t *data, size_t size)
{
	const char *language = charindex_language(input->ci, data[3]);

	input->settings = (struct charindex_settings){
		.mode = (enum charindex_mode)(data[0] % CHARINDEX_MODE_COUNT),
		.limit = (uint32_t)data[1] * data[1],
		.from = (uint32_t)data[2] * data[2],
		.all = (data[0] & 0x10) != 0,
	};
	if (language != NULL)
		strcpy(input->settings.language, language);
	input->identify = (data[0] & 0x20) != 0;
	input->length = size - HEAD;
	input->query = charindex_strip((const char *)data + HEAD, &input->length);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { .ci = the_index() };
	struct charindex_summary summary;
	struct charindex_answer answer;
	char *copy;

	if (size < HEAD || !naive_is_utf8((const char *)data + HEAD, size - HEAD))
		return 0;
	read_input(&input, data, size);
	copy = fuzz_copy(input.query, input.length);
	input.query = copy;
	begin(&input, &input.settings, &answer);
	charindex_answer_summary(&answer, &summary);
	check_summary(&summary, &answer);
	check_status(&answer);
	charindex_answer_release(&answer);
	check_hits(&input, &summary);
	check_runs(&input, UINT32_MAX);
	if (summary.count <= SAMPLE)
		check_runs(&input, 1);
	check_facets(&input, &summary);
	check_auto(&input);
	free(copy);
	return 0;
}
