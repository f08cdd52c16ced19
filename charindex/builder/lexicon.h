/* lexicon.h - the dictionaries of an index, made in memory (FORMAT.md, "Dictionaries"). */
#ifndef CHARINDEX_LEXICON_H
#define CHARINDEX_LEXICON_H

#include "builder.h"

struct lexicon {
	struct builder *builder; /* whose sections it writes */
	/* the dictionary that has been begun */
	struct format_dictionary dictionary;
	struct buffer records; /* struct lexicon_record, in any order */
	struct buffer text;
};

/* Begins a dictionary of a kind, for a language ("" for none; at most 11 bytes). */
void lexicon_begin(struct lexicon *lexicon, enum format_dictionary_kind kind, const char *language);

/* Adds a phrase about a row. `whole`: it says all, so that a query that is the phrase is an
 * exact one. Texts that are empty are left out; false if one is longer than RECORD_MAX_LENGTH. */
bool lexicon_add(struct lexicon *lexicon, uint32_t row, unsigned record_kind, const char *text,
    size_t length, bool whole);

enum lexicon_err {
	LEXICON_OK,
	LEXICON_MEMORY,
	LEXICON_TOO_LARGE, /* rows, kinds or text are more than a record has bits for */
};

/* Completes the dictionary. */
enum lexicon_err lexicon_end(struct lexicon *lexicon);

#endif
