/* through.h - the keyword, alias or other text through which a row has been found. */
#ifndef THROUGH_H
#define THROUGH_H

#include <stdbool.h>

#include "charindex.h"

struct search;

/* Finds the record of the row, in English or in the language that has been chosen, in which most
 * words of the query stand. False if there is none: it was found by its name, or by something that
 * is written otherwise in the query. */
bool through_find(const struct charindex *ci, const struct search *search,
    const struct charindex_hit *hit, struct charindex_record *record);

#endif
