/* options.c - hides the command line. One row of the table owns all there is to know of
 * an option. */
#include "options.h"

#include <err.h>
#include <stdio.h>
#include <string.h>

#include "option_table.h"

/* The number of `argument` among the `count` names, or the end of the program. */
static unsigned
one_of(const char *option, const char *argument, const char *const *names, unsigned count,
    const char *wanted)
{
	for (unsigned i = 0; i < count; i++)
		if (strcmp(argument, names[i]) == 0)
			return i;
	errx(EXIT_ERROR, "--%s=%s is not %s", option, argument, wanted);
}

static void
take_index(struct options *options, const char *argument)
{
	options->index = argument;
}

static void
take_mode(struct options *options, const char *argument)
{
	if (!charindex_read_mode(argument, strlen(argument), &options->settings.mode))
		errx(EXIT_ERROR, "--mode=%s: give classic, auto or wide", argument);
}

static void
take_language(struct options *options, const char *argument)
{
	options->language = argument;
}

static void
take_limit(struct options *options, const char *argument)
{
	if (!charindex_read_limit(argument, strlen(argument), &options->settings))
		errx(EXIT_ERROR, "--limit=%s: give a number of rows from 1 to 9999999, or all", argument);
}

static void
take_from(struct options *options, const char *argument)
{
	if (!charindex_read_from(argument, strlen(argument), &options->settings))
		errx(EXIT_ERROR, "--from=%s: give the number of a row from 1 to 9999999", argument);
}

static void
set_format(struct options *options, enum charindex_format format)
{
	if (options->format != CHARINDEX_TEXT && options->format != format)
		errx(EXIT_ERROR, "give only one of --json and --tsv");
	options->format = format;
}

static void
take_json(struct options *options, const char *argument)
{
	(void)argument;
	set_format(options, CHARINDEX_JSON);
}

static void
take_tsv(struct options *options, const char *argument)
{
	(void)argument;
	set_format(options, CHARINDEX_TSV);
}

static void
take_all_forms(struct options *options, const char *argument)
{
	(void)argument;
	options->all_forms = true;
}

static void
take_color(struct options *options, const char *argument)
{
	static const char *const colors[] = { "auto", "always", "never" };

	options->color = one_of("color", argument, colors, 3, "auto, always or never");
}

static void
take_help(struct options *options, const char *argument)
{
	(void)argument;
	options->help = true;
}

static void
take_version(struct options *options, const char *argument)
{
	(void)argument;
	options->version = true;
}

static const struct option_row rows[] = {
	{ "index", 'i', "FILE", "the index to search; default\n" PKGDATADIR "/charindex.db", take_index },
	{ "mode", 'm', "MODE", "how queries are understood: classic, exact words of\n"
	  "names and nothing else; auto, which goes on to other\n"
	  "sources where that finds nothing; wide, all sources\n"
	  "at once, best first; default auto", take_mode },
	{ "lang", 'l', "LANG", "also search the keywords in this language, as fr", take_language },
	{ "limit", 'n', "N", "at most N rows, or all; default: all, but 20 with\n"
	  "the mode wide", take_limit },
	{ "from", 0, "N", "begin with row N; default 1", take_from },
	{ "json", 0, NULL, "an object on a line for each row, and one for the\n"
	  "status", take_json },
	{ "tsv", 0, NULL, "tab-separated columns, and no status", take_tsv },
	{ "all-forms", 'a', NULL, "also each row in UTF-8, UTF-16, HTML, URL, C and JSON", take_all_forms },
	{ "color", 0, "WHEN", "auto, on terminals only; always; never; default auto", take_color },
	{ "help", 0, NULL, "print this and exit", take_help },
	{ "version", 0, NULL, "print the version and exit", take_version },
};

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };
_Static_assert((int)ROW_COUNT <= OPTION_TABLE_MAX_ROWS, "make room for more options");

void
options_print_help(void)
{
	enum { HELP_COLUMN = 24 };

	fputs("Usage: charfinder [OPTION]... [--] WORD...\n"
	      "  or:  charfinder [OPTION]... -\n"
	      "Finds Unicode characters by words in their names, and by aliases, keywords, code\n"
	      "points and more; or says what characters standard input consists of.\n"
	      "\n",
	    stdout);
	option_table_print(rows, ROW_COUNT, HELP_COLUMN);
	fputs("\n"
	      "Words are, among others: word, word*, *word*, '\"two words\"', -word, cat:Sm,\n"
	      "block:arrows, is:emoji, U+20AC, and characters themselves. If one of them begins\n"
	      "with a hyphen, end the options with -- before them: charfinder -- arrow -white\n"
	      "The exit status is 0 if any was found, 1 if none, 2 on errors.\n",
	    stdout);
}

/* `-` alone is standard input, but for `-- -`, which searches for the hyphen. */
static bool
is_standard_input(int argc, char **argv)
{
	return argc - optind == 1 && strcmp(argv[optind], "-") == 0 &&
	    strcmp(argv[optind - 1], "--") != 0;
}

void
options_parse(struct options *options, int argc, char **argv)
{
	*options = (struct options){
		.index = PKGDATADIR "/charindex.db",
		.settings.mode = CHARINDEX_AUTO,
	};
	option_table_parse(rows, ROW_COUNT, options, argc, argv);
	options->identify = is_standard_input(argc, argv);
	if (optind == argc && !options->help && !options->version)
		errx(EXIT_ERROR, "give one WORD or more, or - for standard input; see charfinder --help");
}
