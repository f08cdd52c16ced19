/* facts.h - what is known of every character, in JSON. */
#ifndef FACTS_H
#define FACTS_H

#include "charindex.h"
#include "members.h"

struct text;

/* The members of properties. */
extern const char *const facts_property_names[CHARINDEX_PROPERTY_COUNT];

/* Adds the members that all forms of a character have in common, without braces. `row` is of
 * `facts`. */
void facts_put(struct members *members, const struct charindex *ci, uint32_t row,
    const struct charindex_row *facts);

#endif
