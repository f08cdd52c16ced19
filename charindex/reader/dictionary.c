/* dictionary.c - hides how dictionaries lie in the index. */
#include "dictionary.h"

#include <stdlib.h>
#include <string.h>

#include "lazy.h"
#include "lower_bound.h"

/* `count` entries from `first` on, as far as the section has them. */
static uint32_t
clip(uint32_t first, uint32_t count, uint32_t entries)
{
	if (first > entries)
		return 0;
	return count < entries - first ? count : entries - first;
}

/* The postings, as far as they are there: which of the two sections has them, and how many. */
static void
set_postings(struct dictionary *dictionary, uint32_t first, bool narrow)
{
	const struct charindex *ci = dictionary->ci;
	enum section_id id = narrow ? SECTION_LEXEME_POSTINGS : SECTION_LEXEME_WIDE_POSTINGS;

	dictionary->posting_count = clip(first, UINT32_MAX, extra_entries(ci, id));
	if (dictionary->posting_count == 0)
		return;
	if (narrow)
		dictionary->narrow = (const uint16_t *)extra_section(ci, id) + first;
	else
		dictionary->wide = (const uint32_t *)extra_section(ci, id) + first;
}

/* Reads the entry with number `n`, which is there. */
static void
read_entry(const struct charindex *ci, uint32_t n, struct dictionary *out)
{
	const struct format_dictionary *entry = extra_section(ci, SECTION_DICTIONARIES);
	uint32_t first_term, first_record, terms;

	entry += n;
	first_term = le32toh(entry->first_term);
	first_record = le32toh(entry->first_record);
	*out = (struct dictionary){
		.ci = ci,
		.number = n,
		.kind = le32toh(entry->kind),
		.language = entry->language[sizeof(entry->language) - 1] == '\0' ? entry->language : "",
		.text_offset = le32toh(entry->text_offset),
	};
	out->record_count =
	    clip(first_record, le32toh(entry->record_count), extra_entries(ci, SECTION_RECORDS));
	/* the entry after the last term says where that ends */
	terms = clip(first_term, UINT32_MAX, extra_entries(ci, SECTION_LEXEMES));
	if (terms > 0) {
		out->term_count = clip(0, le32toh(entry->term_count), terms - 1);
		out->terms = (const struct format_lexeme *)extra_section(ci, SECTION_LEXEMES) + first_term;
	}
	if (out->record_count > 0)
		out->records =
		    (const struct format_record *)extra_section(ci, SECTION_RECORDS) + first_record;
	set_postings(out, le32toh(entry->first_posting),
	    le32toh(entry->record_count) <= FORMAT_NARROW_RECORDS);
}

static void *
read_all(const void *arg)
{
	const struct charindex *ci = arg;
	uint32_t count = extra_entries(ci, SECTION_DICTIONARIES);
	struct dictionary *all = malloc((count + (size_t)1) * sizeof(*all));

	if (all == NULL)
		return NULL;
	for (uint32_t n = 0; n < count; n++)
		read_entry(ci, n, &all[n]);
	return all;
}

/* Who looks for a word goes through more than a hundred of them: they are read once, which is 5 % of a
 * wide answer. */
bool
dictionary_get(const struct charindex *ci, uint32_t n, struct dictionary *out)
{
	const struct dictionary *all;

	if (n >= extra_entries(ci, SECTION_DICTIONARIES))
		return false;
	all = lazy_get(ci->lazy, LAZY_DICTIONARIES, LAZY_NAMES, 0, read_all, ci);
	if (all != NULL)
		*out = all[n];
	else
		read_entry(ci, n, out);
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

/* `length` bytes at `offset` of the dictionary's text. */
static struct charindex_text
text_at(const struct dictionary *dictionary, uint32_t offset, uint32_t length)
{
	uint32_t size = extra_entries(dictionary->ci, SECTION_RECORD_TEXT);

	if (dictionary->text_offset > size || offset > size - dictionary->text_offset)
		return (struct charindex_text){ "", 0 };
	return extra_text(dictionary->ci, SECTION_RECORD_TEXT, dictionary->text_offset + offset,
	    length);
}

bool
dictionary_record(const struct dictionary *dictionary, uint32_t n, struct dictionary_record *out)
{
	const struct format_record *record;
	uint32_t number, text;

	if (n >= dictionary->record_count)
		return false;
	record = &dictionary->records[n];
	number = le32toh(record->row_kind_words);
	text = le32toh(record->text);
	*out = (struct dictionary_record){
		.row = format_record_row(record),
		.kind = number >> RECORD_ROW_BITS & ((1u << RECORD_KIND_BITS) - 1),
		.words = number >> (RECORD_ROW_BITS + RECORD_KIND_BITS),
		.text = text_at(dictionary, text & ((1u << RECORD_OFFSET_BITS) - 1),
		    text >> RECORD_OFFSET_BITS),
	};
	return out->row < extra_all_rows(dictionary->ci) && out->kind < CHARINDEX_RECORD_KIND_COUNT;
}

uint32_t
dictionary_first_record(const struct dictionary *dictionary, uint32_t row)
{
	uint32_t low = 0;

	LOWER_BOUND(low, dictionary->record_count, i, format_record_row(&dictionary->records[i]) < row);
	return low;
}

struct charindex_text
dictionary_word(const struct dictionary *dictionary, uint32_t n)
{
	uint32_t begin = le32toh(dictionary->terms[n].word_offset);
	uint32_t end = le32toh(dictionary->terms[n + 1].word_offset);

	if (end < begin || end - begin > FORMAT_MAX_WORD)
		return (struct charindex_text){ "", 0 };
	return text_at(dictionary, begin, end - begin);
}

struct charindex_text
dictionary_words(const struct dictionary *dictionary, uint32_t first, uint32_t end)
{
	uint32_t begin, behind;

	if (first >= end)
		return (struct charindex_text){ "", 0 };
	begin = le32toh(dictionary->terms[first].word_offset);
	behind = le32toh(dictionary->terms[end].word_offset);
	return text_at(dictionary, begin, behind >= begin ? behind - begin : 0);
}

uint32_t
dictionary_word_at(const struct dictionary *dictionary, uint32_t low, const char *at)
{
	const char *text = extra_section(dictionary->ci, SECTION_RECORD_TEXT);
	uint32_t offset = (uint32_t)(at - text) - dictionary->text_offset, after = low + 1;

	LOWER_BOUND_NEAR(after, dictionary->term_count, i,
	    le32toh(dictionary->terms[i].word_offset) <= offset);
	return after - 1;
}

struct posting_list
dictionary_postings(const struct dictionary *dictionary, uint32_t n)
{
	uint32_t first = le32toh(dictionary->terms[n].first_posting);
	uint32_t end = le32toh(dictionary->terms[n + 1].first_posting);

	if (first >= end || end > dictionary->posting_count)
		return (struct posting_list){ .count = 0 };
	if (dictionary->narrow != NULL)
		return (struct posting_list){ .narrow = dictionary->narrow + first, .count = end - first };
	return (struct posting_list){ .wide = dictionary->wide + first, .count = end - first };
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
	uint32_t low = 0;

	LOWER_BOUND(low, dictionary->term_count, i,
	    compare(dictionary_word(dictionary, i), word, length) < 0);
	return low;
}

struct posting_list
dictionary_lookup(const struct dictionary *dictionary, const char *word, size_t length)
{
	uint32_t n = dictionary_first_word(dictionary, word, length);

	if (n < dictionary->term_count && compare(dictionary_word(dictionary, n), word, length) == 0)
		return dictionary_postings(dictionary, n);
	return (struct posting_list){ .count = 0 };
}
