/* options.c - hides the command line. One row of the table owns all there is to know of
 * an option. */
#include "options.h"

#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

#define MAX_WORKERS 1024
#define MAX_CLIENTS 100000000
#define MAX_SECONDS (24 * 60 * 60)

struct option_row {
	const char *name;
	char letter;          /* 0: none */
	const char *argument; /* its name; NULL: takes none */
	const char *help;
	void (*take)(struct options *options, const char *argument);
};

static void
add_listen(struct options *options, const struct address_name *name)
{
	struct address_name *listens =
	    realloc(options->listens, (options->listen_count + 1) * sizeof(*listens));

	if (listens == NULL)
		errx(1, "out of memory");
	listens[options->listen_count++] = *name;
	options->listens = listens;
}

static void
take_listen(struct options *options, const char *argument)
{
	struct address_name name;

	if (strcmp(argument, "systemd") == 0) {
		options->listen_inherited = true;
		return;
	}
	if (!address_split(argument, &name))
		errx(2, "--listen=%s is not ADDRESS:PORT[,proxy], as 127.0.0.1:2323 or [::1]:2323", argument);
	add_listen(options, &name);
}

static void
take_index(struct options *options, const char *argument)
{
	options->index = argument;
}

static void
take_mode(struct options *options, const char *argument)
{
	for (unsigned mode = 0; mode < CHARINDEX_MODE_COUNT; mode++)
		if (strcmp(argument, charindex_mode_name(mode)) == 0) {
			options->mode = mode;
			return;
		}
	errx(2, "--mode=%s is not classic, auto or wide", argument);
}

/* A number from `least` to `most`, or the end of the program. */
static unsigned
number(const char *option, const char *argument, unsigned least, unsigned most)
{
	size_t digits = strspn(argument, "0123456789");
	unsigned long value = strtoul(argument, NULL, 10);

	if (digits == 0 || digits > 9 || argument[digits] != '\0' || value < least || value > most)
		errx(2, "--%s=%s is not a number from %u to %u", option, argument, least, most);
	return (unsigned)value;
}

static void
take_workers(struct options *options, const char *argument)
{
	options->workers = number("workers", argument, 1, MAX_WORKERS);
}

static void
take_max_clients(struct options *options, const char *argument)
{
	options->max_clients = number("max-clients", argument, 1, MAX_CLIENTS);
}

static void
take_max_clients_per_address(struct options *options, const char *argument)
{
	options->max_clients_per_address =
	    number("max-clients-per-address", argument, 0, MAX_CLIENTS);
}

static void
take_idle_timeout(struct options *options, const char *argument)
{
	options->idle_timeout = number("idle-timeout", argument, 0, MAX_SECONDS);
}

static void
take_line_timeout(struct options *options, const char *argument)
{
	options->line_timeout = number("line-timeout", argument, 0, MAX_SECONDS);
}

static void
take_answer_timeout(struct options *options, const char *argument)
{
	options->answer_timeout = number("answer-timeout", argument, 0, MAX_SECONDS);
}

static void
take_shutdown_timeout(struct options *options, const char *argument)
{
	options->shutdown_timeout = number("shutdown-timeout", argument, 0, MAX_SECONDS);
}

static void
take_verbose(struct options *options, const char *argument)
{
	(void)argument;
	options->verbose = true;
}

static void
take_check(struct options *options, const char *argument)
{
	(void)argument;
	options->check = true;
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
	{ "listen", 'l', "ADDRESS:PORT", "listen there; may be repeated; [::1]:2323\n"
	  "for IPv6; port 0 is any free one; with\n"
	  ",proxy at the end, connections begin with\n"
	  "a PROXY header; `systemd` is the sockets of\n"
	  "the service manager; default: those, or\n"
	  OPTIONS_DEFAULT_ADDRESS ":" OPTIONS_DEFAULT_PORT, take_listen },
	{ "index", 'i', "FILE", "the index to search; default\n" PKGDATADIR "/charindex.db",
	  take_index },
	{ "mode", 'm', "MODE", "how queries are understood: classic, the\n"
	  "seed's rule alone; auto, which helps where\n"
	  "that has no answer; wide, all sources at\n"
	  "once, best first; default auto", take_mode },
	{ "workers", 'w', "N", "threads that serve; default: one for each\n"
	  "CPU, or socket of the service manager", take_workers },
	{ "max-clients", 0, "N", "connections at a time; default: what the\n"
	  "limit on open files allows", take_max_clients },
	{ "max-clients-per-address", 0, "N", "connections at a time from one address\n"
	  "(IPv6: one /64); default 0, no limit", take_max_clients_per_address },
	{ "idle-timeout", 0, "SECONDS", "how long a client may ask nothing; default\n"
	  "600; 0 is for ever, here and below", take_idle_timeout },
	{ "line-timeout", 0, "SECONDS", "how long a query, from its first byte, or a\n"
	  "PROXY header may take to come; default 30", take_line_timeout },
	{ "answer-timeout", 0, "SECONDS", "how long a client may take to read an\n"
	  "answer; default 120", take_answer_timeout },
	{ "shutdown-timeout", 0, "SECONDS", "how long answers may take to be delivered\n"
	  "after SIGINT or SIGTERM; 0 is not at all;\n"
	  "default 10", take_shutdown_timeout },
	{ "verbose", 'v', NULL, "also log each query", take_verbose },
	{ "check", 0, NULL, "say what would be served, and exit", take_check },
	{ "help", 0, NULL, "print this and exit", take_help },
	{ "version", 0, NULL, "print the version, and that of the index,\n"
	  "and exit", take_version },
};

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

