/* sources.c - the order in which tables are read: first what makes rows, then what is said of
 * them. */
#include "sources.h"

#include <err.h>

#include "alias_tables.h"
#include "binary.h"
#include "block_table.h"
#include "definition_tables.h"
#include "elsewhere.h"
#include "keyword_tables.h"
#include "rarity_tables.h"
#include "reference_table.h"
#include "relation_tables.h"
#include "row_tables.h"
#include "trait_tables.h"

void
sources_read(const struct sources *sources, struct builder *builder, uint32_t *unicode_version)
{
	struct reading reading = {
		.directory = sources->directory,
		.languages = sources->languages,
		.synonyms = sources->synonyms,
		.builder = builder,
		.dictionary = { .builder = builder },
	};
	struct properties_builder properties = { .builder = builder };
	struct private_names own = { 0 };
	enum builder_err error;

	if (sources->names != NULL)
		private_names_read(&own, sources->names);
	table_read_characters(sources->directory, builder, &properties, &own, unicode_version,
	    sources->progress);
	block_table_read(&properties, sources->directory);
	properties_builder_finish(&properties);
	trait_tables_read(&properties, sources->directory);
	binary_read(&properties, sources->directory);
	properties_builder_aliases(&properties, sources->directory);
	properties_builder_sort(&properties);
	error = builder_finish(builder);
	if (error != BUILDER_OK)
		errx(1, "%s", builder_strerror(error));
	row_tables_read(&reading);
	extras_builder_finish(&reading.extras, builder);
	rarity_builder_begin(&reading.rarity, builder, &reading.extras);
	alias_tables_read(&reading);
	keyword_tables_read(&reading);
	definition_tables_read(&reading);
	elsewhere_names(&reading);
	elsewhere_crowd(&reading);
	reference_table_read(&reading);
	relation_tables_read(builder, sources->directory);
	rarity_tables_read(&reading);
	rarity_builder_finish(&reading.rarity);
	for (int id = 0; id < SECTION_COUNT; id++)
		if (builder->section[id].failed)
			errx(1, "out of memory");
	extras_builder_release(&reading.extras);
	properties_builder_release(&properties);
	private_names_release(&own);
}
