/* synonym_table.c - synonyms stand for characters, or for words of names. */
#include "synonym_table.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

#include "fold.h"
#include "row.h"

/* "U+2713 U+2714": the characters that the synonym names. */
static void
add_synonym_of_codes(struct reading *reading, const struct tsv *tsv)
{
	char *rest = tsv->columns[1], *code;

	while ((code = strsep(&rest, " ")) != NULL) {
		if (strncmp(code, "U+", 2) != 0)
			tsv_fail(tsv, "what follows a code point is none");
		reading_add(reading, reading_must_find_row(reading, tsv, code + 2),
		    CHARINDEX_RECORD_SYNONYM, tsv->columns[0]);
	}
}

/* The synonym stands for words of a name: it is the whole of one that has no others. */
static void
add_synonym_of_name(struct reading *reading, const struct tsv *tsv, uint32_t row,
    const struct folded *words)
{
	struct folded name;
	size_t length, name_length;
	const char *text = builder_row(reading->builder, row, &length), *begin;

	if (!row_name(text, length, &begin, &name_length) ||
	    !fold_text(&name, begin, name_length, FOLD_SEGMENTS) || !folded_has(&name, words))
		return;
	if (!dictionary_builder_add(&reading->dictionary, row, CHARINDEX_RECORD_SYNONYM,
	        tsv->columns[0], strlen(tsv->columns[0]), folded_has(words, &name)))
		tsv_fail(tsv, "the first column is too long");
}

/* Words of the names of characters and sequences. */
static void
add_synonym_of_words(struct reading *reading, const struct tsv *tsv)
{
	struct builder *builder = reading->builder;
	size_t before = reading->dictionary.records.length;
	struct folded words;
	uint32_t *rows, count;

	rows = builder_rows_with(builder, tsv->columns[1], strlen(tsv->columns[1]), &count);
	if (rows == NULL)
		errx(1, "out of memory");
	fold_text(&words, tsv->columns[1], strlen(tsv->columns[1]), false);
	for (uint32_t i = 0; i < count; i++)
		add_synonym_of_name(reading, tsv, rows[i], &words);
	free(rows);
	for (uint32_t i = 0; i < builder->extra_count; i++)
		add_synonym_of_name(reading, tsv, builder->row_count + i, &words);
	if (reading->dictionary.records.length == before)
		tsv_fail(tsv, "no name has all the words in the second column");
}

/* Tables that are written by hand are checked for what the makers of others see to. */
static void
check_synonym(const struct tsv *tsv)
{
	enum { MAX_SYNONYM = 255 };
	const uint8_t *synonym = (const uint8_t *)tsv->columns[0];
	UChar32 c;

	if (*synonym == '\0')
		tsv_fail(tsv, "the first column is empty");
	if (strlen(tsv->columns[0]) > MAX_SYNONYM)
		tsv_fail(tsv, "the first column is longer than 255 bytes");
	for (int32_t i = 0; synonym[i] != '\0';) {
		U8_NEXT(synonym, i, -1, c);
		if (c < 0)
			tsv_fail(tsv, "the first column is not UTF-8");
	}
}

void
synonym_table_read(struct reading *reading, const char *path, bool optional)
{
	struct tsv table, *tsv = &table;

	if (!tsv_open_handmade(tsv, path, "synonym\tof")) {
		if (optional)
			return;
		err(1, "cannot open %s", path);
	}
	while (tsv_next(tsv)) {
		check_synonym(tsv);
		if (strncmp(tsv->columns[1], "U+", 2) == 0)
			add_synonym_of_codes(reading, tsv);
		else
			add_synonym_of_words(reading, tsv);
	}
	tsv_close(tsv);
}
