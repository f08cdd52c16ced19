/* answersum.c - one sum over the answers to very many queries, to see that a change to the
 * search changes no answer.
 *
 *     answersum INDEX COUNT [QUERIES]
 *     answersum INDEX COUNT QUERIES MODE >LIST
 *
 * Makes COUNT queries in each mode, always the same ones: words of names and of keywords, their
 * beginnings, words misspelt, queries with operators, code forms, pasted text; and, if a file in
 * the form of tests/judged.tsv is named, its queries as they are typed, character by character.
 * Prints a sum for each mode, over the rows in their order, what they were found by, and the
 * status line; or, if a mode is named, one for each of its queries, for diff(1). */
#include <endian.h>
#include <err.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "charindex.h"
#include "unit/seeded.h"

enum { MAX_QUERY = 1000, MAX_TYPED = 20000 };

/* A query being made. */
struct making {
	const struct charindex *ci;
	struct seeded seeded;
	char language[CHARINDEX_LANGUAGE_SIZE];
	char text[MAX_QUERY];
	size_t length;
};

/* The queries of a file, as typed. */
static char *typed[MAX_TYPED];
static uint32_t typed_count;

static void __attribute__((format(printf, 2, 3)))
put(struct making *making, const char *format, ...)
{
	size_t room = sizeof(making->text) - making->length;
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(making->text + making->length, room, format, args);
	va_end(args);
	making->length += (size_t)length < room ? (size_t)length : room - 1;
}

static uint32_t
below(struct making *making, uint32_t limit)
{
	return seeded_below(&making->seeded, limit);
}

/* ---- words ------------------------------------------------------------------------------- */

/* One of the words of a text, in small letters. */
static void
put_word_of(struct making *making, struct charindex_text text)
{
	const char *end = text.bytes + text.length, *at = text.bytes, *word_end;
	uint32_t words = 1, skipped;

	for (size_t i = 0; i < text.length; i++)
		words += text.bytes[i] == ' ';
	for (skipped = below(making, words); skipped > 0; skipped--)
		at = (const char *)memchr(at, ' ', (size_t)(end - at)) + 1;
	word_end = memchr(at, ' ', (size_t)(end - at));
	for (; at < (word_end != NULL ? word_end : end); at++)
		put(making, "%c", *at >= 'A' && *at <= 'Z' ? *at + ('a' - 'A') : *at);
}

static struct charindex_row
any_row(struct making *making)
{
	struct charindex_info info = charindex_info(making->ci);
	uint32_t extra = below(making, 4) == 0 ? info.extra_count : 0;
	uint32_t first = extra > 0 ? info.row_count : 0;
	struct charindex_label label;
	struct charindex_row row;

	/* the first ones are those that people know */
	if (extra == 0)
		extra = below(making, 2) == 0 ? 20000 : info.row_count;
	charindex_row(making->ci, first + below(making, extra), 0, &row, &label);
	return row;
}

static void
put_name_words(struct making *making, uint32_t count)
{
	struct charindex_row row = any_row(making);

	while (count-- > 0) {
		put_word_of(making, row.name);
		put(making, count > 0 ? " " : "");
	}
}

struct choice {
	struct making *making;
	uint32_t number;
	struct charindex_record chosen;
};

static void
choose(void *arg, const struct charindex_record *record)
{
	struct choice *choice = arg;

	/* each one as likely as any other */
	if (below(choice->making, ++choice->number) == 0)
		choice->chosen = *record;
}

static void
put_record_words(struct making *making, uint32_t count)
{
	struct charindex_info info = charindex_info(making->ci);
	struct choice choice = { .making = making };

	for (int tries = 0; tries < 1000 && choice.number == 0; tries++)
		charindex_records(making->ci, below(making, info.row_count + info.extra_count), choose,
		    &choice);
	if (choice.number == 0)
		return;
	if (below(making, 4) > 0)
		snprintf(making->language, sizeof(making->language), "%s", choice.chosen.language);
	while (count-- > 0) {
		put_word_of(making, choice.chosen.text);
		put(making, count > 0 ? " " : "");
	}
}

static void
put_words(struct making *making)
{
	uint32_t count = 1 + below(making, 3);

	if (below(making, 2) == 0)
		put_name_words(making, count);
	else
		put_record_words(making, count);
}

/* ---- queries ------------------------------------------------------------------------------ */

static void
make_beginning(struct making *making)
{
	put_words(making);
	for (uint32_t less = below(making, 5); less > 0 && making->length > 2; less--)
		making->length--;
	while (making->length > 0 && (making->text[making->length - 1] & 0x80) != 0)
		making->length--;
}

static void
make_misspelt(struct making *making)
{
	size_t at;

	put_words(making);
	if (making->length < 3)
		return;
	at = below(making, (uint32_t)making->length - 1);
	if (((making->text[at] | making->text[at + 1]) & 0x80) != 0)
		return;
	switch (below(making, 4)) {
	case 0: /* changed */
		making->text[at] = (char)('a' + below(making, 26));
		break;
	case 1: { /* swapped */
		char c = making->text[at];

		making->text[at] = making->text[at + 1];
		making->text[at + 1] = c;
		break;
	}
	case 2: /* left out */
		memmove(making->text + at, making->text + at + 1, making->length - at - 1);
		making->length--;
		break;
	default: /* put in */
		if (making->length + 1 < MAX_QUERY) {
			memmove(making->text + at + 1, making->text + at, making->length - at);
			making->length++;
		}
	}
}

