/* headwords.c - looks headwords up. Words that are whole lead through their posting lists to a few
 * rows or records; if there are none such, those are looked at that have the one word which may begin
 * before, or go on. What has been led to is compared as a whole. */
#include <stdlib.h>
#include <string.h>

#include "ascii.h"
#include "classic_search.h"
#include "dictionary.h"
#include "headword_pattern.h"

/* What a vocabulary is made of. */
struct vocabulary {
	bool names; /* those of rows */
	enum format_dictionary_kind dictionary;
	uint32_t kinds; /* of its records: a bit for each */
};

#define KIND(name) (UINT32_C(1) << CHARINDEX_RECORD_##name)
#define KINDS_OF_NAMES (KIND(SEQUENCE) | KIND(CONTROL) | KIND(FIGMENT))

static const struct vocabulary vocabularies[CHARINDEX_VOCABULARY_COUNT] = {
	[CHARINDEX_NAMES] = { true, DICTIONARY_ALIASES, KINDS_OF_NAMES },
	[CHARINDEX_ALIASES] = { false, DICTIONARY_ALIASES, ~KINDS_OF_NAMES },
	[CHARINDEX_KEYWORDS] = { false, DICTIONARY_KEYWORDS, UINT32_MAX },
	[CHARINDEX_DEFINITIONS] = { false, DICTIONARY_DEFINITIONS, UINT32_MAX },
};

struct finder {
	const struct charindex *ci;
	const struct charindex_lookup *lookup;
	struct headword_pattern pattern;
	struct folder folder;
	struct charindex_headword last; /* that has been handed out, once `found` */
	bool decided;                   /* to be led to is to match */
	bool found, stopped, no_memory;
};

static bool
same_headword(const struct charindex_headword *a, const struct charindex_headword *b)
{
	return a->row == b->row && a->text.length == b->text.length &&
	    memcmp(a->text.bytes, b->text.bytes, a->text.length) == 0;
}

/* Hands out a headword; once, if there are several records of it. */
static void
give(struct finder *finder, uint32_t row, struct charindex_text text)
{
	struct charindex_headword headword = { row, text };

	if (finder->found && same_headword(&headword, &finder->last))
		return;
	finder->found = true;
	finder->last = headword;
	finder->stopped = !finder->lookup->take(finder->lookup->arg, &headword);
}

/* Hands out a headword that the lists of words have led to, if it matches. */
static void
offer(struct finder *finder, uint32_t row, struct charindex_text text)
{
	if (finder->decided || headword_pattern_matches(&finder->pattern, &finder->folder, text))
		give(finder, row, text);
}

/* The word that leads to what may match: the first that is whole, else the last one. */
static uint32_t
leading_word(const struct headword_pattern *pattern)
{
	uint32_t last = headword_pattern_count(pattern) - 1;

	for (uint32_t n = 0; n <= last; n++)
		if (!headword_pattern_opens_left(pattern, n) && !headword_pattern_opens_right(pattern, n))
			return n;
	return last;
}

static bool
is_open(const struct headword_pattern *pattern, uint32_t n)
{
	return headword_pattern_opens_left(pattern, n) || headword_pattern_opens_right(pattern, n);
}

/* ---- sets of numbers ----------------------------------------------------------------- */

static uint64_t *
set_new(struct finder *finder, uint32_t count)
{
	uint64_t *set = calloc(count / 64 + 1, sizeof(*set));

	finder->no_memory |= set == NULL;
	return set;
}

static void
set_add(uint64_t *set, uint32_t n)
{
	set[n / 64] |= UINT64_C(1) << n % 64;
}

/* The least number from `n` on that is in the set, or `count`. */
static uint32_t
set_next(const uint64_t *set, uint32_t n, uint32_t count)
{
	while (n < count) {
		uint64_t left = set[n / 64] >> n % 64;

		if (left != 0)
			return n + (uint32_t)__builtin_ctzll(left);
		n = (n / 64 + 1) * 64;
	}
	return count;
}

