/* mark.c - in which lists of the index a word is looked for, and what a row found there is worth. */
#include "mark.h"

#include <string.h>

#include "dictionary.h"
#include "substring.h"

static void
mark(struct marking *marking, uint32_t row, enum charindex_source score)
{
	score_map_add(marking->map, row, (uint8_t)score);
	marking->marked = true;
}

/* ---- names --------------------------------------------------------------------------------- */

/* The word in upper case, as names have it: false if no name can. */
static bool
upper_word(const char *word, size_t length, char *upper)
{
	for (size_t i = 0; i < length; i++) {
		if (word[i] < 0x20 || word[i] > 0x7E)
			return false;
		upper[i] = word[i] >= 'a' && word[i] <= 'z' ? (char)(word[i] - ('a' - 'A')) : word[i];
	}
	return true;
}

static void
mark_term(struct marking *marking, uint32_t term, enum charindex_source score)
{
	const struct charindex *ci = marking->ci;

	for (uint32_t n = index_first_run(ci, term); n < index_end_run(ci, term); n++) {
		struct format_run run = index_run(ci, n);

		score_map_add_rows(marking->map, run.first, run.end, (uint8_t)score);
		marking->marked = true;
	}
}

static bool
find_term(const struct charindex *ci, const char *upper, size_t length, uint32_t *term)
{
	uint32_t hash = FORMAT_HASH_START;

	for (size_t i = 0; i < length; i++)
		hash = format_hash_byte(hash, (unsigned char)upper[i]);
	return index_find_term(ci, upper, length, format_hash_end(hash), term);
}

static void
mark_name(struct marking *marking, const char *upper, size_t length)
{
	uint32_t term;

	if (find_term(marking->ci, upper, length, &term))
		mark_term(marking, term, CHARINDEX_BY_NAME);
}

uint32_t
mark_name_count(const struct charindex *ci, const char *word, size_t length)
{
	char upper[FOLD_MAX_WORD];
	uint32_t term;

	if (length > sizeof(upper) || !upper_word(word, length, upper) ||
	    !find_term(ci, upper, length, &term))
		return 0;
	return charindex_word(ci, term).row_count;
}

static bool
begins_with(const char *text, size_t text_length, const char *prefix, size_t length)
{
	return text_length >= length && memcmp(text, prefix, length) == 0;
}

static void
mark_name_prefix(struct marking *marking, const char *upper, size_t length)
{
	const struct charindex *ci = marking->ci;
	uint32_t low = 0, high = ci->term_count;

	/* terms are in the order of their bytes */
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		struct charindex_word word = charindex_word(ci, middle);
		size_t common = word.length < length ? word.length : length;
		int order = memcmp(word.text, upper, common);

		if (order < 0 || (order == 0 && word.length < length))
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < ci->term_count; low++) {
		struct charindex_word word = charindex_word(ci, low);

		if (!begins_with(word.text, word.length, upper, length))
			break;
		marking->work++;
		mark_term(marking, low, CHARINDEX_BY_PREFIX);
	}
}

