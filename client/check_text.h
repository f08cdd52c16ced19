/* check_text.h - whether texts have in them what a reader cannot see. */
#ifndef CHECK_TEXT_H
#define CHECK_TEXT_H

#include "print.h"

/* Prints what is found in each of the files, `-` being standard input, which it is also if there are
 * none, and a status. Says on standard error which of them cannot be read, and goes on with the others.
 * Returns the exit status. */
int check_files(const struct printer *printer, char **paths, int count);

#endif
