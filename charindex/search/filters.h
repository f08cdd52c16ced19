/* filters.h - which rows the filters of an answer leave. */
#ifndef CHARINDEX_FILTERS_H
#define CHARINDEX_FILTERS_H

#include "property.h"

/* The filters of an answer, asked of one code point after another: those beside each other mostly
 * have the same properties. */
struct filters {
	const struct charindex *ci;
	const struct charindex_filter *list;
	uint32_t count;
	int but;                    /* a property whose filters are passed over; -1: none */
	uint32_t entry, begin, end; /* of PROP, the one that was needed last; end 0: none yet */
	bool sequence, hold;        /* for that */
};

/* Looks up a hit: sets `entry`, and `hold` if, of each property, one of the filters does. A sequence
 * has no age, and the other properties of its first code point. */
void filters_look_up(struct filters *filters, const struct charindex_hit *hit);

#endif
