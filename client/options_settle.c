/* options_settle.c - tables of what does not go together, of which the first row that is so is told;
 * and what is not said, but follows. */
#include "options_settle.h"

#include <err.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "options.h"

/* ---- what does not go together -------------------------------------------------------- */

struct conflict {
	bool is_there;
	const char *remedy; /* behind the name of an option, if the table is of one */
};

static const char *
first_remedy(const struct conflict *conflicts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (conflicts[i].is_there)
			return conflicts[i].remedy;
	return NULL;
}

#define FIRST_REMEDY(conflicts) first_remedy(conflicts, sizeof(conflicts) / sizeof((conflicts)[0]))

/* Does it tell of the index as a whole, or of a block, and takes no words? */
static bool
is_reference(const struct options *options)
{
	return options->listing != LISTING_NONE || options->table != NULL;
}

static void
check_reference(const struct options *options, int words)
{
	const char *name = options->table != NULL ? "--table" : "--list";
	const struct conflict conflicts[] = {
		{ words > 0 || options->batch, "stands without a WORD, and without --batch" },
		{ options->server != NULL,
		    "is told from the index, which servers do not send: leave --server out" },
		{ options->row_template != NULL || options->copy || options->all_forms ||
		        options->details || options->about,
		    "has lines of its own: leave --format, --copy, --all-forms, --details and --about "
		    "out" },
	};
	const char *remedy = FIRST_REMEDY(conflicts);

	if (remedy != NULL)
		errx(EXIT_ERROR, "%s %s", name, remedy);
	if (options->table != NULL && options->format != CHARINDEX_TEXT)
		errx(EXIT_ERROR, "--table is for people; for programs: charfinder --tsv 'block:%s'",
		    options->table);
}

/* Rows look one way. */
static const char *
remedy_of_rows(const struct options *options)
{
	bool templated = options->row_template != NULL, facts = options->details || options->about;
	const struct conflict conflicts[] = {
		{ templated && (options->format != CHARINDEX_TEXT || options->all_forms || facts),
		    "--format says all of a row, forms as %(html) too: leave --json, --tsv, --all-forms, "
		    "--details and --about out" },
		{ options->copy && (options->batch || facts),
		    "--copy takes the first row of one answer: leave --batch, --about and --details out" },
		{ options->summary &&
		        (!options->identify || options->details || templated || options->copy),
		    "--summary is of standard input, in lines of its own: charfinder --summary - <FILE" },
	};

	return FIRST_REMEDY(conflicts);
}

static const char *
remedy_of_operands(const struct options *options, int words)
{
	bool asks_server = options->server != NULL;
	const struct conflict conflicts[] = {
		{ options->check && (options->batch || options->about || asks_server),
		    "--check reads files: it goes with neither --batch, --about nor --server" },
		{ options->batch && words > 0,
		    "--batch has its queries in a file: give no WORD, and the file as --batch=FILE" },
		{ options->about && !options->batch && words == 0,
		    "--about tells of characters: charfinder --about U+20AC" },
		{ !options->batch && !options->check && words == 0,
		    "give one WORD or more, or - for standard input; see charfinder --help" },
		{ asks_server && options->identify,
		    "--server is for queries: what a text consists of is told without one" },
		{ asks_server && options->settings.mode == CHARINDEX_CLASSIC &&
		        (options->details || options->about),
		    "--details and --about ask a server by commands, which classic mode has not: leave "
		    "--mode out" },
		{ !options->batch && (options->output != NULL || options->repeat != 1),
		    "--output, --repeat and --for are for a list of queries: see --batch" },
	};

	return FIRST_REMEDY(conflicts);
}

/* Ends the program if the options do not go with each other, or with so many words. */
static void
check(const struct options *options, int words)
{
	const char *remedy = remedy_of_rows(options);

	if (remedy == NULL && is_reference(options)) {
		check_reference(options, words);
		return;
	}
	if (remedy == NULL)
		remedy = remedy_of_operands(options, words);
	if (remedy != NULL)
		errx(EXIT_ERROR, "%s", remedy);
}

/* ---- what follows ---------------------------------------------------------------------- */

/* `-` alone is standard input, but for `-- -`, which searches for the hyphen. Ends the program if
 * there is a file behind it. */
static bool
is_standard_input(int argc, char **argv)
{
	if (argc == optind || strcmp(argv[optind], "-") != 0 || strcmp(argv[optind - 1], "--") == 0)
		return false;
	if (argc - optind > 1)
		errx(EXIT_ERROR,
		    "- is standard input, and no file follows it: charfinder - <'%s'; to search for a "
		    "hyphen and more: charfinder -- - ...",
		    argv[optind + 1]);
	return true;
}

/* A person looks for what fits best, and a program for what the seed answers. */
static bool
is_for_a_person(const struct options *options)
{
	return !options->batch && options->format == CHARINDEX_TEXT && isatty(STDOUT_FILENO);
}

void
options_settle(struct options *options, int argc, char **argv)
{
	if (!options->mode_given && is_for_a_person(options))
		options->settings.mode = CHARINDEX_WIDE;
	options->identify = !options->batch && !options->about && !options->check &&
	    is_standard_input(argc, argv);
	if (!options->help && !options->version)
		check(options, argc - optind);
	if (options->row_template != NULL)
		options->format = CHARINDEX_TSV;
	options->terminal = options->format == CHARINDEX_TEXT && options->output == NULL &&
	    isatty(STDOUT_FILENO);
	/* a terminal is shown more of a character than itself, which takes its category; what is known of
	 * each row has a form of its own */
	options->rows = options->terminal && !options->details && !options->about ? CHARINDEX_TSV
	                                                                          : options->format;
}
