/* properties_builder.c - hides how values are numbered and how their aliases are found. */
#include "properties_builder.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "category_table.h"
#include "property_name.h"
#include "tsv.h"

void
value_names_release(struct value_names *values)
{
	for (unsigned n = 0; n < values->count; n++)
		free(values->names[n]);
	free(values->names);
}

void
properties_builder_release(struct properties_builder *properties)
{
	for (int i = 0; i < CHARINDEX_PROPERTY_COUNT; i++)
		value_names_release(&properties->values[i]);
	*properties = (struct properties_builder){ 0 };
}

unsigned
value_names_number(struct value_names *values, const char *name)
{
	if (name == NULL)
		return 0;
	for (unsigned n = values->count; n-- > 0;) /* neighbours are alike: the last is likely */
		if (strcmp(values->names[n], name) == 0)
			return n + 1;
	values->names = realloc(values->names, (values->count + 1) * sizeof(*values->names));
	if (values->names == NULL || (values->names[values->count] = strdup(name)) == NULL)
		errx(1, "out of memory");
	return ++values->count;
}

bool
properties_builder_from(struct properties_builder *properties, uint32_t first,
    const struct property_values *values)
{
	struct value_names *names = properties->values;
	unsigned script = value_names_number(&names[CHARINDEX_PROPERTY_SCRIPT], values->script);
	unsigned block = value_names_number(&names[CHARINDEX_PROPERTY_BLOCK], values->block);
	unsigned age = value_names_number(&names[CHARINDEX_PROPERTY_AGE], values->age);
	struct format_property entry = {
		.first = properties->last.first,
		.script = htole16((uint16_t)script),
		.block = htole16((uint16_t)block),
		.category = (uint8_t)values->category,
		.age = (uint8_t)age,
	};

	if (script > UINT16_MAX || block > UINT16_MAX || age > UINT8_MAX)
		return false;
	if (properties->begun && memcmp(&entry, &properties->last, sizeof(entry)) == 0)
		return true;
	properties->begun = true;
	entry.first = htole32(first);
	properties->last = entry;
	buffer_append(&properties->builder->section[SECTION_PROPERTIES], &entry, sizeof(entry));
	return true;
}

void
properties_builder_name(struct properties_builder *properties, unsigned property, unsigned value,
    const char *name)
{
	struct buffer *names = &properties->builder->section[SECTION_VALUE_NAMES];
	struct format_value entry = {
		.property = htole16((uint16_t)property),
		.value = htole16((uint16_t)value),
		.name_offset = htole32((uint32_t)names->length),
		.name_length = htole16((uint16_t)strlen(name)),
	};

	buffer_append(names, name, strlen(name));
	buffer_append(&properties->builder->section[SECTION_VALUES], &entry, sizeof(entry));
}

void
properties_builder_finish(struct properties_builder *properties)
{
	for (unsigned n = 0; n < U_CHAR_CATEGORY_COUNT; n++)
		properties_builder_name(properties, CHARINDEX_PROPERTY_CATEGORY, n, category_table[n].code);
	for (unsigned i = CHARINDEX_PROPERTY_SCRIPT; i < CHARINDEX_PROPERTY_COUNT; i++)
		for (unsigned n = 0; n < properties->values[i].count; n++)
			properties_builder_name(properties, i, n + 1, properties->values[i].names[n]);
}

/* ---- aliases -------------------------------------------------------------------------------- */

/* The first names, which other names are told by. */
struct first_names {
	const struct builder *builder;
	size_t count;
};

static bool
is_called(const struct first_names *names, const struct format_value *value, const char *text)
{
	const unsigned char *bytes = names->builder->section[SECTION_VALUE_NAMES].bytes;

	return property_names_match((const char *)bytes + le32toh(value->name_offset),
	    le16toh(value->name_length), text, strlen(text));
}

/* The value of the property that one of columns 1 and 2 is the name of: NULL if none is. */
static const struct format_value *
find_value(const struct first_names *names, unsigned property, char *const *columns)
{
	const struct format_value *values =
	    (const struct format_value *)names->builder->section[SECTION_VALUES].bytes;

	for (size_t n = 0; n < names->count; n++)
		if (le16toh(values[n].property) == property &&
		    (is_called(names, &values[n], columns[1]) || is_called(names, &values[n], columns[2])))
			return &values[n];
	return NULL;
}

static void
add_aliases(struct properties_builder *properties, const struct first_names *names,
    unsigned property, char **columns)
{
	const struct format_value *found = find_value(names, property, columns);
	char *rest = columns[3], *name;
	unsigned value;

	if (found == NULL)
		return;
	value = le16toh(found->value); /* what is found moves when names are added */
	for (int i = 1; i <= 2; i++)
		if (*columns[i] != '\0')
			properties_builder_name(properties, property, value, columns[i]);
	while ((name = strsep(&rest, " ")) != NULL)
		if (*name != '\0')
			properties_builder_name(properties, property, value, name);
}

void
properties_builder_aliases(struct properties_builder *properties, const char *directory)
{
	static const struct {
		const char *name;
		unsigned property;
	} known[] = {
		{ "gc", CHARINDEX_PROPERTY_CATEGORY },
		{ "sc", CHARINDEX_PROPERTY_SCRIPT },
		{ "blk", CHARINDEX_PROPERTY_BLOCK },
		{ "age", CHARINDEX_PROPERTY_AGE },
		{ "ea", FORMAT_TRAIT_NAMES + CHARINDEX_TRAIT_WIDTH },
		{ "bc", FORMAT_TRAIT_NAMES + CHARINDEX_TRAIT_BIDI },
		{ "ccc", FORMAT_TRAIT_NAMES + CHARINDEX_TRAIT_COMBINING },
		{ "kRSUnicode", FORMAT_TRAIT_NAMES + CHARINDEX_TRAIT_RADICAL },
	};
	const struct first_names names = { properties->builder,
		properties->builder->section[SECTION_VALUES].length / sizeof(struct format_value) };
	struct tsv tsv;

	if (!tsv_open(&tsv, directory, "properties.tsv", PROPERTIES_TSV_HEADING))
		return;
	while (tsv_next(&tsv))
		for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
			if (strcmp(tsv.columns[0], known[i].name) == 0)
				add_aliases(properties, &names, known[i].property, tsv.columns);
	tsv_close(&tsv);
}

/* ---- order --------------------------------------------------------------------------------- */

/* By property; of one, the names as they were added. */
static int
compare_values(const void *a, const void *b)
{
	const struct format_value *left = a, *right = b;
	uint16_t left_property = le16toh(left->property), right_property = le16toh(right->property);
	uint32_t left_offset = le32toh(left->name_offset), right_offset = le32toh(right->name_offset);

	if (left_property != right_property)
		return left_property < right_property ? -1 : 1;
	return left_offset < right_offset ? -1 : left_offset > right_offset;
}

void
properties_builder_sort(struct properties_builder *properties)
{
	struct buffer *values = &properties->builder->section[SECTION_VALUES];
	struct buffer *names = &properties->builder->section[SECTION_VALUE_NAMES], sorted = { 0 };
	struct format_value *entries = (struct format_value *)values->bytes;
	size_t count = values->length / sizeof(*entries);

	if (count == 0)
		return;
	qsort(entries, count, sizeof(*entries), compare_values);
	for (size_t n = 0; n < count; n++) {
		const unsigned char *name = names->bytes + le32toh(entries[n].name_offset);

		entries[n].name_offset = htole32((uint32_t)sorted.length);
		buffer_append(&sorted, name, le16toh(entries[n].name_length));
	}
	buffer_release(names);
	*names = sorted;
}
