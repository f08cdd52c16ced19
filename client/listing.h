/* listing.h - what blocks, scripts, categories, languages and properties there are (--list). */
#ifndef LISTING_H
#define LISTING_H

#include "options.h"
#include "print.h"

/* Prints the list, an entry on each line, and how many there are. */
void listing_print(const struct printer *printer, enum listing listing);

#endif
