/* property_name.h - how loosely the names of properties and their values are matched. */
#ifndef CHARINDEX_PROPERTY_NAME_H
#define CHARINDEX_PROPERTY_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Do two names of values match by UAX44-LM3: but for case, spaces, `_` and `-`? */
bool property_names_match(const char *a, size_t a_length, const char *b, size_t b_length);

/* A number that is the same for all names that match. */
uint64_t property_name_hash(const char *text, size_t length);

#endif