/* ---- names of rows --------------------------------------------------------------------- */

static struct charindex_text
name_of(const struct charindex *ci, uint32_t row)
{
	struct charindex_text text = extra_row_text(ci, row);
	const char *end = text.bytes + text.length, *name = memrchr(text.bytes, '\t', text.length);

	name = name != NULL ? name + 1 : end;
	if (end - name >= 2) /* the line end */
		end -= 2;
	return (struct charindex_text){ name, (size_t)(end - name) };
}

static bool
read_hex(struct charindex_text word, uint32_t *number)
{
	*number = 0;
	for (size_t i = 0; i < word.length; i++) {
		int value = ascii_hex(word.bytes[i]);

		if (value < 0)
			return false;
		*number = *number << 4 | (uint32_t)value;
	}
	return word.length >= 4 && word.length <= 6;
}

/* The code points in names of ideographs are no words that lists are kept for. */
static void
find_numbered_names(struct finder *finder)
{
	for (uint32_t n = 0; n < headword_pattern_count(&finder->pattern) && !finder->found; n++) {
		uint32_t code_point, row;

		if (!read_hex(headword_pattern_word(&finder->pattern, n), &code_point))
			continue;
		row = charindex_row_of(finder->ci, code_point);
		if (row < finder->ci->row_count &&
		    headword_pattern_matches(&finder->pattern, &finder->folder, name_of(finder->ci, row)))
			give(finder, row, name_of(finder->ci, row));
	}
}

/* Through the lists of all words that are whole. */
static void
find_names_by_words(struct finder *finder)
{
	char text[FOLD_MAX_TEXT + FOLD_MAX_WORDS];
	struct charindex_search search;
	struct charindex_run run;
	size_t length = 0;

	for (uint32_t n = 0; n < headword_pattern_count(&finder->pattern); n++) {
		struct charindex_text word = headword_pattern_word(&finder->pattern, n);

		if (is_open(&finder->pattern, n))
			continue;
		memcpy(text + length, word.bytes, word.length);
		length += word.length;
		text[length++] = ' ';
	}
	classic_search_init(&search, finder->ci, text, length);
	while (!finder->stopped && classic_search_next(&search, UINT32_MAX, &run))
		for (uint32_t i = 0; i < run.count && !finder->stopped; i++)
			offer(finder, run.first + i, name_of(finder->ci, run.first + i));
}

static void
add_rows_of_term(const struct charindex *ci, uint32_t term, uint64_t *rows)
{
	for (uint32_t n = index_first_run(ci, term); n < index_end_run(ci, term); n++) {
		struct format_run run = index_run(ci, n);

		for (uint32_t row = run.first; row < run.end; row++)
			set_add(rows, row);
	}
}

/* Adds the rows of all terms that agree with word `n`: they are one text, in capitals. */
static void
add_rows_of_terms(const struct finder *finder, uint32_t n, uint64_t *rows)
{
	const struct charindex *ci = finder->ci;
	struct charindex_text word = headword_pattern_word(&finder->pattern, n);
	const char *at = ci->words, *end = at + ci->words_length;
	char upper[FOLD_MAX_WORD];
	uint32_t term = 0;

	for (size_t i = 0; i < word.length; i++)
		upper[i] = ascii_upper(word.bytes[i]);
	while (
	    ci->term_count > 0 && (at = memmem(at, (size_t)(end - at), upper, word.length)) != NULL) {
		struct charindex_word found;
		struct charindex_text text;

		term = index_term_at(ci, term, (uint32_t)(at - ci->words));
		found = charindex_word(ci, term);
		text = (struct charindex_text){ found.text, found.length };
		if (at + word.length > text.bytes + text.length) { /* it lies across two */
			at++;
			continue;
		}
		if (headword_pattern_agrees(&finder->pattern, n, text))
			add_rows_of_term(ci, term, rows);
		at = text.bytes + text.length;
	}
}

