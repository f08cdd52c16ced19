/* set_walk.h - the rows that are in several sets (FORMAT.md, "Posting lists"). */
#ifndef CHARINDEX_SET_WALK_H
#define CHARINDEX_SET_WALK_H

#include "index.h"

/* The next neighbouring rows that are in all sets of the search, behind those that were found before,
 * and inside those that it is narrowed to. None, 0 to 0, if there are no more; it has no lists then. */
struct format_run set_walk_next(struct charindex_search *search);

/* The same by what every processor has, for tests to compare it with. */
struct format_run set_walk_next_plain(struct charindex_search *search);

#endif
