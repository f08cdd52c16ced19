/* rarity_tables.c - emoji, decompositions and what people search for. */
#include "rarity_tables.h"

#include <string.h>

static void
read_emoji(struct reading *reading)
{
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->directory, "emoji.tsv",
	        "code\tpresentation\tgroup\tsubgroup\torder"))
		return;
	while (tsv_next(&tsv))
		rarity_builder_emoji(&reading->rarity, reading_must_find_row(reading, &tsv, tsv.columns[0]),
		    strcmp(tsv.columns[1], "emoji") == 0);
	tsv_close(&tsv);
}

/* Whatever is not canonical is a form of something else; but what has a circle is looked for with it. */
static void
read_decompositions(struct reading *reading)
{
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->directory, "decompositions.tsv", "code\ttype\tcodes"))
		return;
	while (tsv_next(&tsv)) {
		uint32_t row = reading_must_find_row(reading, &tsv, tsv.columns[0]);

		if (strcmp(tsv.columns[1], "canonical") != 0 && strcmp(tsv.columns[1], "circle") != 0)
			rarity_builder_form(&reading->rarity, row);
	}
	tsv_close(&tsv);
}

static void
read_popular(struct reading *reading)
{
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->directory, "popular.tsv", "code\tname"))
		return;
	while (tsv_next(&tsv))
		rarity_builder_popular(&reading->rarity,
		    reading_must_find_row(reading, &tsv, tsv.columns[0]));
	tsv_close(&tsv);
}

void
rarity_tables_read(struct reading *reading)
{
	read_emoji(reading);
	read_decompositions(reading);
	read_popular(reading);
}
