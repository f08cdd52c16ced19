/* traits_builder.c - hides how values are numbered, and how runs end. */
#include "traits_builder.h"

#include <err.h>
#include <stdlib.h>

void
traits_builder_release(struct traits_builder *traits)
{
	for (int i = 0; i < CHARINDEX_TRAIT_COUNT; i++) {
		value_names_release(&traits->values[i]);
		buffer_release(&traits->runs[i]);
	}
	*traits = (struct traits_builder){ 0 };
}

static void
append(struct buffer *runs, uint32_t first, uint32_t value)
{
	buffer_append_u32(runs, first | value << TRAIT_CODE_BITS);
}

bool
traits_builder_add(struct traits_builder *traits, enum charindex_trait trait, uint32_t first,
    uint32_t last, const char *value)
{
	unsigned number = value_names_number(&traits->values[trait], value);
	struct buffer *runs = &traits->runs[trait];
	uint32_t *next = &traits->next_code[trait];

	if (first < *next || number > TRAIT_MAX_VALUE)
		return false;
	if (first > *next && runs->length > 0)
		append(runs, *next, 0);
	append(runs, first, number);
	*next = last + 1;
	return true;
}

void
traits_builder_finish(struct traits_builder *traits, struct properties_builder *properties)
{
	struct buffer *section = properties->builder->section;
	uint32_t count = 0;

	for (unsigned trait = 0; trait < CHARINDEX_TRAIT_COUNT; trait++) {
		struct buffer *runs = &traits->runs[trait];
		const struct value_names *values = &traits->values[trait];

		if (runs->length > 0 && traits->next_code[trait] <= 0x10FFFF)
			append(runs, traits->next_code[trait], 0);
		if (runs->failed)
			errx(1, "out of memory");
		buffer_append_u32(&section[SECTION_TRAIT_DIRECTORY], count);
		buffer_append(&section[SECTION_TRAITS], runs->bytes, runs->length);
		count += (uint32_t)(runs->length / sizeof(uint32_t));
		for (unsigned n = 0; n < values->count; n++)
			properties_builder_name(properties, FORMAT_TRAIT_NAMES + trait, n + 1,
			    values->names[n]);
	}
	buffer_append_u32(&section[SECTION_TRAIT_DIRECTORY], count);
}
