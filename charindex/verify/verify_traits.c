/* verify_traits.c - the deep check of traits and relations. */
#include <stdlib.h>

#include "property.h"
#include "relation.h"
#include "trait.h"
#include "value_names.h"
#include "verify.h"

/* ---- traits --------------------------------------------------------------------------------- */

/* The lists lie one after the other, and are all of the section. */
static bool
is_directory_right(const struct charindex *ci)
{
	const uint32_t *directory = extra_section(ci, SECTION_TRAIT_DIRECTORY);
	uint32_t count = extra_entries(ci, SECTION_TRAIT_DIRECTORY);

	if (count == 0)
		return extra_entries(ci, SECTION_TRAITS) == 0;
	if (count != CHARINDEX_TRAIT_COUNT + 1 || le32toh(directory[0]) != 0)
		return false;
	for (uint32_t n = 1; n < count; n++)
		if (le32toh(directory[n]) < le32toh(directory[n - 1]))
			return false;
	return le32toh(directory[count - 1]) == extra_entries(ci, SECTION_TRAITS);
}

/* Sets which values have names. */
static struct trait_values
named_values(const struct charindex *ci, enum charindex_trait trait)
{
	struct trait_values named = { .bits = { 1 } };
	struct property_name name;

	for (uint32_t n = 0; property_name_at(ci, n, &name); n++)
		if (name.property == FORMAT_TRAIT_NAMES + trait && name.value <= TRAIT_MAX_VALUE)
			named.bits[name.value / 64] |= (uint64_t)1 << name.value % 64;
	return named;
}

/* Runs ascend, each has another value than the one before, and all values have names. */
static bool
are_runs_right(const struct charindex *ci, enum charindex_trait trait)
{
	struct trait_values named = named_values(ci, trait);
	struct trait_runs runs = trait_runs(ci, trait);

	for (uint32_t n = runs.begin; n < runs.end; n++)
		if (trait_run_first(&runs, n) > 0x10FFFF ||
		    !trait_values_have(&named, trait_run_value(&runs, n)) ||
		    (n > runs.begin && trait_run_first(&runs, n) <= trait_run_first(&runs, n - 1)))
			return false;
	return true;
}

bool
verify_traits(const struct charindex *ci)
{
	if (!is_directory_right(ci))
		return false;
	for (unsigned trait = 0; trait < CHARINDEX_TRAIT_COUNT; trait++)
		if (!are_runs_right(ci, (enum charindex_trait)trait))
			return false;
	return true;
}

/* ---- relations ------------------------------------------------------------------------------ */

/* The code points of an entry are there: adds those of RELC to *listed. */
static bool
are_codes_right(const struct charindex *ci, uint32_t entry, uint32_t *listed)
{
	uint32_t codes[RELATION_MAX_CODES];
	size_t count = relation_to(ci, entry, codes, RELATION_MAX_CODES);

	if (count == 0 || count > RELATION_MAX_CODES)
		return false;
	for (size_t i = 0; i < count; i++)
		if (codes[i] > 0x10FFFF)
			return false;
	*listed += count > 1 ? (uint32_t)count : 0;
	return true;
}

bool
verify_relations(const struct charindex *ci)
{
	const struct format_relation *entries = extra_section(ci, SECTION_RELATIONS);
	uint32_t count = extra_entries(ci, SECTION_RELATIONS), listed = 0;

	for (uint32_t n = 0; n < count; n++)
		if (relation_from(ci, n) > 0x10FFFF ||
		    le32toh(entries[n].kind_code) >> RELATION_CODE_BITS >= CHARINDEX_RELATION_COUNT ||
		    (n > 0 && le32toh(entries[n].kind_code) <= le32toh(entries[n - 1].kind_code)) ||
		    !are_codes_right(ci, n, &listed))
			return false;
	return listed == extra_entries(ci, SECTION_RELATED_CODES);
}
