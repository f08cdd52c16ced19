/* options.h - what charfinder has been told on its command line. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>

#include "charindex.h"

enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct options {
	const char *index; /* path */
	struct charindex_settings settings; /* all but the language */
	const char *language; /* as it was given, or NULL; only the index knows which there are */
	enum charindex_format format;
	bool all_forms;
	enum color color;
	bool identify; /* standard input, instead of searching */
	bool help;
	bool version;
};

/* The exit statuses of charfinder. */
enum { EXIT_FOUND = 0, EXIT_NOT_FOUND = 1, EXIT_ERROR = 2 };

/* Reads the command line: the words are argv[optind] and what follows. Ends the program with
 * a one-line error and EXIT_ERROR if it is wrong. */
void options_parse(struct options *options, int argc, char **argv);

void options_print_help(void);

#endif
