/* check_set.h - is a set safe to walk through? */
#ifndef CHARINDEX_CHECK_SET_H
#define CHARINDEX_CHECK_SET_H

#include "index.h"

/* Checks the set at *place and goes on to what is behind it. False if its levels do not lie one after the
 * other inside SETS, or have bits for rows that are not there. The index has rows. */
bool check_set(const struct charindex *ci, uint64_t *place);

#endif
