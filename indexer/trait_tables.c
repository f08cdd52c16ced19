/* trait_tables.c - which traits the tables tell of. */
#include "trait_tables.h"

#include <string.h>

#include "traits_builder.h"
#include "tsv.h"

static void
add(struct traits_builder *traits, const struct tsv *tsv, enum charindex_trait trait,
    const char *value)
{
	uint32_t first, last;

	tsv_range(tsv, tsv->columns[0], &first, &last);
	if (*value == '\0')
		tsv_fail(tsv, "the value is empty");
	if (!traits_builder_add(traits, trait, first, last, value))
		tsv_fail(tsv, "the code points do not ascend, or the property has more than 2047 values");
}

static enum charindex_trait
trait_of(const struct tsv *tsv)
{
	static const char *const names[CHARINDEX_TRAIT_COUNT] = {
		[CHARINDEX_TRAIT_WIDTH] = "ea",
		[CHARINDEX_TRAIT_BIDI] = "bc",
		[CHARINDEX_TRAIT_COMBINING] = "ccc",
		[CHARINDEX_TRAIT_EXTENSIONS] = "scx",
		[CHARINDEX_TRAIT_NUMERIC] = "nv",
		[CHARINDEX_TRAIT_DECOMPOSITION] = "dt",
		[CHARINDEX_TRAIT_STROKES] = "kTotalStrokes",
		[CHARINDEX_TRAIT_RADICAL] = "kRSUnicode",
	};

	for (unsigned i = 0; i < CHARINDEX_TRAIT_COUNT; i++)
		if (strcmp(names[i], tsv->columns[1]) == 0)
			return (enum charindex_trait)i;
	tsv_fail(tsv, "the property is not known");
}

void
trait_tables_read(struct properties_builder *properties, const char *directory)
{
	struct traits_builder traits = { 0 };
	struct tsv tsv;

	if (tsv_open(&tsv, directory, "traits.tsv", "code\tproperty\tvalue")) {
		while (tsv_next(&tsv))
			add(&traits, &tsv, trait_of(&tsv), tsv.columns[2]);
		tsv_close(&tsv);
	}
	if (tsv_open(&tsv, directory, "decompositions.tsv", "code\ttype\tcodes")) {
		while (tsv_next(&tsv))
			add(&traits, &tsv, CHARINDEX_TRAIT_DECOMPOSITION, tsv.columns[1]);
		tsv_close(&tsv);
	}
	traits_builder_finish(&traits, properties);
	traits_builder_release(&traits);
}
