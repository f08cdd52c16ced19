/* mkcharindex.c - builds an index from the tables, and says what is in one. */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "charindex.h"
#include "config.h"
#include "index_open.h"
#include "option_table.h"
#include "program.h"
#include "report.h"
#include "sources.h"
#include "write.h"

/* Where they are installed. */
#define TABLES PKGDATADIR "/tables"

enum job { JOB_BUILD, JOB_VERIFY, JOB_DUMP, JOB_WORDS };

struct options {
	enum job job;
	const char *output;
	uint32_t word_limit;   /* 0: all */
	const char *languages; /* of keywords; NULL: all */
	const char *synonyms;  /* a table; NULL: none but that in DATADIR */
	const char *names;     /* a table, for private use; NULL: none */
	const char *operand;   /* DATADIR or FILE */
	bool help;
	bool version;
};

/* ---- options -------------------------------------------------------------------------------- */

OPTION_STRING(output)
OPTION_STRING(languages)
OPTION_STRING(synonyms)
OPTION_STRING(names)
OPTION_FLAG(help)
OPTION_FLAG(version)

static void
set_job(struct options *options, enum job job)
{
	if (options->job != JOB_BUILD && options->job != job)
		errx(2, "give only one of --verify, --dump and --words");
	options->job = job;
}

static void
take_verify(struct options *options, const char *argument)
{
	(void)argument;
	set_job(options, JOB_VERIFY);
}

static void
take_dump(struct options *options, const char *argument)
{
	(void)argument;
	set_job(options, JOB_DUMP);
}

static uint32_t
read_limit(const char *text)
{
	unsigned long value;
	char *end;

	errno = 0;
	value = strtoul(text, &end, 10);
	if (*text < '0' || *text > '9' || *end != '\0' || errno != 0 || value < 1 || value > UINT32_MAX)
		errx(2, "--words=%s is not a number of words; give 1 or more", text);
	return (uint32_t)value;
}

static void
take_words(struct options *options, const char *argument)
{
	set_job(options, JOB_WORDS);
	options->word_limit = argument != NULL ? read_limit(argument) : 0;
}

/* clang-format off */
static const struct option_row rows[] = {
	{ "output", 'o', "FILE", "where to put the index; default charindex.db", take_output },
	{ "languages", 0, "LIST", "keywords in these languages only, as en,fr; nothing is\n"
	  "none; default all that are in DATADIR", take_languages },
	{ "synonyms", 0, "FILE", "also the synonyms in FILE, a table like synonyms.tsv\n"
	  "in DATADIR", take_synonyms },
	{ "names", 0, "FILE", "also the names in FILE, of code points for private use", take_names },
	{ "verify", 0, NULL, "check every byte of the index FILE", take_verify },
	{ "dump", 0, NULL, "print the contents of the index FILE", take_dump },
	{ "words", 0, "[N]", "print the N most frequent words in FILE, or all", take_words },
	{ "help", 'h', NULL, "print this and exit", take_help },
	{ "version", 'V', NULL, "print the version and exit", take_version },
};
/* clang-format on */

#define ROW_COUNT ((int)(sizeof(rows) / sizeof(rows[0])))
#define HELP_COLUMN 24

static void
print_help(void)
{
	fputs("Usage: mkcharindex [-o FILE] [--languages=LIST] [--synonyms=FILE]\n"
	      "                   [--names=FILE] [DATADIR]\n"
	      "  or:  mkcharindex --verify FILE\n"
	      "  or:  mkcharindex --dump FILE\n"
	      "  or:  mkcharindex --words[=N] FILE\n"
	      "Builds the index of Unicode character names that charfinder and charfinderd\n"
	      "search, from the tables in DATADIR, or examines one. DATADIR is\n" TABLES
	      " if it is not given.\n"
	      "\n",
	    stdout);
	option_table_print(rows, ROW_COUNT, HELP_COLUMN);
}

/* Ends the program if it only has to tell about itself. */
static void
tell_about_itself(const struct options *options)
{
	if (options->help)
		print_help();
	else if (options->version)
		puts("mkcharindex " PACKAGE_VERSION);
	else
		return;
	program_exit(0, 1);
}

static struct options
parse_options(int argc, char **argv)
{
	struct options options = { .output = "charindex.db" };

	option_table_parse(rows, ROW_COUNT, &options, argc, argv, "");
	tell_about_itself(&options);
	if (argc - optind > 1 || (argc == optind && options.job != JOB_BUILD))
		errx(2, "give one %s; see mkcharindex --help",
		    options.job == JOB_BUILD ? "DATADIR" : "FILE");
	options.operand = argc > optind ? argv[optind] : TABLES;
	return options;
}

/* ---- jobs ------------------------------------------------------------------------------------ */

static void
show_progress(unsigned percent)
{
	fprintf(stderr, "\rmkcharindex: indexing names, %u %%", percent);
}

static void
build(const struct options *options)
{
	bool terminal = isatty(STDERR_FILENO);
	struct builder builder = { 0 };
	uint32_t unicode_version;
	const struct sources sources = {
		.directory = options->operand,
		.languages = options->languages,
		.synonyms = options->synonyms,
		.names = options->names,
		.progress = terminal ? show_progress : NULL,
	};

	sources_read(&sources, &builder, &unicode_version);
	if (terminal)
		fprintf(stderr, "\rmkcharindex: %u characters, %u words\n", (unsigned)builder.row_count,
		    (unsigned)builder.term_count);
	write_index(options->output, &builder, unicode_version);
	builder_release(&builder);
}

static void
verify(const char *path, const struct charindex *ci)
{
	enum charindex_err error = charindex_verify(ci);
	struct charindex_info info = charindex_info(ci);

	if (error != CHARINDEX_OK)
		errx(1, "%s %s%s", path, charindex_strerror(error), index_remedy(error));
	printf("%s is in order: Unicode %s, %u characters, %u words\n", path, info.unicode_version,
	    (unsigned)info.row_count, (unsigned)info.term_count);
}

static void
examine(const struct options *options)
{
	struct charindex *ci = index_open(options->operand, 1, "name one that is there");

	if (options->job == JOB_VERIFY)
		verify(options->operand, ci);
	else if (options->job == JOB_DUMP)
		report_dump(ci);
	else
		report_words(ci, options->word_limit);
	charindex_close(ci);
}

int
main(int argc, char **argv)
{
	struct options options = parse_options(argc, argv);

	if (options.job == JOB_BUILD)
		build(&options);
	else
		examine(&options);
	program_exit(0, 1);
}
