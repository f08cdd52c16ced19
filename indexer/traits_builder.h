/* traits_builder.h - the sections of traits and of what names their values (FORMAT.md, TDIR), made from
 * runs of code points. */
#ifndef INDEXER_TRAITS_BUILDER_H
#define INDEXER_TRAITS_BUILDER_H

#include "properties_builder.h"

struct traits_builder {
	struct value_names values[CHARINDEX_TRAIT_COUNT];
	struct buffer runs[CHARINDEX_TRAIT_COUNT];
	uint32_t next_code[CHARINDEX_TRAIT_COUNT]; /* after the last run */
};

/* All zero is empty; this frees what it has. */
void traits_builder_release(struct traits_builder *traits);

/* Says that code points from `first` to `last` have a value, in ascending order for each trait: false
 * if they do not ascend, or if there are too many values. */
bool traits_builder_add(struct traits_builder *traits, enum charindex_trait trait, uint32_t first,
    uint32_t last, const char *value);

/* Adds the sections to the builder of `properties`, and the names of all values. */
void traits_builder_finish(struct traits_builder *traits, struct properties_builder *properties);

#endif
