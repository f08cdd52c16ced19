/* row_tables.c - controls and sequences become rows; each is checked that it can be shown. */
#include "row_tables.h"

#include <string.h>
#include <unicode/utf8.h>

#include "row.h"

/* Can the row be shown? What is not UTF-8, or a control character, would break the line. */
static void
check_row(const struct tsv *tsv, const uint32_t *codes, uint32_t count, const char *name)
{
	size_t length = strlen(name), at = 0;

	for (uint32_t i = 0; i < count; i++)
		if (U_IS_SURROGATE(codes[i]))
			tsv_fail(tsv, "a surrogate is no character");
	if (length == 0 || length > BUILDER_MAX_NAME)
		tsv_fail(tsv, "the name is empty or longer than 255 bytes");
	while (at < length) {
		UChar32 c;

		U8_NEXT((const uint8_t *)name, at, length, c);
		if (c < 0x20 || (c >= 0x7F && c < 0xA0))
			tsv_fail(tsv, "the name is not UTF-8 or has a control character");
	}
}

/* Controls have no name: the first of their aliases stands in its place. */
static void
read_controls(struct reading *reading)
{
	uint32_t last = UINT32_MAX, codes[CHARINDEX_MAX_CODES];
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->directory, ALIASES))
		return;
	while (tsv_next(&tsv)) {
		if (tsv_code_points(&tsv, tsv.columns[0], codes) != 1)
			tsv_fail(&tsv, "the alias is not of one code point");
		if (codes[0] == last || builder_find(reading->builder, codes[0]) != UINT32_MAX)
			continue;
		last = codes[0];
		check_row(&tsv, codes, 1, tsv.columns[1]);
		extras_builder_add(&reading->extras, codes, 1, tsv.columns[1], CHARINDEX_IS_CONTROL);
	}
	tsv_close(&tsv);
}

static unsigned
sequence_flags(const char *type)
{
	unsigned flags = CHARINDEX_IS_SEQUENCE;

	if (strcmp(type, "named") != 0)
		flags |= CHARINDEX_IS_EMOJI;
	if (strcmp(type, "tone") == 0)
		flags |= CHARINDEX_IS_TONED;
	return flags;
}

/* Official names go before those of emoji. */
static void
read_sequences(struct reading *reading, bool named)
{
	uint32_t codes[CHARINDEX_MAX_CODES], count;
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->directory, SEQUENCES))
		return;
	while (tsv_next(&tsv)) {
		if ((strcmp(tsv.columns[2], "named") == 0) != named)
			continue;
		count = tsv_code_points(&tsv, tsv.columns[0], codes);
		if (count < 2)
			tsv_fail(&tsv, "the sequence is of one code point");
		check_row(&tsv, codes, count, tsv.columns[1]);
		extras_builder_add(&reading->extras, codes, count, tsv.columns[1],
		    sequence_flags(tsv.columns[2]));
	}
	tsv_close(&tsv);
}

/* The name of a character, from its row. */
static const char *
name_of(const struct reading *reading, uint32_t code_point, int *length)
{
	uint32_t row = builder_find(reading->builder, code_point);
	size_t row_length;
	const char *text, *tab;

	if (row == UINT32_MAX)
		return NULL;
	text = builder_row(reading->builder, row, &row_length);
	tab = memrchr(text, '\t', row_length);
	*length = (int)(text + row_length - 2 - (tab + 1));
	return tab + 1;
}

/* Entities of two code points are sequences, called what those are called. */
static void
read_entity_pairs(struct reading *reading)
{
	uint32_t codes[CHARINDEX_MAX_CODES];
	struct tsv tsv;

	if (!tsv_open(&tsv, reading->directory, ENTITIES))
		return;
	while (tsv_next(&tsv)) {
		char name[2 * BUILDER_MAX_NAME + 3];
		const char *first, *second;
		int first_length, second_length;

		if (tsv_code_points(&tsv, tsv.columns[1], codes) != 2)
			continue;
		first = name_of(reading, codes[0], &first_length);
		second = name_of(reading, codes[1], &second_length);
		if (first == NULL || second == NULL)
			tsv_fail(&tsv, "a code point without a name");
		snprintf(name, sizeof(name), "%.*s, %.*s", first_length, first, second_length, second);
		check_row(&tsv, codes, 2, name);
		extras_builder_add(&reading->extras, codes, 2, name, CHARINDEX_IS_SEQUENCE | EXTRAS_PAIR);
	}
	tsv_close(&tsv);
}

void
row_tables_read(struct reading *reading)
{
	read_controls(reading);
	read_sequences(reading, true);
	read_sequences(reading, false);
	read_entity_pairs(reading);
}
