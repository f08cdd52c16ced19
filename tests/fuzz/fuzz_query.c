/* fuzz_query.c - a query's way through the library, with the real index, which CHARINDEX_DB
 * names. The input: how many rows to ask for at a time, then the query.
 * Holds: the rows ascend and are whole, slices of any size are the same answer, what is in
 * it has all words of the query and what lies next to it or anywhere else has not, and the
 * status fits, and its quoted query, read as Python reads it, is the query. */
#include "charindex.h"
#include "classic_search.h"
#include "fuzz.h"
#include "index.h"
#include "naive.h"
#include "the_index.h"

const char fuzz_name[] = "query";

/* Rows of one answer that are looked at closely: a large one has a hundred thousand. */
enum { SAMPLE = 256 };

struct answer {
	struct charindex_run *runs;
	size_t count, capacity;
	uint64_t rows;
};

/* ---- the answer ------------------------------------------------------------------ */

static void
add_run(struct answer *answer, const struct charindex_run *run)
{
	if (answer->count == answer->capacity) {
		answer->capacity = 2 * answer->capacity + 64;
		answer->runs = realloc(answer->runs, answer->capacity * sizeof(*answer->runs));
		FUZZ_HOLDS(answer->runs != NULL);
	}
	answer->runs[answer->count++] = *run;
	answer->rows += run->count;
}

static size_t
count_line_ends(const char *text, size_t length)
{
	const char *end = text + length;
	size_t count = 0;

	while ((text = memchr(text, '\n', (size_t)(end - text))) != NULL) {
		count++;
		text++;
	}
	return count;
}

static void
check_run(const struct charindex *ci, const struct charindex_run *run, uint32_t max_rows)
{
	FUZZ_HOLDS(run->count >= 1 && run->count <= max_rows);
	FUZZ_HOLDS(run->first < ci->row_count && run->count <= ci->row_count - run->first);
	FUZZ_HOLDS(run->text == ci->text + index_row_offset(ci, run->first));
	FUZZ_HOLDS(run->text + run->length == ci->text + index_row_offset(ci, run->first + run->count));
	FUZZ_HOLDS(memcmp(run->text + run->length - 2, "\r\n", 2) == 0);
}

static void
find(struct answer *answer, const struct charindex *ci, const char *query, size_t length,
    uint32_t max_rows)
{
	char *copy = fuzz_copy(query, length);
	struct charindex_search search;
	struct charindex_run run;
	uint64_t next = 0;

	*answer = (struct answer){ 0 };
	classic_search_init(&search, ci, copy, length);
	free(copy);
	while (classic_search_next(&search, max_rows, &run)) {
		check_run(ci, &run, max_rows);
		FUZZ_HOLDS(run.first >= next);
		next = (uint64_t)run.first + run.count;
		add_run(answer, &run);
	}
	FUZZ_HOLDS(!classic_search_next(&search, max_rows, &run));
}

/* Are the slices of `b` those of `a` put together? */
static void
check_slices(const struct answer *a, const struct answer *b)
{
	size_t n = 0;

	FUZZ_HOLDS(a->rows == b->rows);
	for (size_t i = 0; i < a->count; i++) {
		const char *text = a->runs[i].text, *end = text + a->runs[i].length;

		for (; text < end; n++) {
			FUZZ_HOLDS(n < b->count && b->runs[n].text == text);
			text += b->runs[n].length;
		}
		FUZZ_HOLDS(text == end);
	}
	FUZZ_HOLDS(n == b->count);
}

/* ---- is it the right one? ---------------------------------------------------------- */

static bool
has_row(const struct answer *answer, uint32_t row)
{
	size_t low = 0, high = answer->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (answer->runs[middle].first + answer->runs[middle].count <= row)
			low = middle + 1;
		else
			high = middle;
	}
	return low < answer->count && answer->runs[low].first <= row;
}

static void
check_row(const struct charindex *ci, const struct answer *answer, const struct naive_words *words,
    uint32_t row)
{
	uint32_t begin, end;

	if (row >= ci->row_count)
		return;
	begin = index_row_offset(ci, row);
	end = index_row_offset(ci, row + 1);
	FUZZ_HOLDS(count_line_ends(ci->text + begin, end - begin) == 1);
	FUZZ_HOLDS(naive_row_matches(ci->text + begin, end - begin, words) == has_row(answer, row));
}

