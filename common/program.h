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

	errx(2, "%s '%s'; see %s --help",
	    c == ':' ? "a value is missing after" : "unknown or misused option", name,
	    program_invocation_short_name);
}

/* Ends the program with exit status `error_status` and a one-line error if what it has just
 * printed could not be written: the disk is full, say. Without a word if nobody reads it any
 * more. */
static inline void
program_check_output(int error_status)
{
	if (!ferror(stdout))
		return;
	if (errno == EPIPE)
		exit(error_status);
	err(error_status, "cannot write to standard output");
}

/* Ends the program with exit status `status`, or as above. */
static inline _Noreturn void
program_exit(int status, int error_status)
{
	fflush(stdout);
	program_check_output(error_status);
	exit(status);
}

#endif
