/* elsewhere.c - what characters are called in other systems, and by the crowd. */
#include "elsewhere.h"

#include <string.h>

void
elsewhere_names(struct reading *reading)
{
	/* clang-format off */
	static const enum charindex_record_kind kinds[] = {
		CHARINDEX_RECORD_LATEX, CHARINDEX_RECORD_SHORTCODE, CHARINDEX_RECORD_KEYSYM,
		CHARINDEX_RECORD_GLYPH, CHARINDEX_RECORD_DIGRAPH, CHARINDEX_RECORD_COMPOSE,
		CHARINDEX_RECORD_ASCII, CHARINDEX_RECORD_JARGON, CHARINDEX_RECORD_APL,
	};
	/* clang-format on */
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->directory, "names.tsv", "codes\tname\tkind"))
		return;
	dictionary_builder_begin(&reading->dictionary, DICTIONARY_ELSEWHERE, "");
	while (tsv_next(&tsv))
		reading_add(reading, reading_must_find_row(reading, &tsv, tsv.columns[0]),
		    reading_kind(&tsv, tsv.columns[2], kinds, sizeof(kinds) / sizeof(kinds[0])),
		    tsv.columns[1]);
	tsv_close(&tsv);
	reading_end_dictionary(reading);
}

void
elsewhere_crowd(struct reading *reading)
{
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->directory, "crowd.tsv", "codes\tkeywords"))
		return;
	dictionary_builder_begin(&reading->dictionary, DICTIONARY_CROWD, "");
	while (tsv_next(&tsv)) {
		uint32_t row = reading_must_find_row(reading, &tsv, tsv.columns[0]);
		char *rest = tsv.columns[1], *keyword;

		while ((keyword = strsep(&rest, "|")) != NULL)
			reading_add(reading, row, CHARINDEX_RECORD_CROWD, keyword);
	}
	tsv_close(&tsv);
	reading_end_dictionary(reading);
}