static void
check_rows(const struct charindex *ci, const struct answer *answer, const char *query,
    size_t length)
{
	struct naive_words words;
	uint32_t anywhere = (uint32_t)length;
	size_t step = answer->count / SAMPLE + 1;

	naive_words_of(&words, ci, query, length);
	for (size_t i = 0; i < answer->count; i += step) {
		const struct charindex_run *run = &answer->runs[i];

		check_row(ci, answer, &words, run->first - 1);
		check_row(ci, answer, &words, run->first);
		check_row(ci, answer, &words, run->first + run->count / 2);
		check_row(ci, answer, &words, run->first + run->count - 1);
		check_row(ci, answer, &words, run->first + run->count);
	}
	for (size_t i = 0; i < length; i++)
		anywhere = (anywhere ^ (unsigned char)query[i]) * 16777619u;
	for (int i = 0; i < 32; i++) {
		check_row(ci, answer, &words, anywhere % ci->row_count);
		anywhere = anywhere * 1664525u + 1013904223u;
	}
	naive_words_release(&words);
}

/* ---- the status ---------------------------------------------------------------------- */

static size_t
put_utf8(uint32_t c, char *out)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

/* Reads one escape after the backslash: the bytes it takes, the character in *c. */
static size_t
read_escape(const char *text, const char *end, uint32_t *c)
{
	static const char kinds[] = "nrt\\'\"", values[] = "\n\r\t\\'\"", hex[] = "0123456789abcdef";
	const char *kind = memchr(kinds, *text, sizeof(kinds) - 1);
	int digits = *text == 'x' ? 2 : *text == 'u' ? 4 : *text == 'U' ? 8 : 0;

	if (kind != NULL) {
		*c = (unsigned char)values[kind - kinds];
		return 1;
	}
	FUZZ_HOLDS(digits > 0 && end - text > digits);
	*c = 0;
	for (int i = 1; i <= digits; i++) {
		const char *digit = memchr(hex, text[i], sizeof(hex) - 1);

		FUZZ_HOLDS(digit != NULL);
		*c = *c << 4 | (uint32_t)(digit - hex);
	}
	return (size_t)digits + 1;
}

/* Reads a string as Python writes it, quotes and all; returns its length. */
static size_t
unquote(const char *text, const char *end, char *out)
{
	char *begin = out, quote = *text;

	FUZZ_HOLDS(end - text >= 2 && (quote == '\'' || quote == '"') && end[-1] == quote);
	for (text++, end--; text < end; text++) {
		uint32_t c = (unsigned char)*text;

		FUZZ_HOLDS(c != (unsigned char)quote && c >= 0x20 && c != 0x7F);
		if (c != '\\') {
			*out++ = *text;
			continue;
		}
		text += read_escape(text + 1, end, &c);
		out += put_utf8(c, out);
	}
	return (size_t)(out - begin);
}

static void
check_status(const struct charindex *ci, uint64_t rows, const char *query, size_t length)
{
	char *status = malloc(CHARINDEX_STATUS_SIZE(length)), *copy = fuzz_copy(query, length);
	char *again = malloc(CHARINDEX_STATUS_SIZE(length)), expected[64];
	size_t status_length = charindex_status(ci, rows, copy, length, status), again_length;

	FUZZ_HOLDS(status_length <= CHARINDEX_STATUS_SIZE(length));
	if (rows == 0)
		strcpy(expected, "No match for ");
	else
		sprintf(expected, "%llu match%s for ", (unsigned long long)rows, rows > 1 ? "es" : "");
	FUZZ_HOLDS(status_length > strlen(expected));
	FUZZ_HOLDS(memcmp(status, expected, strlen(expected)) == 0);
	if (naive_is_utf8(query, length)) {
		again_length = unquote(status + strlen(expected), status + status_length, again);
		FUZZ_HOLDS(again_length == length && memcmp(again, query, length) == 0);
	}
	free(status);
	free(again);
	free(copy);
}

/* ---- the target ------------------------------------------------------------------------ */

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct charindex *ci = the_index();
	const char *query, *naive;
	size_t length, naive_length;
	struct answer answer, slices;
	uint32_t max_rows;

	if (size == 0)
		return 0;
	max_rows = (uint32_t)data[0] * data[0] + 1;
	length = naive_length = size - 1;
	query = charindex_strip((const char *)data + 1, &length);
	naive = naive_strip((const char *)data + 1, &naive_length);
	if (naive_is_utf8((const char *)data + 1, size - 1))
		FUZZ_HOLDS(naive_length == length && (length == 0 || query == naive));
	find(&answer, ci, query, length, UINT32_MAX);
	find(&slices, ci, query, length, max_rows);
	check_slices(&answer, &slices);
	check_rows(ci, &answer, query, length);
	check_status(ci, answer.rows, query, length);
	free(answer.runs);
	free(slices.runs);
	return 0;
}
