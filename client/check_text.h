/* check_text.h - whether texts have in them what a reader cannot see. */
#ifndef CHECK_TEXT_H
#define CHECK_TEXT_H

#include "print.h"

/* Prints what is found in each of the files, `-` being standard input, which it is also if there are
 * none, and a status. Returns whether anything was found. Ends the program if one cannot be read. */
bool check_files(const struct printer *printer, char **paths, int count);

#endif
