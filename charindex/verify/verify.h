/* verify.h - the deep check of what goes beyond the names (FORMAT.md). Each finds whether its
 * sections say what mkcharindex would have them say, as far as that can be told from the file. */
#ifndef CHARINDEX_VERIFY_H
#define CHARINDEX_VERIFY_H

#include "extra.h"

bool verify_extra_rows(const struct charindex *ci);
bool verify_ranks(const struct charindex *ci);
bool verify_properties(const struct charindex *ci);
bool verify_blocks(const struct charindex *ci);
bool verify_binary(const struct charindex *ci);
bool verify_references(const struct charindex *ci);
bool verify_traits(const struct charindex *ci);
bool verify_relations(const struct charindex *ci);
bool verify_dictionaries(const struct charindex *ci);

/* Are the bytes UTF-8 without control characters? */
bool verify_is_text(struct charindex_text text);

#endif
