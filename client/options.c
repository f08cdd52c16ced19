/* options.c - the command line. One row of the table owns all there is to know of an option. */
#include "options.h"

#include <err.h>
#include <stdio.h>
#include <string.h>

#include "option_table.h"
#include "row_template.h"

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

OPTION_STRING(index)
OPTION_STRING(language)
OPTION_STRING(table)
OPTION_STRING(server)
OPTION_STRING(output)
OPTION_FLAG(copy)
OPTION_FLAG(summary)
OPTION_FLAG(all_forms)
OPTION_FLAG(details)
OPTION_FLAG(about)
OPTION_FLAG(check)
OPTION_FLAG(unordered)
OPTION_FLAG(fail_early)
OPTION_FLAG(quiet)
OPTION_FLAG(verbose)
OPTION_FLAG(help)
OPTION_FLAG(version)

static void
take_mode(struct options *options, const char *argument)
{
	if (!charindex_read_mode(argument, strlen(argument), &options->settings.mode))
		errx(EXIT_ERROR, "--mode=%s: give classic, auto or wide", argument);
	options->mode_given = true;
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
take_template(struct options *options, const char *argument)
{
	struct strbuf problem = { 0 };

	if (!row_template_check(argument, &problem))
		errx(EXIT_ERROR, "--format: %s", problem.failed ? "out of memory" : problem.text);
	options->row_template = argument;
}

static void
take_list(struct options *options, const char *argument)
{
	static const char *const names[] = { "blocks", "scripts", "categories", "languages",
		"properties" };

	options->listing = LISTING_BLOCKS +
	    one_of("list", argument, names, 5, "blocks, scripts, categories, languages or properties");
}

static enum when
when(const char *option, const char *argument)
{
	static const char *const names[] = { "auto", "always", "never" };

	return one_of(option, argument, names, 3, "auto, always or never");
}

static void
take_color(struct options *options, const char *argument)
{
	options->color = when("color", argument);
}

static void
take_batch(struct options *options, const char *argument)
{
	options->batch = true;
	options->list = argument;
}

OPTION_NUMBER(connections, "connections", 1, 1000)
OPTION_NUMBER(pipeline, "pipeline", 1, 1000)
OPTION_NUMBER(retries, "retries", 0, 20)
OPTION_NUMBER(timeout, "timeout", 1, 86400)
OPTION_NUMBER(rate, "rate", 1, 10000000)
OPTION_NUMBER(repeat, "repeat", 1, 999999999)

static void
take_for(struct options *options, const char *argument)
{
	options->seconds = option_number("for", argument, 1, 999999999);
	if (options->repeat == 1)
		options->repeat = 0;
}

static void
take_progress(struct options *options, const char *argument)
{
	options->progress = when("progress", argument);
}

/* clang-format off */
static const struct option_row rows[] = {
	{ "index", 'i', "FILE", "the index to search; default\n" PKGDATADIR "/charindex.db", take_index },
	{ "mode", 'm', "MODE", "how queries are understood: classic, exact words of\n"
	  "names and nothing else; auto, which goes on to other\n"
	  "sources where that finds nothing; wide, all sources\n"
	  "at once, best first; default auto, and on a terminal\n"
	  "wide", take_mode },
	{ "lang", 'l', "LANG", "also search the keywords in this language, as fr", take_language },
	{ "limit", 'n', "N", "at most N rows, or all; default: all, but 20 with\n"
	  "the mode wide", take_limit },
	{ "from", 0, "N", "begin with row N; default 1", take_from },
	{ "json", 0, NULL, "an object on a line for each row, and one for the\n"
	  "status", take_json },
	{ "tsv", 0, NULL, "tab-separated columns, and no status", take_tsv },
	{ "format", 0, "TEMPLATE", "for each row this text, in which fields stand for\n"
	  "what is known of it, as '%(char) %(name)'", take_template },
	{ "all-forms", 'a', NULL, "also each row in UTF-8, UTF-16, UTF-32, HTML, URL,\n"
	  "C, JSON, LaTeX and decimal", take_all_forms },
	{ "details", 0, NULL, "also all that is known of each row", take_details },
	{ "about", 0, NULL, "all that is known of each CHARACTER: U+20AC, the\n"
	  "character itself, or its name as one argument", take_about },
	{ "copy", 0, NULL, "the characters of the first row, to the clipboard", take_copy },
	{ "summary", 0, NULL, "each character of standard input once, with how\n"
	  "often it is there, and where first", take_summary },
	{ "list", 0, "WHAT", "blocks, scripts, categories, languages or\n"
	  "properties, and how many there are of each", take_list },
	{ "table", 0, "BLOCK", "the characters of a block, as code charts have them", take_table },
	{ "check", 0, NULL, "what a reader of each FILE, or of standard input,\n"
	  "cannot see: see below for the exit status", take_check },
	{ "color", 0, "WHEN", "auto, on terminals only; always; never; default auto", take_color },
	{ "server", 's', "HOST:PORT", "ask the charfinderd there, and not the index;\n"
	  "default port 2323; or at unix:PATH", take_server },
	{ "batch", 'b', "[FILE]", "a query on each line of FILE, or of standard input", take_batch },
	{ "connections", 'c', "N", "so many at the same time, or, without --server,\n"
	  "threads; default 4", take_connections },
	{ "pipeline", 'p', "N", "queries in flight on each connection; default 16", take_pipeline },
	{ "unordered", 0, NULL, "answers as they are completed, not in the order of\n"
	  "the queries", take_unordered },
	{ "output", 'o', "DIR", "a file for each answer, by the number of its line", take_output },
	{ "retries", 0, "N", "for a connection that breaks or cannot be opened;\n"
	  "default 3", take_retries },
	{ "timeout", 0, "SECONDS", "to the last byte of an answer; default 10", take_timeout },
	{ "rate", 0, "N", "at most N queries a second", take_rate },
	{ "repeat", 0, "N", "the list N times: further answers are compared with\n"
	  "the first ones", take_repeat },
	{ "for", 0, "SECONDS", "the same, for so long", take_for },
	{ "fail-early", 0, NULL, "end at the first error", take_fail_early },
	{ "progress", 0, "WHEN", "as --color; default auto, after half a second", take_progress },
	{ "quiet", 'q', NULL, "no report at the end of a batch", take_quiet },
	{ "verbose", 'v', NULL, "tell each error when it happens", take_verbose },
	{ "help", 'h', NULL, "print this and exit", take_help },
	{ "version", 'V', NULL, "print the version and exit", take_version },
};
/* clang-format on */

#define ROW_COUNT ((int)(sizeof(rows) / sizeof(rows[0])))
_Static_assert((int)ROW_COUNT <= OPTION_TABLE_MAX_ROWS, "make room for more options");

void
options_print_help(void)
{
	enum { HELP_COLUMN = 26 };

	fputs("Usage: charfinder [OPTION]... [--] WORD...\n"
	      "  or:  charfinder [OPTION]... -\n"
	      "  or:  charfinder [OPTION]... --about CHARACTER...\n"
	      "  or:  charfinder [OPTION]... --batch[=FILE]\n"
	      "  or:  charfinder [OPTION]... --list=WHAT | --table=BLOCK\n"
	      "  or:  charfinder [OPTION]... --check [FILE]...\n"
	      "Finds Unicode characters by words in their names, and by aliases, keywords, code\n"
	      "points and more; or says what characters standard input consists of.\n"
	      "\n",
	    stdout);
	option_table_print(rows, ROW_COUNT, HELP_COLUMN);
	fputs("\n"
	      "Words are, among others: word, word*, *word*, '\"two words\"', -word, cat:Sm,\n"
	      "block:arrows, is:emoji, U+20AC, and characters themselves. If one of them begins\n"
	      "with a hyphen, end the options with -- before them: charfinder -- arrow -white\n"
	      "The exit status is 0 if any was found, 1 if none, 2 on errors; of a batch, 0 if\n"
	      "each query has rows, 1 if some have none, 2 if some are wrong; of --check, 0 if\n"
	      "nothing was found, 1 if anything was, 2 if a file cannot be read. It is 3 if a\n"
	      "server has not answered, and 130 after Ctrl-C.\n",
	    stdout);
}

void
options_parse(struct options *options, int argc, char **argv)
{
	*options = (struct options){
		.index = PKGDATADIR "/charindex.db",
		.settings.mode = CHARINDEX_AUTO,
		.connections = 4,
		.pipeline = 16,
		.retries = 3,
		.timeout = 10,
		.repeat = 1,
	};
	option_table_parse(rows, ROW_COUNT, options, argc, argv,
	    "; words that begin with a hyphen go behind --, as in: charfinder -- arrow -white");
}
