/* options.h - what charfinderd has been told on its command line. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>

#include "address.h"

struct options {
	struct address_name *listens; /* owned; at least one */
	unsigned listen_count;
	const char *index;         /* path */
	unsigned workers;          /* at least 1 */
	unsigned shutdown_timeout; /* seconds */
	bool verbose;
	bool check;
	bool help;
	bool version;
};

/* Reads the command line. Ends the program with a one-line error and exit status 2 if it
 * is wrong. */
void options_parse(struct options *options, int argc, char **argv);

void options_release(struct options *options);

/* Prints the help text to standard output. */
void options_print_help(void);

#endif