static void
find_names_by_part(struct finder *finder, uint32_t n)
{
	uint32_t count = finder->ci->row_count;
	uint64_t *rows = set_new(finder, count);

	if (rows == NULL)
		return;
	add_rows_of_terms(finder, n, rows);
	for (uint32_t row = set_next(rows, 0, count); row < count && !finder->stopped;
	     row = set_next(rows, row + 1, count))
		offer(finder, row, name_of(finder->ci, row));
	free(rows);
}

static void
find_names(struct finder *finder)
{
	uint32_t n = leading_word(&finder->pattern);

	if (is_open(&finder->pattern, n))
		find_names_by_part(finder, n);
	else
		find_names_by_words(finder);
	if (!finder->stopped)
		find_numbered_names(finder);
}

/* ---- records of dictionaries ------------------------------------------------------------- */

static void
offer_record(struct finder *finder, const struct dictionary *dictionary, uint32_t n)
{
	uint32_t kinds = vocabularies[finder->lookup->vocabulary].kinds;
	struct dictionary_record record;

	if (!dictionary_record(dictionary, n, &record) || (kinds >> record.kind & 1) == 0)
		return;
	offer(finder, record.row, record.text);
}

static void
find_records_by_words(struct finder *finder, const struct dictionary *dictionary)
{
	struct posting_list lists[FOLD_MAX_WORDS], shortest = { .count = UINT32_MAX };
	uint32_t count = 0;

	for (uint32_t n = 0; n < headword_pattern_count(&finder->pattern); n++) {
		struct charindex_text word = headword_pattern_word(&finder->pattern, n);

		if (is_open(&finder->pattern, n))
			continue;
		lists[count] = dictionary_lookup(dictionary, word.bytes, word.length);
		if (lists[count].count < shortest.count)
			shortest = lists[count];
		count++;
	}
	for (uint32_t i = 0; i < shortest.count && !finder->stopped; i++) {
		uint32_t number = posting_at(&shortest, i), n = 0;

		while (n < count && posting_list_has(lists[n], number))
			n++;
		if (n == count)
			offer_record(finder, dictionary, number);
	}
}

/* Adds the records of term `n` to the set. */
static void
add_records(const struct dictionary *dictionary, uint32_t n, uint64_t *records)
{
	struct posting_list list = dictionary_postings(dictionary, n);

	for (uint32_t i = 0; i < list.count; i++)
		if (posting_at(&list, i) < dictionary->record_count)
			set_add(records, posting_at(&list, i));
}

/* Is it a word, and not one that has been added without its accents? */
static bool
is_word(struct charindex_text term)
{
	return term.length > 0 && term.bytes[0] != FOLD_PLAIN;
}

/* The first term from number `from` on that agrees with word `n` of the pattern; the count of
 * terms if there is none. */
static uint32_t
next_term(const struct finder *finder, const struct dictionary *dictionary, uint32_t n,
    uint32_t from)
{
	struct charindex_text all = dictionary_words(dictionary, 0, dictionary->term_count),
	                      word = headword_pattern_word(&finder->pattern, n);
	const char *end = all.bytes + all.length, *at = end;

	if (from < dictionary->term_count)
		at = dictionary_word(dictionary, from).bytes;
	while (at >= all.bytes && at < end &&
	    (at = memmem(at, (size_t)(end - at), word.bytes, word.length)) != NULL) {
		uint32_t term = dictionary_word_at(dictionary, from, at);
		struct charindex_text text = dictionary_word(dictionary, term);

		if (at >= text.bytes && at + word.length <= text.bytes + text.length && is_word(text) &&
		    headword_pattern_agrees(&finder->pattern, n, text))
			return term;
		at++;
	}
	return dictionary->term_count;
}