/* The term that the byte at `offset` of the words belongs to, from term `low` on. */
static uint32_t
term_at_offset(const struct charindex *ci, uint32_t low, uint32_t offset)
{
	uint32_t step = 1, high;

	/* doubling steps, then halving ones, for the next hit is most often near */
	while (step < ci->term_count - low && le32toh(ci->terms[low + step].word_offset) <= offset) {
		low += step;
		step *= 2;
	}
	high = step < ci->term_count - low ? low + step : ci->term_count;
	while (low + 1 < high) {
		uint32_t middle = low + (high - low) / 2;

		if (le32toh(ci->terms[middle].word_offset) <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* The words of all terms are one text, in which the word is looked for. */
static void
mark_name_inside(struct marking *marking, const char *upper, size_t length)
{
	const struct charindex *ci = marking->ci;
	const char *end = ci->words + ci->words_length, *at = ci->words;
	uint32_t term = 0;

	marking->work += WORK_OF_TEXT(ci->words_length);
	while (
	    at < end && ci->term_count > 0 && (at = substring_find(at, end, upper, length)) != NULL) {
		struct charindex_word word;
		const char *word_end;

		term = term_at_offset(ci, term, (uint32_t)(at - ci->words));
		word = charindex_word(ci, term);
		word_end = word.text + word.length;
		if (at < word.text || at + length > word_end) {
			at++;
			continue;
		}
		mark_term(marking, term, CHARINDEX_BY_SUBSTRING);
		at = word_end;
	}
}

static void
mark_names(struct marking *marking, const char *word, size_t length, const struct scope *scope)
{
	char upper[FOLD_MAX_WORD];

	if (length > sizeof(upper) || !upper_word(word, length, upper))
		return;
	if (scope->exact)
		mark_name(marking, upper, length);
	if (scope->prefixes)
		mark_name_prefix(marking, upper, length);
	if (scope->insides)
		mark_name_inside(marking, upper, length);
}

/* ---- dictionaries ----------------------------------------------------------------------------- */

/* Is it of keywords, in a language that has not been chosen? */
static bool
is_foreign(const struct dictionary *dictionary, const struct scope *scope)
{
	return dictionary->kind == DICTIONARY_KEYWORDS && scope->any_language;
}

static enum charindex_source
exact_score(const struct dictionary *dictionary, const struct scope *scope)
{
	if (is_foreign(dictionary, scope))
		return CHARINDEX_BY_FOREIGN;
	switch (dictionary->kind) {
	case DICTIONARY_ALIASES:
	case DICTIONARY_ELSEWHERE:
		return CHARINDEX_BY_ALIAS;
	case DICTIONARY_KEYWORDS:
	case DICTIONARY_CROWD:
		return CHARINDEX_BY_KEYWORD;
	case DICTIONARY_DEFINITIONS:
		break;
	}
	return CHARINDEX_BY_DEFINITION;
}

/* The names of sequences stand among the aliases, and are names; synonyms stand for words of
 * names. */
enum charindex_source
mark_score(const struct dictionary *dictionary, unsigned kind, const struct scope *scope)
{
	bool name = kind == CHARINDEX_RECORD_SEQUENCE;

	if (dictionary->kind == DICTIONARY_ALIASES &&
	    (scope->sources & (name ? QUERY_NAMES : QUERY_ALIASES)) == 0)
		return CHARINDEX_SOURCE_COUNT;
	if (kind == CHARINDEX_RECORD_SYNONYM)
		return CHARINDEX_BY_SYNONYM;
	return name ? CHARINDEX_BY_NAME : exact_score(dictionary, scope);
}

/* Records that far ahead are fetched: they lie all over the section. */
enum { AHEAD = 8 };

/* Marks the rows of the records, whatever kind they are of. */
static void
mark_all(struct marking *marking, const struct dictionary *dictionary, struct posting_list list,
    enum charindex_source score)
{
	const struct format_record *records = dictionary->records;
	uint32_t rows = extra_all_rows(dictionary->ci), count = dictionary->record_count;
	struct score_map *map = marking->map;

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
		marking->marked = true;
	}
}

/* Marks the rows of the records; with `score`, or, if that is 0, with what the exact word is
 * worth in each. */
static void
mark_postings(struct marking *marking, const struct dictionary *dictionary,
    struct posting_list list, enum charindex_source score, const struct scope *scope)
{
	struct dictionary_record record;

	marking->work += 1 + list.count;
	if (dictionary->kind != DICTIONARY_ALIASES) {
		mark_all(marking, dictionary, list, score != 0 ? score : exact_score(dictionary, scope));
		return;
	}
	for (uint32_t i = 0; i < list.count; i++) {
		enum charindex_source own;

		if (!dictionary_record(dictionary, posting_at(&list, i), &record))
			continue;
		own = mark_score(dictionary, record.kind, scope);
		if (own != CHARINDEX_SOURCE_COUNT)
			mark(marking, record.row, score != 0 ? score : own);
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
mark_prefix(struct marking *marking, const struct dictionary *dictionary, const char *word,
    size_t length, const struct scope *scope)
{
	enum charindex_source score =
	    dictionary->kind == DICTIONARY_DEFINITIONS ? CHARINDEX_BY_DEFINITION : CHARINDEX_BY_PREFIX;

	uint32_t n = dictionary_first_word(dictionary, word, length), walked = 0;

	for (; n < dictionary->term_count && walked <= most_postings(dictionary); n++) {
		struct charindex_text term = dictionary_word(dictionary, n);
		struct posting_list list;

		if (!begins_with(term.bytes, term.length, word, length))
			break;
		list = dictionary_postings(dictionary, n);
		mark_postings(marking, dictionary, list, score, scope);
		walked += list.count;
	}
}

static void
mark_inside(struct marking *marking, const struct dictionary *dictionary, const char *word,
    size_t length, const struct scope *scope)
{
	struct charindex_text words = dictionary_words(dictionary);
	const char *at = words.bytes, *end = at + words.length;
	uint32_t n = 0, walked = 0;

	marking->work += WORK_OF_TEXT(words.length);
	/* as those of names, the words are one text */
	while (at < end && walked <= most_postings(dictionary) &&
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
		mark_postings(marking, dictionary, list, CHARINDEX_BY_SUBSTRING, scope);
		walked += list.count;
		at = term.bytes + term.length;
	}
}

bool
mark_is_asked(const struct dictionary *dictionary, const struct scope *scope)
{
	switch (dictionary->kind) {
	case DICTIONARY_ALIASES:
		return (scope->sources & (QUERY_NAMES | QUERY_ALIASES)) != 0;
	case DICTIONARY_DEFINITIONS:
		return (scope->sources & QUERY_DEFINITIONS) != 0;
	case DICTIONARY_CROWD:
		return (scope->sources & QUERY_CROWD) != 0;
	case DICTIONARY_ELSEWHERE: /* which are asked for as they are written (stage_text.c) */
		return false;
	case DICTIONARY_KEYWORDS:
		break;
	}
	if ((scope->sources & QUERY_KEYWORDS) == 0 || scope->any_language)
		return (scope->sources & QUERY_KEYWORDS) != 0;
	for (int i = 0; i < 2; i++)
		if (scope->languages[i] != NULL && strcmp(scope->languages[i], dictionary->language) == 0)
			return true;
	return false;
}

static void
mark_in_dictionary(struct marking *marking, const struct dictionary *dictionary, const char *word,
    size_t length, const struct scope *scope)
{
	if (scope->exact)
		mark_postings(marking, dictionary, dictionary_lookup(dictionary, word, length), 0, scope);
	if (scope->prefixes)
		mark_prefix(marking, dictionary, word, length, scope);
	/* definitions are sentences: only who asks for nothing else means the inside of their words */
	if (scope->insides &&
	    (dictionary->kind != DICTIONARY_DEFINITIONS || scope->sources == QUERY_DEFINITIONS))
		mark_inside(marking, dictionary, word, length, scope);
}

void
mark_word(struct marking *marking, const char *word, size_t length, const struct scope *scope)
{
	struct dictionary dictionary;

	if (length == 0)
		return;
	if ((scope->sources & QUERY_NAMES) != 0)
		mark_names(marking, word, length, scope);
	for (uint32_t n = 0; dictionary_get(marking->ci, n, &dictionary); n++)
		if (mark_is_asked(&dictionary, scope))
			mark_in_dictionary(marking, &dictionary, word, length, scope);
}

/* ---- whole phrases ------------------------------------------------------------------------------- */

/* Words that a whole phrase can have: the lists of so many are intersected. */
enum { MAX_WHOLE = 16 };

/* The distinct ones among the words: their numbers; 0 if they are too many. */
static uint32_t
distinct_words(const struct folded_words *words, uint32_t distinct[MAX_WHOLE])
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < words->count; i++) {
		if (folded_among(words, i, words->bytes + words->word[i].offset, words->word[i].length))
			continue;
		if (count == MAX_WHOLE)
			return 0;
		distinct[count++] = i;
	}
	return count;
}

bool
mark_list_has(struct posting_list list, uint32_t record)
{
	uint32_t low = 0, high = list.count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (posting_at(&list, middle) < record)
			low = middle + 1;
		else
			high = middle;
	}
	return low < list.count && posting_at(&list, low) == record;
}

static enum charindex_source
whole_score(const struct dictionary *dictionary, unsigned kind, const struct scope *scope)
{
	if (is_foreign(dictionary, scope))
		return CHARINDEX_BY_WHOLE_FOREIGN;
	switch (kind) {
	case CHARINDEX_RECORD_CROWD:
		return CHARINDEX_BY_WHOLE_CROWD;
	case CHARINDEX_RECORD_SEQUENCE:
		return CHARINDEX_BY_WHOLE_NAME;
	case CHARINDEX_RECORD_KEYWORD:
		return CHARINDEX_BY_WHOLE_KEYWORD;
	case CHARINDEX_RECORD_SHORT_NAME:
		return CHARINDEX_BY_WHOLE_ALIAS;
	default:
		return kind > CHARINDEX_RECORD_KEYWORD ? CHARINDEX_BY_DEFINITION : CHARINDEX_BY_WHOLE_ALIAS;
	}
}

/* Marks the rows of records of so many words that have them all. */
static void
mark_whole_records(struct marking *marking, const struct dictionary *dictionary,
    struct posting_list *lists, uint32_t count, const struct scope *scope)
{
	struct dictionary_record record;
	uint32_t shortest = 0;

	for (uint32_t i = 1; i < count; i++)
		if (lists[i].count < lists[shortest].count)
			shortest = i;
	marking->work += lists[shortest].count;
	for (uint32_t n = 0; n < lists[shortest].count; n++) {
		uint32_t number = posting_at(&lists[shortest], n), i = 0;

		if (!dictionary_record(dictionary, number, &record) || record.words != count ||
		    mark_score(dictionary, record.kind, scope) == CHARINDEX_SOURCE_COUNT)
			continue;
		while (i < count && mark_list_has(lists[i], number))
			i++;
		if (i == count && score_map_get(marking->map, record.row) != NO_MATCH)
			mark(marking, record.row, whole_score(dictionary, record.kind, scope));
	}
}

static void
mark_whole_names(struct marking *marking, uint32_t count)
{
	struct score_map *map = marking->map;
	uint32_t rows = map->rows;

	for (uint32_t row = 0; (row = score_map_next(map, row, rows)) < rows; row++) {
		marking->work++;
		if (score_map_get(map, row) == CHARINDEX_BY_NAME &&
		    extra_rank(marking->ci, row).words == count)
			mark(marking, row, CHARINDEX_BY_WHOLE_NAME);
	}
}

void
mark_whole(struct marking *marking, const struct folded_words *words, const struct scope *scope)
{
	uint32_t distinct[MAX_WHOLE], count = distinct_words(words, distinct);
	struct posting_list lists[MAX_WHOLE];
	struct dictionary dictionary;

	if (count == 0)
		return;
	mark_whole_names(marking, count);
	for (uint32_t n = 0; dictionary_get(marking->ci, n, &dictionary); n++) {
		if (!mark_is_asked(&dictionary, scope))
			continue;
		for (uint32_t i = 0; i < count; i++) {
			const struct folded_word *word = &words->word[distinct[i]];

			lists[i] = dictionary_lookup(&dictionary, words->bytes + word->offset, word->length);
		}
		mark_whole_records(marking, &dictionary, lists, count, scope);
	}
}

uint32_t
mark_first_row(const struct charindex *ci, uint32_t low, uint32_t high, uint32_t code_point)
{
	uint32_t step = 1;

	/* it is likely to be near: the distance is doubled until it is passed */
	while (step < high - low && extra_row_code(ci, low + step) < code_point) {
		low += step;
		step *= 2;
	}
	if (step < high - low)
		high = low + step;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (extra_row_code(ci, middle) < code_point)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
