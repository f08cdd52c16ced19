/* reading.h - the tables while they are being read: what all that read dictionaries share. */
#ifndef CHARINDEX_READING_H
#define CHARINDEX_READING_H

#include "charindex.h"
#include "dictionary_builder.h"
#include "extras_builder.h"
#include "rarity_builder.h"
#include "tsv.h"

struct reading {
	const char *directory; /* with the tables */
	const char *languages; /* as those of struct sources */
	const char *synonyms;
	struct builder *builder;
	struct extras_builder extras;
	struct dictionary_builder dictionary; /* the dictionary that has been begun */
	struct rarity_builder rarity;
};

/* The row of some code points, as a column has them: UINT32_MAX if there is none, or the end of
 * the program. */
uint32_t reading_find_row(const struct reading *reading, const struct tsv *tsv,
    const char *codes_text);
uint32_t reading_must_find_row(const struct reading *reading, const struct tsv *tsv,
    const char *codes_text);

/* Which of the `count` kinds the name is one of. Ends the program if it is none. */
enum charindex_record_kind reading_kind(const struct tsv *tsv, const char *name,
    const enum charindex_record_kind *kinds, size_t count);

/* Adds a phrase, which is all that it says, to the dictionary; empty ones are left out. */
void reading_add(struct reading *reading, uint32_t row, unsigned kind, const char *text);

/* Completes the dictionary. */
void reading_end_dictionary(struct reading *reading);

#endif