static void
find_records_by_part(struct finder *finder, const struct dictionary *dictionary, uint32_t n)
{
	uint32_t count = dictionary->record_count, terms = dictionary->term_count;
	uint64_t *records = set_new(finder, count);

	if (records == NULL)
		return;
	for (uint32_t term = next_term(finder, dictionary, n, 0); term < terms;
	     term = next_term(finder, dictionary, n, term + 1))
		add_records(dictionary, term, records);
	for (uint32_t i = set_next(records, 0, count); i < count && !finder->stopped;
	     i = set_next(records, i + 1, count))
		offer_record(finder, dictionary, i);
	free(records);
}

static void
find_records(struct finder *finder, const struct dictionary *dictionary)
{
	uint32_t n = leading_word(&finder->pattern);

	if (is_open(&finder->pattern, n))
		find_records_by_part(finder, dictionary, n);
	else
		find_records_by_words(finder, dictionary);
}

/* ---- words of definitions ------------------------------------------------------------------ */

/* The rows of a word that is matched exactly, each once. */
static void
give_rows(struct finder *finder, const struct dictionary *dictionary, uint32_t term)
{
	struct posting_list list = dictionary_postings(dictionary, term);
	struct charindex_text word = dictionary_word(dictionary, term);

	for (uint32_t i = 0; i < list.count && !finder->stopped; i++) {
		struct dictionary_record record;

		if (dictionary_record(dictionary, posting_at(&list, i), &record))
			give(finder, record.row, word);
	}
}

/* Each word is a headword, so that a pattern of several has none. */
static void
find_definitions(struct finder *finder, const struct dictionary *dictionary)
{
	uint32_t terms = dictionary->term_count, term;

	if (headword_pattern_count(&finder->pattern) != 1)
		return;
	if (!is_open(&finder->pattern, 0)) {
		struct charindex_text word = headword_pattern_word(&finder->pattern, 0);

		term = dictionary_first_word(dictionary, word.bytes, word.length);
		if (term < terms &&
		    headword_pattern_agrees(&finder->pattern, 0, dictionary_word(dictionary, term)))
			give_rows(finder, dictionary, term);
		return;
	}
	for (term = next_term(finder, dictionary, 0, 0); term < terms && !finder->stopped;
	     term = next_term(finder, dictionary, 0, term + 1)) {
		struct posting_list list = dictionary_postings(dictionary, term);
		struct dictionary_record record;

		if (list.count > 0 && dictionary_record(dictionary, posting_at(&list, 0), &record))
			give(finder, record.row, dictionary_word(dictionary, term));
	}
}

/* ---- all of it ------------------------------------------------------------------------------- */

enum charindex_err
charindex_look_up(const struct charindex *ci, const struct charindex_lookup *lookup)
{
	const struct vocabulary *vocabulary = &vocabularies[lookup->vocabulary];
	const char *language = vocabulary->dictionary == DICTIONARY_KEYWORDS ? lookup->language : NULL;
	struct finder finder = { .ci = ci, .lookup = lookup };
	struct dictionary dictionary;

	if (!headword_pattern_init(&finder.pattern, lookup->matching, lookup->text, lookup->length))
		return CHARINDEX_OK;
	finder.decided = lookup->matching == CHARINDEX_MATCH_WORDS ||
	    (lookup->matching == CHARINDEX_MATCH_SUBSTRING &&
	        headword_pattern_count(&finder.pattern) == 1);
	if (vocabulary->names)
		find_names(&finder);
	if (!finder.stopped && dictionary_find(ci, vocabulary->dictionary, language, &dictionary)) {
		if (vocabulary->dictionary == DICTIONARY_DEFINITIONS)
			find_definitions(&finder, &dictionary);
		else
			find_records(&finder, &dictionary);
	}
	folder_release(&finder.folder);
	return finder.no_memory || finder.folder.no_memory ? CHARINDEX_ERR_MEMORY : CHARINDEX_OK;
}
