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
properties_builder_release(struct properties_builder *properties)
{
	for (int i = 0; i < CHARINDEX_PROPERTY_COUNT; i++) {
		for (unsigned n = 0; n < properties->values[i].count; n++)
			free(properties->values[i].names[n]);
		free(properties->values[i].names);
	}
	*properties = (struct properties_builder){ 0 };
}

/* The number of a value, a new one if need be. */
static unsigned
value_number(struct value_names *values, const char *name)
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
	unsigned script = value_number(&names[CHARINDEX_PROPERTY_SCRIPT], values->script);
	unsigned block = value_number(&names[CHARINDEX_PROPERTY_BLOCK], values->block);
	unsigned age = value_number(&names[CHARINDEX_PROPERTY_AGE], values->age);
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

static bool
match(const char *a, const char *b)
{
	return property_names_match(a, strlen(a), b, strlen(b));
}

/* The value that one of the names in columns 1 to 3 is the name of; UINT_MAX if none is. */
static unsigned
find_value(const struct properties_builder *properties, unsigned property, char *const *columns)
{
	const struct value_names *values = &properties->values[property];

	if (property == CHARINDEX_PROPERTY_CATEGORY) {
		for (unsigned n = 0; n < U_CHAR_CATEGORY_COUNT; n++)
			if (strcmp(category_table[n].code, columns[1]) == 0)
				return n;
	}
	for (unsigned n = 0; n < values->count; n++)
		if (match(values->names[n], columns[1]) || match(values->names[n], columns[2]))
			return n + 1;
	return UINT32_MAX;
}

static void
add_aliases(struct properties_builder *properties, unsigned property, char **columns)
{
	unsigned value = find_value(properties, property, columns);
	char *rest = columns[3], *name;

	if (value == UINT32_MAX)
		return;
	for (int i = 1; i <= 2; i++)
		if (*columns[i] != '\0')
			properties_builder_name(properties, property, value, columns[i]);
	while ((name = strsep(&rest, " ")) != NULL)
		if (*name != '\0')
			properties_builder_name(properties, property, value, name);
}

void
properties_builder_finish(struct properties_builder *properties, const char *directory)
{
	static const char *const short_names[CHARINDEX_PROPERTY_COUNT] = {
		[CHARINDEX_PROPERTY_CATEGORY] = "gc",
		[CHARINDEX_PROPERTY_SCRIPT] = "sc",
		[CHARINDEX_PROPERTY_BLOCK] = "blk",
		[CHARINDEX_PROPERTY_AGE] = "age",
	};
	struct tsv tsv;

	for (unsigned n = 0; n < U_CHAR_CATEGORY_COUNT; n++)
		properties_builder_name(properties, CHARINDEX_PROPERTY_CATEGORY, n, category_table[n].code);
	for (unsigned i = CHARINDEX_PROPERTY_SCRIPT; i < CHARINDEX_PROPERTY_COUNT; i++)
		for (unsigned n = 0; n < properties->values[i].count; n++)
			properties_builder_name(properties, i, n + 1, properties->values[i].names[n]);
	if (!tsv_open(&tsv, directory, "properties.tsv", "property\tshort\tlong\tother"))
		return;
	while (tsv_next(&tsv))
		for (unsigned i = 0; i < CHARINDEX_PROPERTY_COUNT; i++)
			if (strcmp(tsv.columns[0], short_names[i]) == 0)
				add_aliases(properties, i, tsv.columns);
	tsv_close(&tsv);
}
