/* program.h - what all the programs do alike when they find an option wrong, and when
 * they are done with standard output. */
#ifndef PROGRAM_H
#define PROGRAM_H

#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Ends the program with exit status 2 and one line that names the option, after
 * getopt_long() returned `c`: ':' for a missing value (the option string begins with
 * ":"), '?' for all else. */
static inline _Noreturn void
program_bad_option(int c, char **argv)
{
	const char *argument = argv[optind - 1];
	char letter[3] = { '-', (char)optopt, '\0' };
	const char *name = strncmp(argument, "--", 2) == 0 || optopt == 0 ? argument : letter;

	errx(2, "%s '%s'; see %s --help", c == ':' ? "a value is missing after" : "unknown or misused option",
	    name, program_invocation_short_name);
}

/* Ends the program with exit status `status`, or, if what it has printed could not be
 * written (the disk is full, say), with a one-line error and `error_status`. */
static inline _Noreturn void
program_exit(int status, int error_status)
{
	if (fflush(stdout) != 0 || ferror(stdout))
		err(error_status, "cannot write to standard output");
	exit(status);
}

#endif
