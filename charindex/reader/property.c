/* property.c - hides how properties are looked up and their values' names are matched. */
#include "property.h"

#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>

#include "ascii.h"
#include "lower_bound.h"
#include "property_name.h"
#include "value_names.h"

static const struct format_property *
entry_at(const struct charindex *ci, uint32_t n)
{
	return (const struct format_property *)extra_section(ci, SECTION_PROPERTIES) + n;
}

uint32_t
property_entry(const struct charindex *ci, uint32_t code_point)
{
	uint32_t after = 1, count = extra_entries(ci, SECTION_PROPERTIES);

	/* the first entry begins at U+0000 */
	LOWER_BOUND(after, count, i, le32toh(entry_at(ci, i)->first) <= code_point);
	return after - 1;
}

uint32_t
property_begin(const struct charindex *ci, uint32_t n)
{
	return n < extra_entries(ci, SECTION_PROPERTIES) ? le32toh(entry_at(ci, n)->first) : 0x110000;
}

uint32_t
property_value(const struct charindex *ci, enum charindex_property property, uint32_t n)
{
	const struct format_property *entry;

	if (n >= extra_entries(ci, SECTION_PROPERTIES))
		return 0;
	entry = entry_at(ci, n);
	switch (property) {
	case CHARINDEX_PROPERTY_CATEGORY:
		return entry->category;
	case CHARINDEX_PROPERTY_SCRIPT:
		return le16toh(entry->script);
	case CHARINDEX_PROPERTY_BLOCK:
		return le16toh(entry->block);
	case CHARINDEX_PROPERTY_AGE:
		return entry->age;
	case CHARINDEX_PROPERTY_COUNT:
		break;
	}
	return 0;
}

/* The first name of a property's values, or of those of one behind it. */
static uint32_t
first_name(const struct charindex *ci, unsigned property)
{
	const struct format_value *entries = extra_section(ci, SECTION_VALUES);
	uint32_t n = 0, count = extra_entries(ci, SECTION_VALUES);

	LOWER_BOUND(n, count, i, le16toh(entries[i].property) < property);
	return n;
}

struct charindex_text
property_value_name(const struct charindex *ci, unsigned property, uint32_t value)
{
	const struct format_value *entries = extra_section(ci, SECTION_VALUES);
	uint32_t count = extra_entries(ci, SECTION_VALUES);
	struct property_name name;

	for (uint32_t n = first_name(ci, property);
	     n < count && le16toh(entries[n].property) == property; n++)
		if (le16toh(entries[n].value) == value && property_name_at(ci, n, &name))
			return name.text;
	return (struct charindex_text){ "", 0 };
}

struct charindex_text
property_text(const struct charindex *ci, enum charindex_property property, uint32_t code_point)
{
	return property_value_name(ci, property,
	    property_value(ci, property, property_entry(ci, code_point)));
}

/* Most names are ruled out by a look at where they begin, before they are matched. */
static bool
may_match(const struct charindex_text *name, char begin)
{
	return name->length > 0 &&
	    (ascii_lower(name->bytes[0]) == begin || !ascii_is_letter(name->bytes[0]));
}

bool
property_find_value(const struct charindex *ci, unsigned property, const char *text, size_t length,
    uint32_t *value)
{
	char begin = length > 0 ? ascii_lower(text[0]) : '\0';
	bool any_begin = !ascii_is_letter(begin);
	struct property_name name;

	if (!property_may_have_name(ci, property, text, length))
		return false;
	for (uint32_t n = first_name(ci, property);
	     property_name_at(ci, n, &name) && name.property == property; n++)
		if ((any_begin || may_match(&name.text, begin)) &&
		    property_names_match(name.text.bytes, name.text.length, text, length)) {
			*value = name.value;
			return true;
		}
	return false;
}

/* ---- filters ------------------------------------------------------------------------ */

