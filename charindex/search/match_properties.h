/* match_properties.h - rows by property and flag. All clauses of an alternative are looked at together,
 * so that many of them cost hardly more than one. The score is that of rows in which no word has been
 * found. */
#ifndef CHARINDEX_MATCH_PROPERTIES_H
#define CHARINDEX_MATCH_PROPERTIES_H

#include "match.h"
#include "query_tree.h"

/* Finds the rows for which all filters of an alternative hold, those that are negated turned round:
 * false if it has no filters. */
bool match_filters(struct match *match, const struct query *query, uint32_t alternative);

/* The same of one filter. */
void match_filter(struct match *match, const struct charindex_filter *filter);

/* The same of the flags of an alternative, is:emoji and others. */
bool match_flags(struct match *match, const struct query *query, uint32_t alternative);

#endif
