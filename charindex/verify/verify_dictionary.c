/* verify_dictionary.c - hides the deep check of dictionaries: that terms, postings, records and
 * text lie one after the other, in order; and, for records in ASCII, which are folded the same
 * by every ICU, that they are listed under each of their words and no other. */
#include <string.h>

#include "ascii.h"
#include "dictionary.h"
#include "fold.h"
#include "verify.h"

/* Where the last dictionary that has been checked ends, in each of their sections. */
struct ends {
	uint32_t terms, postings, wide_postings, records, text;
};

/* The kinds of records that a kind of dictionary has. */
static const struct {
	enum charindex_record_kind first, last;
} kinds_of[] = {
	[DICTIONARY_ALIASES] = { CHARINDEX_RECORD_CORRECTION, CHARINDEX_RECORD_SEQUENCE },
	[DICTIONARY_KEYWORDS] = { CHARINDEX_RECORD_SHORT_NAME, CHARINDEX_RECORD_KEYWORD },
	[DICTIONARY_DEFINITIONS] = { CHARINDEX_RECORD_DEFINITION, CHARINDEX_RECORD_MODERN },
	[DICTIONARY_ELSEWHERE] = { CHARINDEX_RECORD_LATEX, CHARINDEX_RECORD_APL },
	[DICTIONARY_CROWD] = { CHARINDEX_RECORD_CROWD, CHARINDEX_RECORD_CROWD },
};

static bool
is_kind_of(unsigned kind, enum format_dictionary_kind dictionary)
{
	return kind >= kinds_of[dictionary].first && kind <= kinds_of[dictionary].last;
}

static bool
is_wide(const struct format_dictionary *entry)
{
	return le32toh(entry->record_count) > FORMAT_NARROW_RECORDS;
}

/* The entry of DICT with number `n`: it goes on where the one before ended. */
static bool
is_entry_right(const struct charindex *ci, uint32_t n, const struct ends *ends)
{
	const struct format_dictionary *entry =
	    (const struct format_dictionary *)extra_section(ci, SECTION_DICTIONARIES) + n;
	size_t length = strnlen(entry->language, sizeof(entry->language));
	struct dictionary dictionary;

	for (size_t i = length; i < sizeof(entry->language); i++)
		if (entry->language[i] != '\0')
			return false;
	/* the first of its kind and language */
	return dictionary_find(ci, le32toh(entry->kind), entry->language, &dictionary) &&
	    (length < sizeof(entry->language)) && le32toh(entry->kind) >= DICTIONARY_ALIASES &&
	    le32toh(entry->kind) <= DICTIONARY_CROWD &&
	    (length > 0) == (le32toh(entry->kind) == DICTIONARY_KEYWORDS) &&
	    le32toh(entry->first_term) == ends->terms &&
	    le32toh(entry->first_record) == ends->records &&
	    le32toh(entry->text_offset) == ends->text &&
	    le32toh(entry->first_posting) == (is_wide(entry) ? ends->wide_postings : ends->postings) &&
	    dictionary.terms != NULL && dictionary.term_count == le32toh(entry->term_count) &&
	    dictionary.record_count == le32toh(entry->record_count);
}

static bool
are_postings_right(const struct dictionary *dictionary, struct posting_list list)
{
	for (uint32_t i = 0; i < list.count; i++)
		if (posting_at(&list, i) >= dictionary->record_count ||
		    (i > 0 && posting_at(&list, i) <= posting_at(&list, i - 1)))
			return false;
	return list.count > 0;
}

/* Sets *words_length to the bytes of all terms. */
static bool
are_terms_right(const struct dictionary *dictionary, struct ends *ends, uint32_t *words_length)
{
	struct charindex_text before = { "", 0 };
	uint32_t words = 0, postings = 0;

	for (uint32_t n = 0; n < dictionary->term_count; n++) {
		const struct format_lexeme *term = &dictionary->terms[n];
		struct charindex_text word = dictionary_word(dictionary, n);
		struct posting_list list = dictionary_postings(dictionary, n);
		size_t common = word.length < before.length ? word.length : before.length;
		int order = memcmp(before.bytes, word.bytes, common);

		if (word.length == 0 || le32toh(term->word_offset) != words ||
		    le32toh(term->first_posting) != postings || !are_postings_right(dictionary, list) ||
		    order > 0 || (order == 0 && before.length >= word.length))
			return false;
		words += (uint32_t)word.length;
		postings += list.count;
		before = word;
	}
	ends->terms += dictionary->term_count + 1;
	*(dictionary->narrow != NULL ? &ends->postings : &ends->wide_postings) += postings;
	*words_length = words;
	return le32toh(dictionary->terms[dictionary->term_count].word_offset) == words &&
	    le32toh(dictionary->terms[dictionary->term_count].first_posting) == postings;
}

