/* bad_option.h - what the programs say when getopt_long() finds an option wrong. */
#ifndef BAD_OPTION_H
#define BAD_OPTION_H

#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <string.h>

/* Ends the program with exit status 2 and one line that names the option, after
 * getopt_long() returned `c`: ':' for a missing value (the option string begins with
 * ":"), '?' for all else. */
static inline _Noreturn void
bad_option(int c, char **argv)
{
	const char *argument = argv[optind - 1];
	char letter[3] = { '-', (char)optopt, '\0' };
	const char *name = strncmp(argument, "--", 2) == 0 || optopt == 0 ? argument : letter;

	errx(2, "%s '%s'; see %s --help", c == ':' ? "a value is missing after" : "unknown or misused option",
	    name, program_invocation_short_name);
}

#endif
