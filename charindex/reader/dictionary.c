/* dictionary.c - hides how dictionaries lie in the index. */
#include "dictionary.h"

#include <string.h>

/* `count` entries from `first` on, as far as the section has them. */
static uint32_t
clip(uint32_t first, uint32_t count, uint32_t entries)
{
	if (first > entries)
		return 0;
	return count < entries - first ? count : entries - first;
}

bool
dictionary_get(const struct charindex *ci, uint32_t n, struct dictionary *out)
{
	const struct format_dictionary *entry = extra_section(ci, SECTION_DICTIONARIES);
	uint32_t first_record;

	if (n >= extra_entries(ci, SECTION_DICTIONARIES))
		return false;
	entry += n;
	first_record = le32toh(entry->first_record);
	*out = (struct dictionary){
		.ci = ci,
		.kind = le32toh(entry->kind),
		.language = entry->language[sizeof(entry->language) - 1] == '\0' ? entry->language : "",
		.first_term = le32toh(entry->first_term),
	};
	out->term_count = clip(out->first_term, le32toh(entry->term_count),
	    extra_entries(ci, SECTION_LEXEMES));
	out->record_count = clip(first_record, le32toh(entry->record_count),
	    extra_entries(ci, SECTION_RECORDS));
	if (out->term_count > 0)
		out->terms = (const struct format_lexeme *)extra_section(ci, SECTION_LEXEMES) + out->first_term;
	if (out->record_count > 0)
		out->records = (const struct format_record *)extra_section(ci, SECTION_RECORDS) + first_record;
	return true;
}

bool
dictionary_find(const struct charindex *ci, enum format_dictionary_kind kind, const char *language,
    struct dictionary *out)
{
	for (uint32_t n = 0; dictionary_get(ci, n, out); n++)
		if (out->kind == kind && (language == NULL || strcmp(out->language, language) == 0))
			return true;
	return false;
}

bool
dictionary_record(const struct dictionary *dictionary, uint32_t n, struct format_record *out)
{
	const struct format_record *record;

	if (n >= dictionary->record_count)
		return false;
	record = &dictionary->records[n];
	*out = (struct format_record){
		.row = le32toh(record->row),
		.text_offset = le32toh(record->text_offset),
		.text_length = le16toh(record->text_length),
		.kind = record->kind,
		.words = record->words,
	};
	return out->row < extra_all_rows(dictionary->ci);
}

uint32_t
dictionary_first_record(const struct dictionary *dictionary, uint32_t row)
{
	uint32_t low = 0, high = dictionary->record_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (le32toh(dictionary->records[middle].row) < row)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct charindex_text
dictionary_word(const struct dictionary *dictionary, uint32_t n)
{
	const struct format_lexeme *term = &dictionary->terms[n];

	return extra_text(dictionary->ci, SECTION_LEXEME_WORDS, le32toh(term->word_offset),
	    le16toh(term->word_length));
}

struct charindex_text
dictionary_words(const struct dictionary *dictionary)
{
	struct charindex_text first, last;

	if (dictionary->term_count == 0)
		return (struct charindex_text){ "", 0 };
	first = dictionary_word(dictionary, 0);
	last = dictionary_word(dictionary, dictionary->term_count - 1);
	if (last.length == 0 || first.length == 0 || last.bytes < first.bytes)
		return (struct charindex_text){ "", 0 };
	return (struct charindex_text){ first.bytes, (size_t)(last.bytes + last.length - first.bytes) };
}

uint32_t
dictionary_word_at(const struct dictionary *dictionary, uint32_t low, const char *at)
{
	const char *words = extra_section(dictionary->ci, SECTION_LEXEME_WORDS);
	uint32_t offset = (uint32_t)(at - words), step = 1, high;

	/* doubling steps, then halving ones, for the next hit is most often near */
	while (step < dictionary->term_count - low &&
	    le32toh(dictionary->terms[low + step].word_offset) <= offset) {
		low += step;
		step *= 2;
	}
	high = step < dictionary->term_count - low ? low + step : dictionary->term_count;
	while (low + 1 < high) {
		uint32_t middle = low + (high - low) / 2;

		if (le32toh(dictionary->terms[middle].word_offset) <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

struct posting_list
dictionary_postings(const struct dictionary *dictionary, uint32_t n)
{
	const struct charindex *ci = dictionary->ci;
	uint32_t all = extra_entries(ci, SECTION_LEXEME_POSTINGS), end = all;
	uint32_t first = le32toh(dictionary->terms[n].first_posting);

	if (dictionary->first_term + n + 1 < extra_entries(ci, SECTION_LEXEMES))
		end = le32toh(dictionary->terms[n + 1].first_posting);
	if (first > end || end > all)
		return (struct posting_list){ NULL, 0 };
	return (struct posting_list){
		(const uint32_t *)extra_section(ci, SECTION_LEXEME_POSTINGS) + first, end - first,
	};
}

static int
compare(struct charindex_text a, const char *b, size_t b_length)
{
	int order = memcmp(a.bytes, b, a.length < b_length ? a.length : b_length);

	return order != 0 ? order : (a.length > b_length) - (a.length < b_length);
}

uint32_t
dictionary_first_word(const struct dictionary *dictionary, const char *word, size_t length)
{
	uint32_t low = 0, high = dictionary->term_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (compare(dictionary_word(dictionary, middle), word, length) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct posting_list
dictionary_lookup(const struct dictionary *dictionary, const char *word, size_t length)
{
	uint32_t n = dictionary_first_word(dictionary, word, length);

	if (n < dictionary->term_count && compare(dictionary_word(dictionary, n), word, length) == 0)
		return dictionary_postings(dictionary, n);
	return (struct posting_list){ NULL, 0 };
}
