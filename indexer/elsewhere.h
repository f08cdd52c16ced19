/* elsewhere.h - tables of what characters are called elsewhere (data/README.md), read into
 * dictionaries. */
#ifndef CHARINDEX_ELSEWHERE_H
#define CHARINDEX_ELSEWHERE_H

#include "reading.h"

/* Make a dictionary each of names.tsv and crowd.tsv, if they are there. */
void elsewhere_names(struct reading *reading);
void elsewhere_crowd(struct reading *reading);

#endif
