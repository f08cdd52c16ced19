/* elsewhere.c - what characters are called in other systems, by the crowd, and what the sources of
 * historic scripts say of theirs. */
#include "elsewhere.h"

#include <stdio.h>
#include <string.h>
#include <unicode/utf8.h>

/* ---- historic.tsv -------------------------------------------------------------------- */

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

void
elsewhere_historic(struct reading *reading)
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

/* ---- names.tsv, crowd.tsv ------------------------------------------------------------ */

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
	lexicon_begin(&reading->lexicon, DICTIONARY_ELSEWHERE, "");
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
	lexicon_begin(&reading->lexicon, DICTIONARY_CROWD, "");
	while (tsv_next(&tsv)) {
		uint32_t row = reading_must_find_row(reading, &tsv, tsv.columns[0]);
		char *rest = tsv.columns[1], *keyword;

		while ((keyword = strsep(&rest, "|")) != NULL)
			reading_add(reading, row, CHARINDEX_RECORD_CROWD, keyword);
	}
	tsv_close(&tsv);
	reading_end_dictionary(reading);
}
