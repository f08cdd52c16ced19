/* dictionary_builder.c - hides how phrases become a dictionary. */
#include "dictionary_builder.h"

#include <stdlib.h>
#include <string.h>

#include "charindex.h"
#include "fold.h"
#include "fold_variant.h"

struct gathered_record {
	uint32_t row;
	uint32_t text_offset;
	uint32_t number; /* in order of appearance */
	uint16_t text_length;
	uint8_t kind;
	bool whole;
};

void
dictionary_builder_begin(struct dictionary_builder *dictionary, enum format_dictionary_kind kind,
    const char *language)
{
	const struct buffer *section = dictionary->builder->section;

	dictionary->entry = (struct format_dictionary){
		.kind = htole32(kind),
		.first_term =
		    htole32((uint32_t)(section[SECTION_LEXEMES].length / sizeof(struct format_lexeme))),
		.first_record =
		    htole32((uint32_t)(section[SECTION_RECORDS].length / sizeof(struct format_record))),
		.text_offset = htole32((uint32_t)section[SECTION_RECORD_TEXT].length),
	};
	strncpy(dictionary->entry.language, language, sizeof(dictionary->entry.language) - 1);
}

bool
dictionary_builder_add(struct dictionary_builder *dictionary, uint32_t row, unsigned record_kind,
    const char *text, size_t length, bool whole)
{
	struct gathered_record record = {
		.row = row,
		.text_offset = (uint32_t)dictionary->text.length,
		.number = (uint32_t)(dictionary->records.length / sizeof(record)),
		.text_length = (uint16_t)length,
		.kind = (uint8_t)record_kind,
		.whole = whole,
	};

	if (length > RECORD_MAX_LENGTH)
		return false;
	if (length > 0) {
		buffer_append(&dictionary->text, text, length);
		buffer_append(&dictionary->records, &record, sizeof(record));
	}
	return true;
}

