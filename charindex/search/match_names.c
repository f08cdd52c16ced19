/* match_names.c - the terms that a word is, begins or stands inside of, and their rows. */
#include "match_names.h"

#include <string.h>

#include "ascii.h"
#include "evaluator.h"
#include "index.h"
#include "lower_bound.h"
#include "substring.h"
#include "trigrams.h"

/* The word in upper case, as names have it, and padded as index_find_term() wants it: false if no name
 * can. */
static bool
upper_word(const char *word, size_t length, char *upper)
{
	memset(upper, 0, FORMAT_PREFIX);
	for (size_t i = 0; i < length; i++) {
		if (word[i] < 0x20 || word[i] > 0x7E)
			return false;
		upper[i] = ascii_upper(word[i]);
	}
	return true;
}

static void
add_term(struct match *match, uint32_t term, enum charindex_source score)
{
	const struct charindex *ci = match->ci;

	for (uint32_t n = index_first_run(ci, term); n < index_end_run(ci, term); n++) {
		struct format_run run = index_run(ci, n);

		if (run.end - run.first == 1) { /* as most are */
			score_map_add(match->map, run.first, (uint8_t)score);
			match->work++;
		} else {
			score_map_add_rows(match->map, run.first, run.end, (uint8_t)score);
		}
		match->any = true;
	}
}

static bool
find_term(const struct charindex *ci, const char *upper, size_t length, uint32_t *term)
{
	return index_find_term(ci, upper, length, format_hash(upper, length), term);
}

static void
match_exact(struct match *match, const char *upper, size_t length)
{
	uint32_t term;

	if (find_term(match->ci, upper, length, &term))
		add_term(match, term, CHARINDEX_BY_NAME);
}

uint32_t
match_name_count(const struct charindex *ci, const char *word, size_t length)
{
	char upper[FOLD_MAX_WORD];
	uint32_t term;

	if (length > sizeof(upper) || !upper_word(word, length, upper) ||
	    !find_term(ci, upper, length, &term))
		return 0;
	return charindex_word(ci, term).row_count;
}

static bool
is_below(struct charindex_word word, const char *upper, size_t length)
{
	int order = memcmp(word.text, upper, word.length < length ? word.length : length);

	return order < 0 || (order == 0 && word.length < length);
}

static void
match_prefix(struct match *match, const char *upper, size_t length)
{
	const struct charindex *ci = match->ci;
	uint32_t low = 0;

	/* terms are in the order of their bytes */
	LOWER_BOUND(low, ci->term_count, i, is_below(charindex_word(ci, i), upper, length));
	for (; low < ci->term_count; low++) {
		struct charindex_word word = charindex_word(ci, low);

		if (!match_begins(word.text, word.length, upper, length))
			break;
		match->work++;
		add_term(match, low, CHARINDEX_BY_PREFIX);
	}
}

/* Finds those in the range. The words of all terms are one text, in which the word is looked for. */
static void
match_inside(struct match *match, struct trigrams_range range, const char *upper, size_t length)
{
	const struct charindex *ci = match->ci;
	struct charindex_word last = charindex_word(ci, range.end - 1);
	const char *at = charindex_word(ci, range.first).text, *end = last.text + last.length;
	uint32_t term = range.first;

	match->work += at < end ? WORK_OF_TEXT((uint64_t)(end - at)) : 0;
	while (at < end && (at = substring_find(at, end, upper, length)) != NULL) {
		struct charindex_word word;
		const char *word_end;

		term = index_term_at(ci, term, (uint32_t)(at - ci->words));
		word = charindex_word(ci, term);
		word_end = word.text + word.length;
		if (at < word.text || at + length > word_end) {
			at++;
			continue;
		}
		add_term(match, term, CHARINDEX_BY_SUBSTRING);
		at = word_end;
	}
}

static void
match_substring(struct match *match, const char *upper, size_t length)
{
	const struct trigrams *trigrams = trigrams_of_names(match->ci);
	struct trigrams_range range = { 0 };

	match->work += WORK_OF_BLOCKS(match->ci->term_count);
	while (trigrams_next(trigrams, upper, length, match->ci->term_count, &range))
		match_inside(match, range, upper, length);
}

void
match_names(struct match *match, const char *word, size_t length, const struct scope *scope)
{
	char upper[FOLD_MAX_WORD];

	if (length > sizeof(upper) || !upper_word(word, length, upper))
		return;
	if (scope->exact)
		match_exact(match, upper, length);
	if (scope->prefixes)
		match_prefix(match, upper, length);
	if (scope->substrings)
		match_substring(match, upper, length);
}
