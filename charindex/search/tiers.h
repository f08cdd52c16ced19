/* tiers.h - what a query is answered with where the seed's rule has no rows, or is not asked. */
#ifndef CHARINDEX_TIERS_H
#define CHARINDEX_TIERS_H

#include "found.h"
#include "query.h"

struct tiers {
	const struct charindex *ci;
	const struct charindex_settings *settings;
	const struct query *query;
	const char *text; /* of the query; of a plain one, without its settings */
	size_t length;
	const char *whole; /* with all that there is */
	size_t whole_length;
	struct charindex_found *found; /* what is filled */
};

/* Each returns false if there is no memory; `found` says what has been found. */

/* A plain query, by the first tier that has rows. */
bool tiers_auto(const struct tiers *tiers);

/* A plain query, by all sources at once, best first. */
bool tiers_wide(const struct tiers *tiers);

/* A query with operators. */
bool tiers_query(const struct tiers *tiers);

/* The rows of the seed's rule as found ones, so that they can be paged. */
bool tiers_classic(const struct tiers *tiers);

#endif
