/* charfinder.c - the search from the shell: straight from the index file, or asking a server. */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "answer_many.h"
#include "charindex.h"
#include "chart.h"
#include "check_text.h"
#include "clipboard.h"
#include "config.h"
#include "identify.h"
#include "index_open.h"
#include "listing.h"
#include "options.h"
#include "options_settle.h"
#include "own_synonyms.h"
#include "print.h"
#include "print_answer.h"
#include "print_facts.h"
#include "program.h"
#include "utf8.h"

/* The words with `between` between each two, as one string that the caller frees. */
static char *
join_words(char **words, int count, char between)
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
			*p++ = between;
		p = stpcpy(p, words[i]);
	}
	*p = '\0';
	return query;
}

/* Ends the program with the languages that there are. */
static _Noreturn void
refuse_language(const struct charindex *ci, const char *wanted)
{
	const char *language;
	char *list = NULL;
	size_t size;
	FILE *file = open_memstream(&list, &size);

	if (file == NULL)
		errx(EXIT_ERROR, "out of memory");
	for (uint32_t n = 0; (language = charindex_language(ci, n)) != NULL; n++)
		fprintf(file, "%s%s", n > 0 ? ", " : "", language);
	if (fclose(file) != 0)
		errx(EXIT_ERROR, "out of memory");
	if (*list == '\0')
		errx(EXIT_ERROR, "--lang=%s: the index has no keywords in any language", wanted);
	errx(EXIT_ERROR,
	    "--lang=%s: give one of the index's languages, or up to %d with commas between; it has %s",
	    wanted, CHARINDEX_MAX_LANGUAGES, list);
}

static void
set_language(struct charindex_settings *settings, const struct charindex *ci, const char *wanted)
{
	if (!charindex_read_language(ci, wanted, strlen(wanted), settings))
		refuse_language(ci, wanted);
}

/* The language of the environment's messages (POSIX, "Environment Variables"), if the index has
 * it and it is not English, which is searched anyway. */
static void
set_usual_language(struct charindex_settings *settings, const struct charindex *ci)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *locale = NULL;
	size_t length;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && (locale == NULL || *locale == '\0');
	     i++)
		locale = getenv(names[i]);
	if (locale == NULL || strcmp(locale, "POSIX") == 0)
		return;
	length = strcspn(locale, ".@");
	if (length < 2 || strncmp(locale, "en", 2) == 0)
		return;
	if (!charindex_read_language(ci, locale, length, settings))
		settings->language[0] = '\0';
}

/* Do we print colours, if it is text that we print? */
static bool
wants_color(enum when color)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	if (color != WHEN_AUTO)
		return color == WHEN_ALWAYS;
	return isatty(STDOUT_FILENO) && (no_color == NULL || *no_color == '\0') && term != NULL &&
	    strcmp(term, "dumb") != 0;
}

/* Prints the answer and returns whether it has rows. */
static bool
answer_query(const struct printer *printer, const struct options *options, const char *query)
{
	struct charindex_settings settings = options->settings;
	struct charindex_answer answer;
	struct charindex_summary summary;
	size_t length = strlen(query);
	const char *stripped = charindex_strip(query, &length);

	synonyms_apply(options->synonyms, stripped, length, &settings);
	if (charindex_answer_begin(&answer, printer->ci, &settings, stripped, length) != CHARINDEX_OK)
		errx(EXIT_ERROR, "out of memory");
	charindex_answer_summary(&answer, &summary);
	if (summary.error != NULL)
		errx(EXIT_ERROR, "column %u: %s", summary.column, summary.error);
	if (!print_rows(printer, &answer)) /* it streams */
		errx(EXIT_ERROR, FACTS_TOO_LONG);
	print_answer_status(printer, &answer);
	print_flush(printer);
	charindex_answer_release(&answer);
	return summary.count > 0;
}

/* Does what the options say, without a list and a server, and returns whether any row was
 * printed. */
static bool
search(struct options *options, const struct charindex *ci, char *query)
{
	struct strbuf out = { 0 };
	struct printer printer = {
		.format = options->format,
		.rows = options->rows,
		.terminal = options->terminal,
		.row_template = options->row_template,
		.all_forms = options->all_forms,
		.details = options->details,
		.color = options->color == WHEN_ALWAYS,
		.streams = true,
		.out = &out,
		.first = options->first,
	};
	bool found;

	printer.ci = ci;
	if (options->summary)
		found = summarize_standard_input(&printer, &options->settings);
	else if (options->identify)
		found = identify_standard_input(&printer, &options->settings);
	else
		found = answer_query(&printer, options, query);
	strbuf_release(&out);
	return found;
}

/* What the index has, without a query. */
static int
tell_reference(const struct options *options, const struct charindex *ci)
{
	struct strbuf out = { 0 };
	const struct printer printer = {
		.ci = ci,
		.format = options->format,
		.color = options->color == WHEN_ALWAYS,
		.streams = true,
		.out = &out,
	};

	if (options->table != NULL)
		chart_print(&printer, options->table, isatty(STDOUT_FILENO));
	else
		listing_print(&printer, options->listing);
	strbuf_release(&out);
	return EXIT_FOUND;
}