/* UAX #44, table 12: the values that stand for several. */
static const struct {
	const char *names[3];
	uint32_t mask;
} category_groups[] = {
	{ { "LC", "Cased_Letter" }, U_GC_LC_MASK },
	{ { "L", "Letter" }, U_GC_L_MASK },
	{ { "M", "Mark", "Combining_Mark" }, U_GC_M_MASK },
	{ { "N", "Number" }, U_GC_N_MASK },
	{ { "P", "Punctuation", "punct" }, U_GC_P_MASK },
	{ { "S", "Symbol" }, U_GC_S_MASK },
	{ { "Z", "Separator" }, U_GC_Z_MASK },
	{ { "C", "Other" }, U_GC_C_MASK },
};

static bool
find_group(const char *text, size_t length, uint64_t *mask)
{
	for (size_t i = 0; i < sizeof(category_groups) / sizeof(category_groups[0]); i++)
		for (int n = 0; n < 3 && category_groups[i].names[n] != NULL; n++)
			if (property_names_match(category_groups[i].names[n],
			        strlen(category_groups[i].names[n]), text, length)) {
				*mask = category_groups[i].mask;
				return true;
			}
	return false;
}

/* Versions as numbers: 15.1 is 0x0F01. Zero if it is none. */
static unsigned
version_number(const char *text, size_t length)
{
	unsigned part[2] = { 0, 0 };
	size_t n = 0;

	for (size_t i = 0; i < length; i++) {
		if (text[i] == '.' && n == 0 && i > 0)
			n = 1;
		else if (ascii_is_digit(text[i]) && part[n] < 100)
			part[n] = part[n] * 10 + (unsigned)(text[i] - '0');
		else
			return 0;
	}
	return part[0] << 8 | (part[1] & 0xFF);
}

/* Ages are numbered as they came, so that each that is asked for has a bit. */
static bool
find_ages(const struct charindex *ci, const char *text, size_t length,
    struct charindex_filter *filter)
{
	static const char *const operators[] = { ">=", "<=", ">", "<", "=", "" };
	size_t op = 0;
	unsigned wanted;
	struct property_name name;

	while (
	    length < strlen(operators[op]) || memcmp(text, operators[op], strlen(operators[op])) != 0)
		op++;
	text += strlen(operators[op]);
	length -= strlen(operators[op]);
	wanted = version_number(text, length);
	filter->mask = 0;
	for (uint32_t n = 0; wanted > 0 && property_name_at(ci, n, &name); n++) {
		unsigned version;

		if (name.property != CHARINDEX_PROPERTY_AGE || name.value >= 64)
			continue;
		version = version_number(name.text.bytes, name.text.length);
		if (version == 0)
			continue;
		if ((op == 0 && version >= wanted) || (op == 1 && version <= wanted) ||
		    (op == 2 && version > wanted) || (op == 3 && version < wanted) ||
		    (op >= 4 && version == wanted))
			filter->mask |= (uint64_t)1 << name.value;
	}
	return filter->mask != 0;
}

bool
charindex_read_filter(const struct charindex *ci, enum charindex_property property,
    const char *text, size_t length, struct charindex_filter *filter)
{
	uint32_t value;

	*filter = (struct charindex_filter){ .property = property };
	if (property == CHARINDEX_PROPERTY_AGE)
		return find_ages(ci, text, length, filter);
	if (property == CHARINDEX_PROPERTY_CATEGORY && find_group(text, length, &filter->mask))
		return true;
	if (!property_find_value(ci, property, text, length, &value))
		return false;
	if (property == CHARINDEX_PROPERTY_CATEGORY)
		filter->mask = (uint64_t)1 << (value & 63);
	filter->value = value;
	return true;
}

bool
property_filter_holds(const struct charindex *ci, const struct charindex_filter *filter, uint32_t n)
{
	uint32_t value = property_value(ci, filter->property, n);

	if (filter->property == CHARINDEX_PROPERTY_CATEGORY ||
	    filter->property == CHARINDEX_PROPERTY_AGE)
		return value < 64 && (filter->mask >> value & 1) != 0;
	return value == filter->value;
}
