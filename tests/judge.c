/* judge.c - answers queries as a client would see the first rows, for tests/test_judged.py.
 *
 *     judge INDEX ROWS < queries
 *
 * A line of input is a mode, a TAB and a query. The line of output for it has
 * the code points of the first ROWS rows of its answer, with `|` between rows, then a TAB and the
 * status. */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "charindex.h"

static void
put_rows(struct charindex_answer *answer, const struct charindex *ci, long most)
{
	struct charindex_hit hit;

	for (long n = 0; n < most && charindex_answer_next_hit(answer, &hit); n++) {
		struct charindex_label label;
		struct charindex_row row;

		charindex_row(ci, hit.row, hit.code_point, &row, &label);
		printf("%s%.*s", n > 0 ? "|" : "", (int)row.codes.length, row.codes.bytes);
	}
}

static void
put_status(const struct charindex_answer *answer, size_t query_length)
{
	char *status = malloc(CHARINDEX_ANSWER_STATUS_SIZE(query_length));

	if (status == NULL)
		errx(2, "out of memory");
	printf("\t%.*s\n", (int)charindex_answer_status(answer, status), status);
	free(status);
}

static enum charindex_mode
mode_of(const char *word)
{
	static const char *const words[] = {
		[CHARINDEX_CLASSIC] = "classic",
		[CHARINDEX_AUTO] = "auto",
		[CHARINDEX_WIDE] = "wide",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], word) == 0)
			return (enum charindex_mode)i;
	errx(2, "'%s' is no mode", word);
}

static void
judge(const struct charindex *ci, enum charindex_mode mode, const char *query, long most)
{
	struct charindex_settings settings = { .mode = mode };
	struct charindex_answer answer;
	size_t length = strlen(query);

	if (charindex_answer_begin(&answer, ci, &settings, query, length) != CHARINDEX_OK)
		errx(2, "out of memory");
	put_rows(&answer, ci, most);
	put_status(&answer, length);
	charindex_answer_release(&answer);
}

int
main(int argc, char **argv)
{
	struct charindex *ci;
	enum charindex_err error;
	char *line = NULL;
	size_t size = 0;

	if (argc != 3)
		errx(2, "usage: judge INDEX ROWS");
	error = charindex_open(argv[1], &ci);
	if (error != CHARINDEX_OK)
		errx(2, "%s %s", argv[1], charindex_strerror(error));
	while (getline(&line, &size, stdin) > 0) {
		char *query = line, *word = strsep(&query, "\t");

		if (query == NULL)
			errx(2, "'%s' is no mode, TAB and query", word);
		query[strcspn(query, "\n")] = '\0';
		judge(ci, mode_of(word), query, atol(argv[2]));
	}
	free(line);
	charindex_close(ci);
	return 0;
}
