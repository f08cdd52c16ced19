/* charfinder.c - the search from the shell, straight from the index file. */
#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ustring.h>

#include "charindex.h"
#include "config.h"
#include "program.h"

enum { EXIT_FOUND = 0, EXIT_NOT_FOUND = 1, EXIT_ERROR = 2 };

/* Rows that are fetched at a time. */
#define ROWS_AT_ONCE 1024

static const char usage_text[] =
    "Usage: charfinder [-i FILE] WORD...\n"
    "Prints the Unicode characters that have every WORD in their names.\n"
    "\n"
    "  -i, --index=FILE   the index to search; default " PKGDATADIR "/charindex.db\n"
    "      --help         print this and exit\n"
    "      --version      print the version and exit\n"
    "\n"
    "The exit status is 0 if any was found, 1 if none, 2 on errors.\n";

static const char *
parse_options(int argc, char **argv)
{
	static const struct option long_options[] = {
		{ "index", required_argument, NULL, 'i' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	const char *index = PKGDATADIR "/charindex.db";
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, ":i:", long_options, NULL)) != -1) {
		switch (c) {
		case 'i':
			index = optarg;
			break;
		case 'h':
			fputs(usage_text, stdout);
			program_exit(0, EXIT_ERROR);
		case 'V':
			puts("charfinder " PACKAGE_VERSION);
			program_exit(0, EXIT_ERROR);
		default:
			program_bad_option(c, argv);
		}
	}
	if (optind == argc)
		errx(EXIT_ERROR, "give one WORD or more; see charfinder --help");
	return index;
}

/* The words with a space between each two, as one string that the caller frees. */
static char *
join_words(char **words, int count)
{
	size_t length = 1;
	char *query, *p;

	for (int i = 0; i < count; i++)
		length += strlen(words[i]) + 1;
	p = query = malloc(length);
	if (query == NULL)
		errx(EXIT_ERROR, "out of memory");
	for (int i = 0; i < count; i++) {
		if (i > 0)
			*p++ = ' ';
		p = stpcpy(p, words[i]);
	}
	*p = '\0';
	return query;
}

static bool
is_utf8(const char *text)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t length;

	u_strFromUTF8(NULL, 0, &length, text, -1, &status);
	return status != U_INVALID_CHAR_FOUND;
}

static struct charindex *
open_index(const char *path)
{
	struct charindex *ci;
	enum charindex_err error = charindex_open(path, &ci);

	if (error == CHARINDEX_ERR_OPEN)
		err(EXIT_ERROR, "%s %s", path, charindex_strerror(error));
	if (error != CHARINDEX_OK)
		errx(EXIT_ERROR, "%s %s", path, charindex_strerror(error));
	return ci;
}

/* Rows are stored for the wire, ended by CRLF; a terminal wants LF. */
static void
print_rows(const char *text, size_t length)
{
	const char *end = text + length, *cr;

	while ((cr = memchr(text, '\r', (size_t)(end - text))) != NULL) {
		fwrite(text, 1, (size_t)(cr - text), stdout);
		text = cr + 1;
	}
	fwrite(text, 1, (size_t)(end - text), stdout);
}

/* Prints the answer and returns the number of its rows. */
static uint64_t
answer(const struct charindex *ci, const char *query, size_t length)
{
	struct charindex_search search;
	struct charindex_run run;
	uint64_t matches = 0;
	char *status = malloc(CHARINDEX_STATUS_SIZE(length));

	if (status == NULL)
		errx(EXIT_ERROR, "out of memory");
	charindex_search_init(&search, ci, query, length);
	while (charindex_search_next(&search, ROWS_AT_ONCE, &run)) {
		print_rows(run.text, run.length);
		matches += run.count;
	}
	length = charindex_status(ci, matches, query, length, status);
	printf("(%.*s)\n", (int)length, status);
	free(status);
	return matches;
}

int
main(int argc, char **argv)
{
	struct charindex *ci;
	const char *path = parse_options(argc, argv), *stripped;
	char *query = join_words(argv + optind, argc - optind);
	size_t length = strlen(query);
	uint64_t matches;

	if (!is_utf8(query))
		errx(EXIT_ERROR, "the query is not valid UTF-8");
	ci = open_index(path);
	stripped = charindex_strip(query, &length);
	matches = answer(ci, stripped, length);
	charindex_close(ci);
	free(query);
	program_exit(matches > 0 ? EXIT_FOUND : EXIT_NOT_FOUND, EXIT_ERROR);
}
