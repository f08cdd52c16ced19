/* match_word.c - the words of dictionaries that a word is, begins or stands inside of, and their
 * records. */
#include "match_word.h"

#include <string.h>

#include "evaluator.h"
#include "match_names.h"
#include "substring.h"
#include "trigrams.h"
#include "word_sets.h"

/* Records that far ahead are fetched: they lie all over the section. */
#define AHEAD 8

/* Finds the rows of the records, whatever kind they are of. */
static void
add_all(struct match *match, const struct dictionary *dictionary, struct posting_list list,
    enum charindex_source score)
{
	const struct format_record *records = dictionary->records;
	uint32_t rows = extra_all_rows(dictionary->ci), count = dictionary->record_count;
	struct score_map *map = match->map;

	if (count == 0)
		return;
	for (uint32_t i = 0; i < list.count; i++) {
		uint32_t number = posting_at(&list, i), row;

		if (list.count - i > AHEAD)
			__builtin_prefetch(&records[posting_at(&list, i + AHEAD)]);
		row = number < count ? format_record_row(&records[number]) : UINT32_MAX;
		if (row >= rows)
			continue;
		score_map_add(map, row, (uint8_t)score);
		match->any = true;
	}
}

/* Finds the rows of the records; with `score`, or, if that is 0, with what the exact word is
 * worth in each. */
static void
add_postings(struct match *match, const struct dictionary *dictionary, struct posting_list list,
    enum charindex_source score, const struct scope *scope)
{
	struct dictionary_record record;

	if (list.count == 0)
		return;
	match->work += 1 + list.count;
	if (dictionary->kind != DICTIONARY_ALIASES) {
		add_all(match, dictionary, list, score != 0 ? score : scope_exact_score(scope, dictionary));
		return;
	}
	for (uint32_t i = 0; i < list.count; i++) {
		enum charindex_source own;

		if (!dictionary_record(dictionary, posting_at(&list, i), &record))
			continue;
		own = scope_score(scope, dictionary, record.kind);
		if (own != CHARINDEX_SOURCE_COUNT)
			match_add(match, record.row, score != 0 ? score : own);
	}
}

/* More are not in all lists together, unless they overlap, which they do not but in a damaged
 * index. */
static uint32_t
most_postings(const struct dictionary *dictionary)
{
	return dictionary->posting_count;
}

static void
match_prefix(struct match *match, const struct dictionary *dictionary, const char *word,
    size_t length, const struct scope *scope)
{
	enum charindex_source score =
	    dictionary->kind == DICTIONARY_DEFINITIONS ? CHARINDEX_BY_DEFINITION : CHARINDEX_BY_PREFIX;

	uint32_t n = dictionary_first_word(dictionary, word, length), walked = 0;

	for (; n < dictionary->term_count && walked <= most_postings(dictionary); n++) {
		struct charindex_text term = dictionary_word(dictionary, n);
		struct posting_list list;

		if (!match_begins(term.bytes, term.length, word, length))
			break;
		list = dictionary_postings(dictionary, n);
		add_postings(match, dictionary, list, score, scope);
		walked += list.count;
	}
}

/* Finds those in the range. Returns how many postings they have. */
static uint32_t
match_inside(struct match *match, const struct dictionary *dictionary, struct trigrams_range range,
    const char *word, size_t length, const struct scope *scope)
{
	struct charindex_text words = dictionary_words(dictionary, range.first, range.end);
	const char *at = words.bytes, *end = at + words.length;
	uint32_t n = range.first, walked = 0;

	match->work += WORK_OF_TEXT(words.length);
	/* as those of names, the words are one text */
	while (walked <= most_postings(dictionary) && at < end &&
	    (at = substring_find(at, end, word, length)) != NULL) {
		struct charindex_text term;
		struct posting_list list;

		n = dictionary_word_at(dictionary, n, at);
		term = dictionary_word(dictionary, n);
		if (at < term.bytes || at + length > term.bytes + term.length) {
			at++;
			continue;
		}
		list = dictionary_postings(dictionary, n);
		add_postings(match, dictionary, list, CHARINDEX_BY_SUBSTRING, scope);
		walked += list.count;
		at = term.bytes + term.length;
	}
	return walked;
}

static void
match_substring(struct match *match, const struct dictionary *dictionary, const char *word,
    size_t length, const struct scope *scope)
{
	const struct trigrams *trigrams = trigrams_of_dictionary(dictionary);
	struct trigrams_range range = { 0 };
	uint32_t walked = 0;

	match->work += WORK_OF_BLOCKS(dictionary->term_count);
	while (walked <= most_postings(dictionary) &&
	    trigrams_next(trigrams, word, length, dictionary->term_count, &range))
		walked += match_inside(match, dictionary, range, word, length, scope);
}

static void
match_dictionary(struct match *match, const struct dictionary *dictionary, const char *word,
    size_t length, const struct scope *scope)
{
	if (scope->exact)
		add_postings(match, dictionary, dictionary_lookup(dictionary, word, length), 0, scope);
	if (scope->prefixes)
		match_prefix(match, dictionary, word, length, scope);
	/* definitions are sentences: only who asks for nothing else means the inside of their words */
	if (scope->substrings &&
	    (dictionary->kind != DICTIONARY_DEFINITIONS || scope->sources == QUERY_DEFINITIONS))
		match_substring(match, dictionary, word, length, scope);
}

void
match_word(struct match *match, const char *word, size_t length, const struct scope *scope)
{
	/* in dictionaries that do not have the word itself, others may begin with it, or have it inside */
	bool itself = !scope->prefixes && !scope->substrings;
	struct dictionary dictionary;
	const uint64_t *set;

	if (length == 0)
		return;
	if ((scope->sources & QUERY_NAMES) != 0)
		match_names(match, word, length, scope);
	set = itself ? word_set_of(match->ci, word, length) : NULL;
	for (uint32_t n = 0; word_set_next(match->ci, set, &n, &dictionary); n++)
		if (scope_has(scope, &dictionary))
			match_dictionary(match, &dictionary, word, length, scope);
}
