/* program.h - what all the programs do alike when they find an option wrong, and when
 * they are done with standard output. */
#ifndef PROGRAM_H
#define PROGRAM_H

#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Is it letters behind one hyphen, with that letter among them? */
static inline bool
program_is_cluster(const char *argument, int letter)
{
	return argument != NULL && argument[0] == '-' && argument[1] != '-' &&
	    strchr(argument + 1, letter) != NULL;
}

/* Ends the program with exit status 2 and one line that names the option, after
 * getopt_long() returned `c`: ':' for a missing value (the option string begins with
 * ":"), '?' for all else. `hint`, which may be empty, says what else may have been meant. */
static inline _Noreturn void
program_bad_option(int c, char **argv, const char *hint)
{
	/* of several letters in one argument, getopt_long() is still at it */
	const char *argument = argv[optind - 1];
	bool in_next = optopt > 0 && optopt < 256 && program_is_cluster(argv[optind], optopt);
	bool is_letter = in_next ||
	    (optopt > 0 && optopt < 256 && program_is_cluster(argument, optopt));
	char letter[3] = { '-', (char)optopt, '\0' };
	const char *name = is_letter ? letter : argument;

	if (is_letter && c != ':' && strlen(in_next ? argv[optind] : argument) > 2)
		errx(2, "unknown or misused option '%s' in '%s'; see %s --help%s", letter,
		    in_next ? argv[optind] : argument, program_invocation_short_name, hint);
	errx(2, "%s '%s'; see %s --help%s",
	    c == ':' ? "a value is missing after" : "unknown or misused option", name,
	    program_invocation_short_name, hint);
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
