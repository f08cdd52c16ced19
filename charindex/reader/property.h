/* property.h - the properties of code points in an open index, and which have a value. */
#ifndef CHARINDEX_PROPERTY_H
#define CHARINDEX_PROPERTY_H

#include "extra.h"

/* The value of a code point's property, in words; empty if there is none. */
struct charindex_text property_text(const struct charindex *ci, enum charindex_property property,
    uint32_t code_point);

/* The number of the entry of PROP that a code point belongs to; of those after it, the next. */
uint32_t property_entry(const struct charindex *ci, uint32_t code_point);

/* The value that entry `n` of PROP says, if there is such an entry. */
uint32_t property_value(const struct charindex *ci, enum charindex_property property, uint32_t n);

/* The first code point of entry `n`; 0x110000 if there is none. */
uint32_t property_begin(const struct charindex *ci, uint32_t n);

/* What a value is called, of whatever has names in PVAL; empty if it is not called anything. */
struct charindex_text property_value_name(const struct charindex *ci, unsigned property,
    uint32_t value);

/* The value of this name, loosely matched (UAX44-LM3): false if there is none. */
bool property_find_value(const struct charindex *ci, unsigned property, const char *text,
    size_t length, uint32_t *value);

/* Is the value of entry `n` one of those that the filter asks for? */
bool property_filter_holds(const struct charindex *ci, const struct charindex_filter *filter,
    uint32_t n);

#endif
