/* properties_builder.h - the properties of code points, gathered for the index: what holds from
 * which code point on, and what the values are called (FORMAT.md, "Properties"). */
#ifndef CHARINDEX_PROPERTIES_BUILDER_H
#define CHARINDEX_PROPERTIES_BUILDER_H

#include "builder.h"
#include "charindex.h"

/* NULL for a script, block or age is that of unassigned code points. */
struct property_values {
	uint32_t category; /* ICU's UCharCategory */
	const char *script, *block, *age;
};

/* The names of a property's values, numbered from 1. */
struct value_names {
	char **names; /* owned, as they are */
	unsigned count;
};

/* All zero has none; this frees what there is. */
void value_names_release(struct value_names *values);

/* The number of a value, a new one if need be; 0 for NULL. Ends the program without memory. */
unsigned value_names_number(struct value_names *values, const char *name);

/* All zero, but for the builder that the sections go to, has no properties. */
struct properties_builder {
	struct builder *builder;
	struct value_names values[CHARINDEX_PROPERTY_COUNT];
	struct format_property last;
	bool begun;
};

void properties_builder_release(struct properties_builder *properties);

/* Says that code points from `first` on have these values; for ascending `first`, beginning
 * with 0. False if there are more values than can be numbered. */
bool properties_builder_from(struct properties_builder *properties, uint32_t first,
    const struct property_values *values);

/* Says that value `value` of `property`, as PVAL numbers them, is called `name` too. */
void properties_builder_name(struct properties_builder *properties, unsigned property,
    unsigned value, const char *name);

/* Names all values. */
void properties_builder_finish(struct properties_builder *properties);

/* Adds the aliases of properties.tsv in `directory`, if it is there, to all that has been named: of
 * traits too (traits_builder.h). */
void properties_builder_aliases(struct properties_builder *properties, const char *directory);

#define PROPERTIES_TSV_HEADING "property\tshort\tlong\tother"

/* Puts all names that have been added in the order of their properties. */
void properties_builder_sort(struct properties_builder *properties);

#endif
