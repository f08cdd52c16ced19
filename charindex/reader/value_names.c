/* value_names.c - a bit for each value that names are hashed to. Comparing each query with the names of all
 * blocks and scripts was a quarter of what was left of a wide answer's cost. */
#include "value_names.h"

#include <stdlib.h>

#include "lazy.h"
#include "property_name.h"

/* Queries that are compared with all names before there are bits, which take as long to make; and bits
 * for each name. */
#define PATIENCE 4
#define BITS_OF_NAME 8

bool
property_name_at(const struct charindex *ci, uint32_t n, struct property_name *out)
{
	const struct format_value *entry = extra_section(ci, SECTION_VALUES);

	if (n >= extra_entries(ci, SECTION_VALUES))
		return false;
	entry += n;
	*out = (struct property_name){
		.property = le16toh(entry->property),
		.value = le16toh(entry->value),
		.text = extra_text(ci, SECTION_VALUE_NAMES, le32toh(entry->name_offset),
		    le16toh(entry->name_length)),
	};
	return true;
}

/* ---- names that none has -------------------------------------------------------------------- */

struct value_names {
	uint32_t count; /* of bits */
	uint64_t bits[];
};

static uint32_t
place_of(const struct value_names *names, unsigned property, const char *text, size_t length)
{
	return (uint32_t)((property_name_hash(text, length) + property) % names->count);
}

static void *
make(const void *arg)
{
	const struct charindex *ci = arg;
	uint32_t count = BITS_OF_NAME * extra_entries(ci, SECTION_VALUES) + 1;
	struct value_names *made =
	    calloc(1, sizeof(*made) + (count / 64 + (size_t)1) * sizeof(made->bits[0]));
	struct property_name name;

	if (made == NULL)
		return NULL;
	made->count = count;
	for (uint32_t n = 0; property_name_at(ci, n, &name); n++) {
		uint32_t at = place_of(made, name.property, name.text.bytes, name.text.length);

		made->bits[at / 64] |= (uint64_t)1 << at % 64;
	}
	return made;
}

bool
property_may_have_name(const struct charindex *ci, unsigned property, const char *text,
    size_t length)
{
	const struct value_names *names =
	    lazy_get(ci->lazy, LAZY_VALUE_NAMES, LAZY_NAMES, PATIENCE, make, ci);
	uint32_t at;

	if (names == NULL)
		return true;
	at = place_of(names, property, text, length);
	return (names->bits[at / 64] >> at % 64 & 1) != 0;
}
