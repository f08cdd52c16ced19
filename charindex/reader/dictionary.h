/* dictionary.h - one dictionary of an open index (FORMAT.md, "Dictionaries"). */
#ifndef CHARINDEX_DICTIONARY_H
#define CHARINDEX_DICTIONARY_H

#include "extra.h"
#include "posting_list.h"

/* A view into the index, which must outlive it; nothing to release. */
struct dictionary {
	const struct charindex *ci;
	uint32_t number;
	enum format_dictionary_kind kind;
	const char *language; /* "" if it is of none */
	const struct format_lexeme *terms;
	const struct format_record *records;
	uint32_t term_count, record_count;
	const uint16_t *narrow; /* all postings; NULL if they are wide */
	const uint32_t *wide;
	uint32_t posting_count;
	uint32_t text_offset;
};

/* A record as it is read. */
struct dictionary_record {
	uint32_t row;
	unsigned kind;  /* enum charindex_record_kind */
	unsigned words; /* distinct ones; RECORD_MANY_WORDS: more, or never the whole of a name */
	struct charindex_text text;
};

/* The dictionary with number `n`; false if there are no more. */
bool dictionary_get(const struct charindex *ci, uint32_t n, struct dictionary *out);

/* The dictionary of a kind, and language if that is not NULL; false if there is none. */
bool dictionary_find(const struct charindex *ci, enum format_dictionary_kind kind,
    const char *language, struct dictionary *out);

/* The record with number `n`: false if there is none, or it is of no row or kind that there is. */
bool dictionary_record(const struct dictionary *dictionary, uint32_t n,
    struct dictionary_record *out);

/* The number of the first record of `row` or of one after it. */
uint32_t dictionary_first_record(const struct dictionary *dictionary, uint32_t row);

/* The word with number `n`, below term_count, and its postings. */
struct charindex_text dictionary_word(const struct dictionary *dictionary, uint32_t n);
struct posting_list dictionary_postings(const struct dictionary *dictionary, uint32_t n);

/* The words from number `first` to before number `end`, term_count at most, one after the other, as they
 * lie in the index. */
struct charindex_text dictionary_words(const struct dictionary *dictionary, uint32_t first,
    uint32_t end);

/* The number of the word, from number `low` on, that the byte at `at` of these is part of; of the
 * last one before it, if it is of none. */
uint32_t dictionary_word_at(const struct dictionary *dictionary, uint32_t low, const char *at);

/* The number of the first word that is not below these bytes. */
uint32_t dictionary_first_word(const struct dictionary *dictionary, const char *word,
    size_t length);

/* The postings of a word; none if it is not there. */
struct posting_list dictionary_lookup(const struct dictionary *dictionary, const char *word,
    size_t length);

#endif
