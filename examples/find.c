/* find.c - the characters that a query finds, with libcharindex.
 *
 *	cc -o find find.c $(pkg-config --cflags --libs charindex)
 *	./find /usr/local/share/charfinder/charindex.db 'white bishop'
 */
#include <charindex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Prints the answer to `query`, which is UTF-8, and how many rows it has. */
static enum charindex_err
find(const struct charindex *index, const char *query)
{
	struct charindex_settings settings = { .mode = CHARINDEX_AUTO };
	struct charindex_answer answer;
	struct charindex_run run;
	size_t length = strlen(query);
	char *status;
	enum charindex_err error;

	query = charindex_strip(query, &length);
	error = charindex_answer_begin(&answer, index, &settings, query, length);
	if (error != CHARINDEX_OK)
		return error;
	while (charindex_answer_next(&answer, UINT32_MAX, &run))
		fwrite(run.text, 1, run.length, stdout); /* lines that end with CRLF */
	status = malloc(CHARINDEX_ANSWER_STATUS_SIZE(length));
	if (status != NULL)
		printf("%.*s\n", (int)charindex_answer_status(&answer, status), status);
	free(status);
	charindex_answer_release(&answer);
	return CHARINDEX_OK;
}

int
main(int argc, char **argv)
{
	struct charindex *index;
	enum charindex_err error;

	if (argc != 3) {
		fprintf(stderr, "Usage: find INDEX 'QUERY'\n");
		return EXIT_FAILURE;
	}
	error = charindex_open(argv[1], &index);
	if (error == CHARINDEX_OK) {
		error = find(index, argv[2]);
		charindex_close(index);
	}
	if (error != CHARINDEX_OK) {
		fprintf(stderr, "find: %s %s\n", argv[1], charindex_strerror(error));
		return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}