static int
compare_records(const void *a, const void *b)
{
	const struct gathered_record *x = a, *y = b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

/* Nobody types the tones of a reading: without them it is the same word, not one to fall back
 * on. */
static bool
has_tones(unsigned kind)
{
	return kind == CHARINDEX_RECORD_MANDARIN || kind == CHARINDEX_RECORD_VIETNAMESE;
}

/* Says that record `number` has the word, and the word without accents. Returns 1 if it has
 * not been seen in the record before. */
static uint32_t
add_word(struct term_table *table, const char *word, size_t length, uint32_t number, unsigned kind)
{
	char plain[FOLD_MAX_WORD + 1] = { FOLD_PLAIN };
	size_t plain_length = length < FOLD_MAX_WORD ? fold_plain(word, length, plain + 1) : 0;
	bool added = term_table_add(table, word, length, format_hash(word, length), number) ==
	    TERM_ADDED;

	if (plain_length > 0 && plain_length < FOLD_MAX_WORD)
		term_table_add(table, plain, plain_length + 1, format_hash(plain, plain_length + 1),
		    number);
	if (plain_length > 0 && has_tones(kind))
		term_table_add(table, plain + 1, plain_length, format_hash(plain + 1, plain_length),
		    number);
	if (length < FOLD_MAX_WORD && fold_written_out(word, length, plain + 1) > 0)
		term_table_add(table, plain, length + 1, format_hash(plain, length + 1), number);
	return added;
}

/* Says that record `number` is called `text`, as it is written. */
static void
add_exact(struct term_table *table, const char *text, size_t length, uint32_t number)
{
	char exact[FOLD_MAX_WORD] = { FOLD_EXACT };

	if (length >= sizeof(exact))
		return;
	memcpy(exact + 1, text, length);
	term_table_add(table, exact, length + 1, format_hash(exact, length + 1), number);
}

/* Adds the words of a record to the table: returns how many distinct ones. */
static uint32_t
add_words(struct term_table *table, struct folded *folded, const char *text,
    const struct gathered_record *record, uint32_t number)
{
	uint32_t words = 0;

	fold_text(folded, text, record->text_length, FOLD_BOTH);
	for (uint32_t i = 0; i < folded->count; i++) {
		const struct folded_word *word = &folded->word[i];
		uint32_t added =
		    add_word(table, folded->bytes + word->offset, word->length, number, record->kind);

		words += word->run ? 0 : added;
	}
	return words;
}

/* Where in the dictionary's text the word with a number begins; that of none: where all end. */
static uint32_t
word_offset(const struct builder *builder, const struct format_dictionary *dictionary,
    uint32_t rank)
{
	const struct format_lexeme *terms =
	    (const struct format_lexeme *)builder->section[SECTION_LEXEMES].bytes;

	return le32toh(terms[le32toh(dictionary->first_term) + rank].word_offset);
}

/* Appends the terms, their words and postings, and the entry that says where the last end. */
static void
append_terms(struct dictionary_builder *dictionary, const struct term_table *table,
    uint32_t record_count)
{
	struct buffer *section = dictionary->builder->section;
	struct buffer *text = &section[SECTION_RECORD_TEXT];
	bool narrow = record_count <= FORMAT_NARROW_RECORDS;
	struct buffer *postings =
	    &section[narrow ? SECTION_LEXEME_POSTINGS : SECTION_LEXEME_WIDE_POSTINGS];
	uint32_t at = 0, offset = 0;

	dictionary->entry.first_posting =
	    htole32((uint32_t)(postings->length / (narrow ? sizeof(uint16_t) : sizeof(uint32_t))));
	for (uint32_t rank = 0; rank <= table->term_count; rank++) {
		struct format_lexeme entry = { htole32(offset), htole32(at) };
		const struct term *term;

		buffer_append(&section[SECTION_LEXEMES], &entry, sizeof(entry));
		if (rank == table->term_count)
			break;
		term = term_table_ranked(table, rank);
		buffer_append(text, table->words.bytes + term->word_offset, term->word_length);
		offset += term->word_length;
		for (uint32_t i = 0; i < term->document_count; i++, at++) {
			if (narrow)
				buffer_append_u16(postings, (uint16_t)table->documents[at]);
			else
				buffer_append_u32(postings, table->documents[at]);
		}
	}
}

/* The phrases of the records, each once: those that are terms are there already. */
struct phrases {
	const struct term_table *terms;
	struct term_table seen; /* a NUL ends each; its words are the text */
	uint32_t words_length;  /* of the terms */
};

/* Where the phrase begins in the dictionary's text, to which it is added if need be: false if
 * memory runs out. */
static bool
place_phrase(const struct dictionary_builder *dictionary, struct phrases *phrases, const char *text,
    size_t length, uint32_t number, uint32_t *offset)
{
	uint32_t hash = format_hash(text, length);
	const struct term *term = term_table_find(phrases->terms, text, length, hash);
	char ended[RECORD_MAX_LENGTH + 1];

	if (term != NULL) {
		*offset = word_offset(dictionary->builder, &dictionary->entry, term->rank);
		return true;
	}
	memcpy(ended, text, length);
	ended[length] = '\0';
	if (term_table_add(&phrases->seen, ended, length + 1, hash, number) == TERM_NO_MEMORY)
		return false;
	*offset = phrases->words_length +
	    term_table_find(&phrases->seen, ended, length + 1, hash)->word_offset;
	return true;
}

static bool
fits(const struct gathered_record *record, uint32_t offset)
{
	return record->row < 1u << RECORD_ROW_BITS && record->kind < 1u << RECORD_KIND_BITS &&
	    offset < 1u << RECORD_OFFSET_BITS;
}

/* Appends the records, `words` of each, and the phrases. */
static enum dictionary_builder_err
append_records(struct dictionary_builder *dictionary, struct phrases *phrases, const uint8_t *words)
{
	const struct gathered_record *records =
	    (const struct gathered_record *)dictionary->records.bytes;
	uint32_t count = (uint32_t)(dictionary->records.length / sizeof(*records));
	struct buffer *section = dictionary->builder->section;

	for (uint32_t n = 0; n < count; n++) {
		const struct gathered_record *record = &records[n];
		const char *text = (const char *)dictionary->text.bytes + record->text_offset;
		struct format_record entry;
		uint32_t offset;

		if (!place_phrase(dictionary, phrases, text, record->text_length, n, &offset))
			return DICTIONARY_BUILDER_MEMORY;
		if (!fits(record, offset))
			return DICTIONARY_BUILDER_TOO_LARGE;
		entry.row_kind_words = htole32(record->row | (uint32_t)record->kind << RECORD_ROW_BITS |
		    (uint32_t)words[n] << (RECORD_ROW_BITS + RECORD_KIND_BITS));
		entry.text = htole32(offset | (uint32_t)record->text_length << RECORD_OFFSET_BITS);
		buffer_append(&section[SECTION_RECORDS], &entry, sizeof(entry));
	}
	if (phrases->seen.words.length > 0)
		buffer_append(&section[SECTION_RECORD_TEXT], phrases->seen.words.bytes,
		    phrases->seen.words.length);
	return DICTIONARY_BUILDER_OK;
}

/* The words of all records go to `table`; how many distinct ones each has to `words`. */
static bool
index_records(const struct dictionary_builder *dictionary, struct term_table *table, uint8_t *words)
{
	const struct gathered_record *records =
	    (const struct gathered_record *)dictionary->records.bytes;
	uint32_t count = (uint32_t)(dictionary->records.length / sizeof(*records));
	struct folded *folded = malloc(sizeof(*folded));

	if (folded == NULL)
		return false;
	for (uint32_t n = 0; n < count; n++) {
		const char *text = (const char *)dictionary->text.bytes + records[n].text_offset;
		uint32_t distinct = add_words(table, folded, text, &records[n], n);

		if (dictionary->entry.kind == htole32(DICTIONARY_ELSEWHERE))
			add_exact(table, text, records[n].text_length, n);
		words[n] = (uint8_t)(records[n].whole && distinct < RECORD_MANY_WORDS ? distinct
		                                                                      : RECORD_MANY_WORDS);
	}
	free(folded);
	return term_table_finish(table);
}

/* The same with `words`, which has room for all records. */
static enum dictionary_builder_err
append_dictionary(struct dictionary_builder *dictionary, struct term_table *table, uint8_t *words)
{
	uint32_t count = (uint32_t)(dictionary->records.length / sizeof(struct gathered_record));
	struct phrases phrases = { .terms = table };
	enum dictionary_builder_err err;

	if (!index_records(dictionary, table, words))
		return DICTIONARY_BUILDER_MEMORY;
	append_terms(dictionary, table, count);
	if (dictionary->builder->section[SECTION_LEXEMES].failed)
		return DICTIONARY_BUILDER_MEMORY;
	phrases.words_length = word_offset(dictionary->builder, &dictionary->entry, table->term_count);
	err = append_records(dictionary, &phrases, words);
	term_table_release(&phrases.seen);
	dictionary->entry.term_count = htole32(table->term_count);
	dictionary->entry.record_count = htole32(count);
	buffer_append(&dictionary->builder->section[SECTION_DICTIONARIES], &dictionary->entry,
	    sizeof(dictionary->entry));
	return err;
}

enum dictionary_builder_err
dictionary_builder_end(struct dictionary_builder *dictionary)
{
	struct gathered_record *records = (struct gathered_record *)dictionary->records.bytes;
	uint32_t count = (uint32_t)(dictionary->records.length / sizeof(*records));
	uint8_t *words = malloc(count + 1);
	struct term_table table = { 0 };
	enum dictionary_builder_err err = DICTIONARY_BUILDER_MEMORY;

	if (words != NULL && !dictionary->records.failed && !dictionary->text.failed) {
		if (count > 0)
			qsort(records, count, sizeof(*records), compare_records);
		err = append_dictionary(dictionary, &table, words);
	}
	term_table_release(&table);
	buffer_release(&dictionary->records);
	buffer_release(&dictionary->text);
	free(words);
	return err;
}
