/* search_link.h - the address of a search, and of what is a step away from it: another page of its
 * rows, the same narrowed by a filter, or without one. */
#ifndef SEARCH_LINK_H
#define SEARCH_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "charindex.h"

struct exchange;
struct text;

/* What is different there. All zero: nothing, from the first row on. */
struct search_step {
	uint64_t from;  /* number of its first row */
	bool filter;    /* the only filter of `property` is `value` */
	bool no_filter; /* there is no filter of `property` */
	enum charindex_property property;
	struct charindex_text value;
	struct charindex_text query; /* instead of that of the search, if it has any bytes */
	bool no_filters;             /* there are none at all */
};

/* Adds the query string of the search of the exchange, from the name of its parameter on, with
 * what it says of filters, mode and language. `and` is what separates parameters: "&", or "&amp;"
 * in HTML. */
void search_link(struct text *out, const struct exchange *exchange, const struct search_step *step,
    const char *and);

#endif
