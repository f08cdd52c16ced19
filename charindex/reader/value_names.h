/* value_names.h - what the values of properties are called, and what none is, as most queries are not. */
#ifndef CHARINDEX_VALUE_NAMES_H
#define CHARINDEX_VALUE_NAMES_H

#include "extra.h"

/* A name in PVAL. */
struct property_name {
	uint32_t property, value;
	struct charindex_text text;
};

/* The name with number `n`: false if there are no more. */
bool property_name_at(const struct charindex *ci, uint32_t n, struct property_name *out);

/* May a value of the property be called so, loosely matched (UAX44-LM3)? If not, none is. */
bool property_may_have_name(const struct charindex *ci, unsigned property, const char *text,
    size_t length);

#endif