/* Is the record listed under each of its words? Sets *words to how many distinct ones there are. */
static bool
is_listed(const struct dictionary *dictionary, const struct folded *folded, uint32_t number,
    uint32_t *words)
{
	*words = 0;
	for (uint32_t i = 0; i < folded->count; i++) {
		const char *word = folded->bytes + folded->word[i].offset;
		size_t length = folded->word[i].length;
		uint32_t j = 0;

		while (j < i &&
		    (folded->word[j].length != length ||
		        memcmp(folded->bytes + folded->word[j].offset, word, length) != 0))
			j++;
		if (j < i)
			continue;
		++*words;
		if (!posting_list_has(dictionary_lookup(dictionary, word, length), number))
			return false;
	}
	return true;
}

/* Is the name listed as it is written? */
static bool
is_listed_exactly(const struct dictionary *dictionary, struct charindex_text text, uint32_t number)
{
	char exact[FOLD_MAX_WORD] = { FOLD_EXACT };

	if (text.length >= sizeof(exact))
		return false;
	memcpy(exact + 1, text.bytes, text.length);
	return posting_list_has(dictionary_lookup(dictionary, exact, text.length + 1), number);
}

/* Is the text of a record a whole term, the phrase at *next, which is then stepped over, or one
 * that was before it? Both count from the end of the terms. */
static bool
is_whole(const struct dictionary *dictionary, struct charindex_text text, uint32_t words_length,
    uint32_t *next)
{
	const char *begin =
	    (const char *)extra_section(dictionary->ci, SECTION_RECORD_TEXT) + dictionary->text_offset;
	uint32_t offset = (uint32_t)(text.bytes - begin);

	if (offset < words_length) {
		struct charindex_text word =
		    dictionary_word(dictionary, dictionary_word_at(dictionary, 0, text.bytes));

		return word.bytes == text.bytes && word.length == text.length;
	}
	if (offset > *next || (offset > words_length && text.bytes[-1] != '\0') ||
	    extra_text(dictionary->ci, SECTION_RECORD_TEXT, dictionary->text_offset + offset,
	        (uint32_t)text.length + 1)
	            .length == 0 ||
	    text.bytes[text.length] != '\0')
		return false;
	if (offset == *next)
		*next += (uint32_t)text.length + 1;
	return true;
}

/* Adds the words of records in ASCII to *words. A count of words of RECORD_MANY_WORDS says that
 * there are that many or that it is never the whole of a name. */
static bool
are_records_right(const struct dictionary *dictionary, uint32_t words_length, struct ends *ends,
    uint64_t *words)
{
	uint32_t row = 0, next = words_length;

	for (uint32_t n = 0; n < dictionary->record_count; n++) {
		struct dictionary_record record;
		struct folded folded;
		uint32_t distinct;

		if (!dictionary_record(dictionary, n, &record) || record.row < row ||
		    !is_kind_of(record.kind, dictionary->kind) || record.text.length == 0 ||
		    !verify_is_text(record.text) || !is_whole(dictionary, record.text, words_length, &next))
			return false;
		row = record.row;
		if (!ascii_is_text(record.text.bytes, record.text.length) ||
		    !fold_text(&folded, record.text.bytes, record.text.length, FOLD_BOTH))
			continue;
		if (!is_listed(dictionary, &folded, n, &distinct) ||
		    (record.words != RECORD_MANY_WORDS && record.words != distinct))
			return false;
		*words += distinct;
		if (dictionary->kind == DICTIONARY_ELSEWHERE &&
		    !is_listed_exactly(dictionary, record.text, n))
			return false;
		*words += dictionary->kind == DICTIONARY_ELSEWHERE;
	}
	ends->records += dictionary->record_count;
	ends->text += next;
	return true;
}

/* Postings of records in ASCII. */
static uint64_t
count_postings(const struct dictionary *dictionary)
{
	uint64_t count = 0;

	for (uint32_t n = 0; n < dictionary->term_count; n++) {
		struct posting_list list = dictionary_postings(dictionary, n);

		for (uint32_t i = 0; i < list.count; i++) {
			struct dictionary_record record;

			if (dictionary_record(dictionary, posting_at(&list, i), &record))
				count += ascii_is_text(record.text.bytes, record.text.length);
		}
	}
	return count;
}

bool
verify_dictionaries(const struct charindex *ci)
{
	struct ends ends = { 0 };
	struct dictionary dictionary;

	for (uint32_t n = 0; dictionary_get(ci, n, &dictionary); n++) {
		uint64_t words = 0;
		uint32_t words_length;

		if (!is_entry_right(ci, n, &ends) || !are_terms_right(&dictionary, &ends, &words_length) ||
		    !are_records_right(&dictionary, words_length, &ends, &words) ||
		    count_postings(&dictionary) != words)
			return false;
	}
	return ends.terms == extra_entries(ci, SECTION_LEXEMES) &&
	    ends.postings == extra_entries(ci, SECTION_LEXEME_POSTINGS) &&
	    ends.wide_postings == extra_entries(ci, SECTION_LEXEME_WIDE_POSTINGS) &&
	    ends.records == extra_entries(ci, SECTION_RECORDS) &&
	    ends.text == extra_entries(ci, SECTION_RECORD_TEXT);
}