void
options_print_help(void)
{
	enum { HELP_COLUMN = 36 };

	fputs("Usage: charfinderd [OPTION]... [ADDRESS [PORT]]\n"
	      "Serves searches for Unicode characters by the words in their names over TCP.\n"
	      "\n",
	    stdout);
	for (int i = 0; i < ROW_COUNT; i++) {
		const char *help = rows[i].help, *line_end;
		int column = rows[i].letter != 0 ? printf("  -%c, ", rows[i].letter) : printf("      ");

		column += printf("--%s", rows[i].name);
		if (rows[i].argument != NULL)
			column += printf("=%s", rows[i].argument);
		while ((line_end = strchr(help, '\n')) != NULL) {
			printf("%*s%.*s\n", HELP_COLUMN - column, "", (int)(line_end - help), help);
			help = line_end + 1;
			column = 0;
		}
		printf("%*s%s\n", HELP_COLUMN - column, "", help);
	}
}

/* The rows in the form that getopt_long() wants: the value of an option is its row's
 * number, beyond the letters. */
enum { FIRST_VALUE = 256 };

static void
fill_getopt(struct option long_options[ROW_COUNT + 1], char letters[2 * ROW_COUNT + 2])
{
	char *letter = letters;

	*letter++ = ':';
	for (int i = 0; i < ROW_COUNT; i++) {
		int has_argument = rows[i].argument != NULL ? required_argument : no_argument;

		long_options[i] = (struct option){ rows[i].name, has_argument, NULL, FIRST_VALUE + i };
		if (rows[i].letter != 0)
			*letter++ = rows[i].letter;
		if (rows[i].letter != 0 && rows[i].argument != NULL)
			*letter++ = ':';
	}
	*letter = '\0';
	long_options[ROW_COUNT] = (struct option){ 0 };
}

static const struct option_row *
find_row(int c)
{
	for (int i = 0; i < ROW_COUNT; i++)
		if (c == FIRST_VALUE + i || (rows[i].letter != 0 && c == rows[i].letter))
			return &rows[i];
	return NULL;
}

/* As the seed: [ADDRESS [PORT]]. */
static void
take_operands(struct options *options, int count, char **operands)
{
	const char *port = count > 1 ? operands[1] : OPTIONS_DEFAULT_PORT;
	struct address_name name;

	if (count > 2)
		errx(2, "'%s' is one argument too many; see charfinderd --help", operands[2]);
	if (count == 0)
		return;
	if (options->listen_count > 0 || options->listen_inherited)
		errx(2, "'%s' and --listen together; give all addresses with --listen", operands[0]);
	if (!address_join(operands[0], port, &name))
		errx(2, "'%s' '%s' is not an address and a port from 0 to 65535", operands[0], port);
	add_listen(options, &name);
}

void
options_parse(struct options *options, int argc, char **argv)
{
	struct option long_options[ROW_COUNT + 1];
	char letters[2 * ROW_COUNT + 2];
	const struct option_row *row;
	int c;

	*options = (struct options){
		.index = PKGDATADIR "/charindex.db",
		.mode = CHARINDEX_AUTO,
		.idle_timeout = 600,
		.line_timeout = 30,
		.answer_timeout = 120,
		.shutdown_timeout = 10,
	};
	fill_getopt(long_options, letters);
	opterr = 0;
	while ((c = getopt_long(argc, argv, letters, long_options, NULL)) != -1) {
		row = find_row(c);
		if (row == NULL)
			program_bad_option(c, argv);
		row->take(options, optarg);
	}
	take_operands(options, argc - optind, argv + optind);
}

void
options_release(struct options *options)
{
	free(options->listens);
}