/* Gives the clipboard what was found first. */
static void
copy(const struct strbuf *first)
{
	if (first->failed)
		errx(EXIT_ERROR, "out of memory");
	if (first->length > 0 && !clipboard_put(first->text, first->length))
		errx(EXIT_ERROR,
		    "--copy: there is no clipboard: none of wl-copy, xclip, xsel and pbcopy "
		    "takes it, and standard output is no terminal");
}

/* Finds in files what a reader cannot see, and returns the exit status. */
static int
check(struct options *options, char **paths, int count)
{
	struct charindex *ci = index_open(options->index, EXIT_ERROR, INDEX_ELSEWHERE);
	struct strbuf out = { 0 };
	const struct printer printer = {
		.ci = ci,
		.format = options->format,
		.color = wants_color(options->color),
		.streams = true,
		.out = &out,
	};
	int status = check_files(&printer, paths, count);

	strbuf_release(&out);
	charindex_close(ci);
	return status;
}

/* What a server would answer with nothing. */
static int
answer_nothing(const struct options *options)
{
	struct strbuf out = { 0 };
	const struct printer printer = {
		.format = options->format,
		.color = options->color == WHEN_ALWAYS,
		.out = &out,
	};

	print_total(&printer, "No match for ''", ",\"total\":0,\"first\":1,\"count\":0,\"more\":false");
	print_flush(&printer);
	strbuf_release(&out);
	return EXIT_NOT_FOUND;
}

static bool
is_empty(const char *query)
{
	size_t length = strlen(query);

	charindex_strip(query, &length);
	return length == 0;
}

/* What a server is asked for the query, which may have no synonyms or others. Takes the query, and
 * gives one that the caller frees. */
static char *
translate_for_server(const struct options *options, char *query)
{
	struct charindex_settings settings = options->settings;
	size_t length = strlen(query);
	const char *stripped = charindex_strip(query, &length);
	char *asked;

	synonyms_apply(options->synonyms, stripped, length, &settings);
	if (settings.instead == NULL)
		return query;
	asked = strndup(settings.instead, settings.instead_length);
	if (asked == NULL)
		errx(EXIT_ERROR, "out of memory");
	free(query);
	return asked;
}

/* The query that the words make, which the caller frees. */
static char *
make_query(const struct options *options, char **words, int count)
{
	/* characters are a list, of a line each */
	char *query = join_words(words, count, options->about ? '\n' : ' ');

	if (!utf8_is_valid(query, strlen(query)))
		errx(EXIT_ERROR, "the query is not valid UTF-8");
	return options->server != NULL ? translate_for_server(options, query) : query;
}

/* One's own synonyms, where the words are a query; a server has its own for a list. */
static struct synonyms *
synonyms_for(const struct options *options)
{
	bool list_for_server = options->batch && options->server != NULL;

	if (options->about || options->identify || list_for_server ||
	    options->settings.mode == CHARINDEX_CLASSIC)
		return NULL;
	return own_synonyms();
}

/* The index, and the language that is searched; NULL if a server is asked. */
static struct charindex *
open_index(struct options *options)
{
	struct charindex *ci;

	if (options->server != NULL)
		return NULL;
	ci = index_open(options->index, EXIT_ERROR, INDEX_ELSEWHERE);
	if (options->language != NULL)
		set_language(&options->settings, ci, options->language);
	else
		set_usual_language(&options->settings, ci);
	return ci;
}

/* Does what the options say, and returns the exit status. */
static int
answer(struct options *options, const struct charindex *ci, char *query)
{
	if (options->listing != LISTING_NONE || options->table != NULL)
		return tell_reference(options, ci);
	if (options->server != NULL && !options->batch && !options->about && is_empty(query))
		return answer_nothing(options);
	if (options->batch || options->about || options->server != NULL)
		return answer_many(options, ci, options->batch ? NULL : query);
	return search(options, ci, query) ? EXIT_FOUND : EXIT_NOT_FOUND;
}

/* Returns the exit status. */
static int
run(struct options *options, char **words, int count)
{
	struct synonyms *synonyms = synonyms_for(options);
	struct charindex *ci;
	char *query;
	struct strbuf first = { 0 };
	int status;

	options->synonyms = synonyms;
	query = options->query = make_query(options, words, count);
	if (options->server != NULL && !options->about && strchr(query, '\n') != NULL)
		errx(EXIT_ERROR, "the query has a line end in it, where a server's queries end");
	options->color = options->output == NULL && wants_color(options->color) ? WHEN_ALWAYS
	                                                                        : WHEN_NEVER;
	options->first = options->copy ? &first : NULL;
	ci = open_index(options);
	status = answer(options, ci, query);
	copy(&first);
	strbuf_release(&first);
	charindex_close(ci);
	synonyms_free(synonyms);
	free(query);
	return status;
}

int
main(int argc, char **argv)
{
	struct options options;

	options_parse(&options, argc, argv);
	options_settle(&options, argc, argv);
	if (options.help || options.version) {
		if (options.help)
			options_print_help();
		else
			puts("charfinder " PACKAGE_VERSION);
		program_exit(EXIT_FOUND, EXIT_ERROR);
	}
	program_exit((options.check ? check : run)(&options, argv + optind, argc - optind), EXIT_ERROR);
}
