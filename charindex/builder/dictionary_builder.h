/* dictionary_builder.h - the dictionaries of an index, made in memory (FORMAT.md, "Dictionaries"). */
#ifndef CHARINDEX_DICTIONARY_BUILDER_H
#define CHARINDEX_DICTIONARY_BUILDER_H

#include "builder.h"

struct dictionary_builder {
	struct builder *builder; /* whose sections it writes */
	/* the dictionary that has been begun */
	struct format_dictionary entry;
	struct buffer records; /* struct gathered_record, in any order */
	struct buffer text;
};

/* Begins a dictionary of a kind, for a language ("" for none; at most 11 bytes). */
void dictionary_builder_begin(struct dictionary_builder *dictionary,
    enum format_dictionary_kind kind, const char *language);

/* Adds a phrase about a row. `whole`: it says all, so that a query that is the phrase is an
 * exact one. Texts that are empty are left out; false if one is longer than RECORD_MAX_LENGTH. */
bool dictionary_builder_add(struct dictionary_builder *dictionary, uint32_t row,
    unsigned record_kind, const char *text, size_t length, bool whole);

enum dictionary_builder_err {
	DICTIONARY_BUILDER_OK,
	DICTIONARY_BUILDER_MEMORY,
	DICTIONARY_BUILDER_TOO_LARGE, /* rows, kinds or text are more than a record has bits for */
};

/* Completes the dictionary. */
enum dictionary_builder_err dictionary_builder_end(struct dictionary_builder *dictionary);

#endif
