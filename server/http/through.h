/* through.h - the keyword, alias or other text through which a row has been found. */
#ifndef THROUGH_H
#define THROUGH_H

#include <stdbool.h>

#include "charindex.h"

struct exchange;

/* Finds the record of the row in which most words of the query stand: in English, in the languages
 * that have been chosen, or in any if it was found so. False if there is none: it was found by its
 * name, or by something that is written otherwise in the query. */
bool through_find(const struct exchange *exchange, const struct charindex_hit *hit,
    struct charindex_record *record);

#endif
