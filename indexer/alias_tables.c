/* alias_tables.c - what characters and sequences are also called, in one dictionary. */
#include "alias_tables.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "row_tables.h"
#include "synonym_table.h"

static void
read_aliases(struct reading *reading)
{
	/* clang-format off */
	static const enum charindex_record_kind kinds[] = {
		CHARINDEX_RECORD_CORRECTION, CHARINDEX_RECORD_CONTROL, CHARINDEX_RECORD_ALTERNATE,
		CHARINDEX_RECORD_FIGMENT, CHARINDEX_RECORD_ABBREVIATION, CHARINDEX_RECORD_INFORMAL,
	};
	/* clang-format on */
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->directory, ALIASES))
		return;
	while (tsv_next(&tsv)) {
		uint32_t row = reading_must_find_row(reading, &tsv, tsv.columns[0]);

		reading_add(reading, row,
		    reading_kind(&tsv, tsv.columns[2], kinds, sizeof(kinds) / sizeof(kinds[0])),
		    tsv.columns[1]);
	}
	tsv_close(&tsv);
}

static void
read_entities(struct reading *reading)
{
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->directory, ENTITIES))
		return;
	while (tsv_next(&tsv)) {
		uint32_t row = reading_must_find_row(reading, &tsv, tsv.columns[1]);

		reading_add(reading, row, CHARINDEX_RECORD_ENTITY, tsv.columns[0]);
		rarity_builder_entity(&reading->rarity, row);
	}
	tsv_close(&tsv);
}

/* The flag of a region spells its code, "FR", in regional indicators. */
static void
add_region(struct reading *reading, const struct tsv *tsv, uint32_t row)
{
	enum { REGIONAL_INDICATOR_A = 0x1F1E6 };
	uint32_t codes[CHARINDEX_MAX_CODES], count = tsv_code_points(tsv, tsv->columns[0], codes);
	char region[CHARINDEX_MAX_CODES + 1] = "";

	for (uint32_t i = 0; i < count; i++) {
		uint32_t letter = codes[i] - REGIONAL_INDICATOR_A;

		if (letter >= 26)
			tsv_fail(tsv, "the flag is not spelt in regional indicators");
		region[i] = (char)('A' + letter);
	}
	reading_add(reading, row, CHARINDEX_RECORD_ABBREVIATION, region);
}

static void
read_sequence_names(struct reading *reading)
{
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->directory, SEQUENCES))
		return;
	while (tsv_next(&tsv)) {
		uint32_t row = reading_must_find_row(reading, &tsv, tsv.columns[0]);

		reading_add(reading, row, CHARINDEX_RECORD_SEQUENCE, tsv.columns[1]);
		if (strcmp(tsv.columns[2], "flag") == 0)
			add_region(reading, &tsv, row);
	}
	tsv_close(&tsv);
}

/* Those that only entities make sequences of have no other table to be named in. */
static void
add_pair_names(struct reading *reading)
{
	for (uint32_t i = 0; i < reading->extras.count; i++) {
		const struct extra *extra = &reading->extras.list[i];

		if (extra->is_pair)
			reading_add(reading, extra->row, CHARINDEX_RECORD_SEQUENCE, extra->name);
	}
}

void
alias_tables_read(struct reading *reading)
{
	char *synonyms;

	if (asprintf(&synonyms, "%s/synonyms.tsv", reading->directory) < 0)
		errx(1, "out of memory");
	dictionary_builder_begin(&reading->dictionary, DICTIONARY_ALIASES, "");
	read_aliases(reading);
	read_entities(reading);
	read_sequence_names(reading);
	add_pair_names(reading);
	synonym_table_read(reading, synonyms, true);
	if (reading->synonyms != NULL)
		synonym_table_read(reading, reading->synonyms, false);
	free(synonyms);
	reading_end_dictionary(reading);
}
