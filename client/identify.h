/* identify.h - what the characters of standard input are. */
#ifndef IDENTIFY_H
#define IDENTIFY_H

#include "print.h"

/* Prints a row for each character of standard input, line feeds apart, and for each byte that is
 * no part of one, and then a status. Of the settings, only the page counts. Returns whether
 * there was a row on it. */
bool identify_standard_input(const struct printer *printer,
    const struct charindex_settings *settings);

/* The same for each character once, and each such byte, with how often it is there, and where first. */
bool summarize_standard_input(const struct printer *printer,
    const struct charindex_settings *settings);

#endif
