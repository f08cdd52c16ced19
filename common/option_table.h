/* option_table.h - command lines from a table. One row owns all there is to know of an option:
 * the parser and --help read the same row. To be included by the file with the table. */
#ifndef OPTION_TABLE_H
#define OPTION_TABLE_H

#include <err.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

/* No table has more rows. */
#define OPTION_TABLE_MAX_ROWS 64

struct options; /* the program's own */

struct option_row {
	const char *name;
	char letter;          /* 0: none */
	const char *argument; /* its name, in brackets if it may be left out; NULL: takes none */
	const char *help;     /* lines, separated by \n */
	void (*take)(struct options *options, const char *argument);
};

/* The argument of an option as a number from `least` to `most`, or the end of the program. */
static inline unsigned
option_number(const char *option, const char *argument, unsigned least, unsigned most)
{
	size_t digits = strspn(argument, "0123456789");
	unsigned long value = strtoul(argument, NULL, 10);

	if (digits == 0 || digits > 9 || argument[digits] != '\0' || value < least || value > most)
		errx(2, "--%s=%s is not a number from %u to %u", option, argument, least, most);
	return (unsigned)value;
}

/* What most options do: defines take_MEMBER(), which sets a member of struct options that is a bool, or a
 * string, the argument, or a number, of which the option's name and limits are given. */
#define OPTION_FLAG(member) \
	static void take_##member(struct options *options, const char *argument) \
	{ \
		(void)argument; \
		options->member = true; \
	}
#define OPTION_STRING(member) \
	static void take_##member(struct options *options, const char *argument) \
	{ \
		options->member = argument; \
	}
#define OPTION_NUMBER(member, name, least, most) \
	static void take_##member(struct options *options, const char *argument) \
	{ \
		options->member = option_number(name, argument, least, most); \
	}

/* Prints the rows for --help, with what each says of itself from `help_column` on. */
static inline void
option_table_print(const struct option_row *rows, int count, int help_column)
{
	for (int i = 0; i < count; i++) {
		const char *help = rows[i].help, *line_end;
		int column = rows[i].letter != 0 ? printf("  -%c, ", rows[i].letter) : printf("      ");

		column += printf("--%s", rows[i].name);
		if (rows[i].argument != NULL)
			column += printf(*rows[i].argument == '[' ? "[=%s" : "=%s",
			    rows[i].argument + (*rows[i].argument == '['));
		while ((line_end = strchr(help, '\n')) != NULL) {
			printf("%*s%.*s\n", help_column - column, "", (int)(line_end - help), help);
			help = line_end + 1;
			column = 0;
		}
		printf("%*s%s\n", help_column - column, "", help);
	}
}

/* The rows in the form that getopt_long() wants: the value of an option is its row's
 * number, beyond the letters. */
#define OPTION_TABLE_FIRST_VALUE 256

static inline void
option_table_fill_getopt(const struct option_row *rows, int count, struct option *long_options,
    char *letters)
{
	*letters++ = ':';
	for (int i = 0; i < count; i++) {
		bool may_lack = rows[i].argument != NULL && *rows[i].argument == '[';
		int has_argument = rows[i].argument == NULL ? no_argument
		    : may_lack                              ? optional_argument
		                                            : required_argument;

		long_options[i] =
		    (struct option){ rows[i].name, has_argument, NULL, OPTION_TABLE_FIRST_VALUE + i };
		if (rows[i].letter != 0)
			*letters++ = rows[i].letter;
		if (rows[i].letter != 0 && rows[i].argument != NULL)
			*letters++ = ':';
		if (rows[i].letter != 0 && may_lack)
			*letters++ = ':';
	}
	*letters = '\0';
	long_options[count] = (struct option){ 0 };
}

static inline const struct option_row *
option_table_find(const struct option_row *rows, int count, int c)
{
	for (int i = 0; i < count; i++)
		if (c == OPTION_TABLE_FIRST_VALUE + i || (rows[i].letter != 0 && c == rows[i].letter))
			return &rows[i];
	return NULL;
}

/* Gives each option to its row, in their order; the operands are argv[optind] and what
 * follows. Ends the program with status 2 if an option is wrong, with a line that ends in
 * `hint`. */
static inline void
option_table_parse(const struct option_row *rows, int count, struct options *options, int argc,
    char **argv, const char *hint)
{
	struct option long_options[OPTION_TABLE_MAX_ROWS + 1];
	char letters[3 * OPTION_TABLE_MAX_ROWS + 2];
	const struct option_row *row;
	int c;

	option_table_fill_getopt(rows, count, long_options, letters);
	opterr = 0;
	while ((c = getopt_long(argc, argv, letters, long_options, NULL)) != -1) {
		row = option_table_find(rows, count, c);
		if (row == NULL)
			program_bad_option(c, argv, hint);
		row->take(options, optarg);
	}
}

#endif
