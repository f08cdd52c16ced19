/* reading.c - what all that read dictionaries share: rows of code points, kinds of records, and
 * what ends the program. */
#include "reading.h"

#include <err.h>
#include <string.h>

uint32_t
reading_find_row(const struct reading *reading, const struct tsv *tsv, const char *codes_text)
{
	uint32_t codes[CHARINDEX_MAX_CODES], count = tsv_code_points(tsv, codes_text, codes);

	return extras_builder_find(&reading->extras, reading->builder, codes, count);
}

uint32_t
reading_must_find_row(const struct reading *reading, const struct tsv *tsv, const char *codes_text)
{
	uint32_t row = reading_find_row(reading, tsv, codes_text);

	if (row == UINT32_MAX)
		tsv_fail(tsv, "there is no character or sequence of these code points");
	return row;
}

void
reading_add(struct reading *reading, uint32_t row, unsigned kind, const char *text)
{
	if (!dictionary_builder_add(&reading->dictionary, row, kind, text, strlen(text), true))
		errx(1, "%.40s…: a %s is longer than %d bytes; shorten it", text,
		    charindex_record_kind_name((enum charindex_record_kind)kind), RECORD_MAX_LENGTH);
}

enum charindex_record_kind
reading_kind(const struct tsv *tsv, const char *name, const enum charindex_record_kind *kinds,
    size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(charindex_record_kind_name(kinds[i]), name) == 0)
			return kinds[i];
	tsv_fail(tsv, "the type of the alias or kind of the name is not known");
}

void
reading_end_dictionary(struct reading *reading)
{
	switch (dictionary_builder_end(&reading->dictionary)) {
	case DICTIONARY_BUILDER_OK:
		return;
	case DICTIONARY_BUILDER_MEMORY:
		errx(1, "out of memory");
	case DICTIONARY_BUILDER_TOO_LARGE:
		errx(1,
		    "a dictionary has more than 8 MiB of text, or there are more than 2,097,152 rows; "
		    "leave some out of the tables");
	}
}