static void
make_query(struct making *making)
{
	static const char *const before[] = { "", "*", "\"", "-", "", "", "in:any ", "in:name,alias ",
		"in:keyword " };
	static const char *const after[] = { "", "*", "\"", "", "*", " cat:S", "", " -is:toned", "" };
	static const char *const filters[] = { "cat:L", "script:greek", "is:emoji", "age:>=15",
		"block:arrows", "-cat:So", "from:3", "limit:7", "20AC..2BFF", "in:definition", "-letter",
		"lang:fr" };

	for (uint32_t clauses = 1 + below(making, 3); clauses > 0; clauses--) {
		uint32_t kind = below(making, sizeof(before) / sizeof(before[0]));

		put(making, "%s", before[kind]);
		put_words(making);
		put(making, "%s ", after[kind]);
		if (below(making, 3) == 0)
			put(making, "%s ", filters[below(making, sizeof(filters) / sizeof(filters[0]))]);
		if (clauses > 1 && below(making, 3) == 0)
			put(making, "| ");
	}
}

static void
make_characters(struct making *making)
{
	struct charindex_row row = any_row(making);

	switch (below(making, 4)) {
	case 0:
		put(making, "%.*s", (int)row.text.length, row.text.bytes);
		break;
	case 1:
		put(making, "%.*s", (int)row.codes.length, row.codes.bytes);
		break;
	case 2:
		put(making, "&#%u;", (unsigned)row.code_point);
		break;
	default:
		put(making, "%X..%X", (unsigned)row.code_point,
		    (unsigned)row.code_point + below(making, 500));
	}
}

static void
make(struct making *making)
{
	uint32_t kind = below(making, 100);

	making->length = 0;
	making->language[0] = '\0';
	if (kind < 25)
		put_name_words(making, 1 + below(making, 3));
	else if (kind < 40)
		put_record_words(making, 1 + below(making, 2));
	else if (kind < 55)
		make_beginning(making);
	else if (kind < 70)
		make_misspelt(making);
	else if (kind < 90 || typed_count == 0)
		make_query(making);
	else if (kind < 93)
		make_characters(making);
	else
		put(making, "%s", typed[below(making, typed_count)]);
}

/* ---- answers -------------------------------------------------------------------------------- */

static uint64_t
sum_of(uint64_t sum, const void *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		sum = (sum ^ ((const unsigned char *)bytes)[i]) * 1099511628211u;
	return sum;
}

static uint64_t
sum_answer(uint64_t sum, struct making *making, enum charindex_mode mode)
{
	struct charindex_settings settings = { .mode = mode, .all = below(making, 2) == 0 };
	char status[CHARINDEX_ANSWER_STATUS_SIZE(MAX_QUERY)];
	size_t length = making->length;
	const char *query = charindex_strip(making->text, &length);
	struct charindex_answer answer;
	struct charindex_hit hit;

	strcpy(settings.language, making->language);
	if (charindex_answer_begin(&answer, making->ci, &settings, query, length) != CHARINDEX_OK)
		errx(2, "out of memory");
	while (charindex_answer_next_hit(&answer, &hit)) {
		uint32_t row[3] = { htole32(hit.row), htole32(hit.code_point),
			htole32((uint32_t)hit.source) };

		sum = sum_of(sum, row, sizeof(row));
	}
	sum = sum_of(sum, status, charindex_answer_status(&answer, status));
	charindex_answer_release(&answer);
	return sum;
}

static void
sum_mode(const struct charindex *ci, enum charindex_mode mode, long count, bool each)
{
	struct making making = { .ci = ci, .seeded = { 1234567 } };
	uint64_t sum = 0;

	for (long n = 0; n < count; n++) {
		make(&making);
		sum = sum_answer(each ? 0 : sum, &making, mode);
		if (each)
			printf("%016" PRIx64 " %s %.*s\n", sum, making.language, (int)making.length,
			    making.text);
	}
	if (!each)
		printf("%-8s %ld queries %016" PRIx64 "\n", charindex_mode_name(mode), count, sum);
}

static void
read_typed(const char *path)
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t size = 0;

	if (file == NULL)
		err(2, "%s", path);
	while (getline(&line, &size, file) > 0) {
		char *rest = line, *query;

		if (*line == '#' || strsep(&rest, "\t") == NULL || (query = strsep(&rest, "\t")) == NULL)
			continue;
		for (size_t n = 1; n <= strlen(query) && typed_count < MAX_TYPED; n++)
			if ((query[n] & 0xC0) != 0x80 && (typed[typed_count++] = strndup(query, n)) == NULL)
				errx(2, "out of memory");
	}
	free(line);
	fclose(file);
}

int
main(int argc, char **argv)
{
	struct charindex *ci;
	enum charindex_err error;

	if (argc < 3 || argc > 5)
		errx(2, "usage: answersum INDEX COUNT [QUERIES [MODE]]");
	if (argc > 3)
		read_typed(argv[3]);
	error = charindex_open(argv[1], &ci);
	if (error != CHARINDEX_OK)
		errx(2, "%s %s", argv[1], charindex_strerror(error));
	for (int mode = 0; mode < CHARINDEX_MODE_COUNT; mode++)
		if (argc < 5 || strcmp(argv[4], charindex_mode_name((enum charindex_mode)mode)) == 0)
			sum_mode(ci, (enum charindex_mode)mode, atol(argv[2]), argc > 4);
	for (uint32_t i = 0; i < typed_count; i++)
		free(typed[i]);
	charindex_close(ci);
	return 0;
}
