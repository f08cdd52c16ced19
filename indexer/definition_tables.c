/* definition_tables.c - definitions, readings and radicals. */
#include "definition_tables.h"

#include <stdio.h>
#include <string.h>
#include <unicode/utf8.h>

static void
read_ideographs(struct reading *reading)
{
	static const char heading[] =
	    "code\tdefinition\tmandarin\tcantonese\ton\tkun\thangul\tvietnamese";
	/* clang-format off */
	static const enum charindex_record_kind kinds[] = {
		CHARINDEX_RECORD_DEFINITION, CHARINDEX_RECORD_MANDARIN, CHARINDEX_RECORD_CANTONESE,
		CHARINDEX_RECORD_ON, CHARINDEX_RECORD_KUN, CHARINDEX_RECORD_HANGUL,
		CHARINDEX_RECORD_VIETNAMESE,
	};
	/* clang-format on */
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->directory, "ideographs.tsv", heading))
		return;
	while (tsv_next(&tsv)) {
		uint32_t row = reading_must_find_row(reading, &tsv, tsv.columns[0]);

		for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
			reading_add(reading, row, kinds[i], tsv.columns[i + 1]);
	}
	tsv_close(&tsv);
}

/* "radical 1, 5 strokes", of each radical that the characters are listed under. */
static void
add_radicals(struct reading *reading, const struct tsv *tsv, uint32_t row)
{
	char *rest = tsv->columns[1], *radical, text[64];
	const char *strokes = tsv->columns[2];

	while ((radical = strsep(&rest, " ")) != NULL) {
		if (*radical == '\0' || strlen(radical) > 8 || strlen(strokes) > 8)
			tsv_fail(tsv, "radical or strokes are no numbers");
		snprintf(text, sizeof(text), *strokes != '\0' ? "radical %s, %s strokes" : "radical %s",
		    radical, strokes);
		reading_add(reading, row, CHARINDEX_RECORD_RADICAL, text);
	}
}

static void
read_historic(struct reading *reading)
{
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->directory, "historic.tsv",
	        "code\tradical\tstrokes\treading\tmodern\tnumber"))
		return;
	while (tsv_next(&tsv)) {
		uint32_t row = reading_must_find_row(reading, &tsv, tsv.columns[0]), length = 0;
		uint8_t modern[U8_MAX_LENGTH + 1] = { 0 };
		const char *code = tsv.columns[4];

		if (*code != '\0')
			U8_APPEND_UNSAFE(modern, length, tsv_code_point(&tsv, &code));
		reading_add(reading, row, CHARINDEX_RECORD_READING, tsv.columns[3]);
		reading_add(reading, row, CHARINDEX_RECORD_MODERN, (const char *)modern);
		add_radicals(reading, &tsv, row);
	}
	tsv_close(&tsv);
}

void
definition_tables_read(struct reading *reading)
{
	dictionary_builder_begin(&reading->dictionary, DICTIONARY_DEFINITIONS, "");
	read_ideographs(reading);
	read_historic(reading);
	reading_end_dictionary(reading);
}
