/* lexicon.c - hides how phrases become a dictionary. */
#include "lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "charindex.h"
#include "fold.h"

struct lexicon_record {
	uint32_t row;
	uint32_t text_offset;
	uint32_t number; /* in order of appearance */
	uint16_t text_length;
	uint8_t kind;
	bool whole;
};

void
lexicon_begin(struct lexicon *lexicon, enum format_dictionary_kind kind, const char *language)
{
	const struct buffer *section = lexicon->builder->section;

	lexicon->dictionary = (struct format_dictionary){
		.kind = htole32(kind),
		.first_term =
		    htole32((uint32_t)(section[SECTION_LEXEMES].length / sizeof(struct format_lexeme))),
		.first_record =
		    htole32((uint32_t)(section[SECTION_RECORDS].length / sizeof(struct format_record))),
	};
	strncpy(lexicon->dictionary.language, language, sizeof(lexicon->dictionary.language) - 1);
}

void
lexicon_add(struct lexicon *lexicon, uint32_t row, unsigned record_kind, const char *text,
    size_t length, bool whole)
{
	struct lexicon_record record = {
		.row = row,
		.text_offset = (uint32_t)lexicon->text.length,
		.number = (uint32_t)(lexicon->records.length / sizeof(record)),
		.text_length = (uint16_t)length,
		.kind = (uint8_t)record_kind,
		.whole = whole,
	};

	if (length == 0 || length > UINT16_MAX)
		return;
	buffer_append(&lexicon->text, text, length);
	buffer_append(&lexicon->records, &record, sizeof(record));
}

static int
compare_records(const void *a, const void *b)
{
	const struct lexicon_record *x = a, *y = b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

static uint32_t
hash_of(const char *word, size_t length)
{
	uint32_t hash = FORMAT_HASH_START;

	for (size_t i = 0; i < length; i++)
		hash = format_hash_byte(hash, (unsigned char)word[i]);
	return format_hash_end(hash);
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
	bool added = term_table_add(table, word, length, hash_of(word, length), number) == TERM_ADDED;

	if (plain_length > 0 && plain_length < FOLD_MAX_WORD)
		term_table_add(table, plain, plain_length + 1, hash_of(plain, plain_length + 1), number);
	if (plain_length > 0 && has_tones(kind))
		term_table_add(table, plain + 1, plain_length, hash_of(plain + 1, plain_length), number);
	return added;
}

/* Adds the words of a record to the table: returns how many distinct ones. */
static uint32_t
add_words(struct term_table *table, struct folded *folded, const char *text,
    const struct lexicon_record *record, uint32_t number)
{
	uint32_t words = 0;

	fold_text(folded, text, record->text_length, FOLD_BOTH);
	for (uint32_t i = 0; i < folded->count; i++) {
		const struct folded_word *word = &folded->word[i];
		uint32_t added = add_word(table, folded->bytes + word->offset, word->length, number,
		    record->kind);

		words += word->run ? 0 : added;
	}
	return words;
}

static void
append_record(struct builder *builder, const struct lexicon_record *record, const char *text,
    uint32_t words)
{
	struct format_record entry = {
		.row = htole32(record->row),
		.text_offset = htole32((uint32_t)builder->section[SECTION_RECORD_TEXT].length),
		.text_length = htole16(record->text_length),
		.kind = record->kind,
		.words = (uint8_t)(record->whole && words < UINT8_MAX ? words : UINT8_MAX),
	};

	buffer_append(&builder->section[SECTION_RECORD_TEXT], text, record->text_length);
	buffer_append(&builder->section[SECTION_RECORDS], &entry, sizeof(entry));
}

static void
append_terms(struct builder *builder, const struct term_table *table)
{
	struct buffer *words = &builder->section[SECTION_LEXEME_WORDS];
	struct buffer *postings = &builder->section[SECTION_LEXEME_POSTINGS];
	size_t at = 0;

	for (uint32_t rank = 0; rank < table->term_count; rank++) {
		const struct term *term = term_table_ranked(table, rank);
		struct format_lexeme entry = {
			.word_offset = htole32((uint32_t)words->length),
			.word_length = htole16((uint16_t)term->word_length),
			.first_posting = htole32((uint32_t)(postings->length / sizeof(uint32_t))),
		};

		buffer_append(&builder->section[SECTION_LEXEMES], &entry, sizeof(entry));
		buffer_append(words, table->words.bytes + term->word_offset, term->word_length);
		for (uint32_t i = 0; i < term->document_count; i++)
			buffer_append_u32(postings, table->documents[at++]);
	}
}

bool
lexicon_end(struct lexicon *lexicon)
{
	struct lexicon_record *records = (struct lexicon_record *)lexicon->records.bytes;
	uint32_t count = (uint32_t)(lexicon->records.length / sizeof(*records));
	struct folded *folded = malloc(sizeof(*folded));
	struct term_table table = { 0 };
	bool done;

	if (folded == NULL || lexicon->records.failed || lexicon->text.failed)
		return false;
	if (count > 0)
		qsort(records, count, sizeof(*records), compare_records);
	for (uint32_t n = 0; n < count; n++) {
		const char *text = (const char *)lexicon->text.bytes + records[n].text_offset;
		uint32_t words = add_words(&table, folded, text, &records[n], n);

		append_record(lexicon->builder, &records[n], text, words);
	}
	done = term_table_finish(&table);
	if (done)
		append_terms(lexicon->builder, &table);
	lexicon->dictionary.term_count = htole32(table.term_count);
	lexicon->dictionary.record_count = htole32(count);
	buffer_append(&lexicon->builder->section[SECTION_DICTIONARIES], &lexicon->dictionary,
	    sizeof(lexicon->dictionary));
	term_table_release(&table);
	buffer_release(&lexicon->records);
	buffer_release(&lexicon->text);
	free(folded);
	return done;
}
