/* classic_search.c - hides how an answer is found: one word has the runs of its posting list, of several
 * words the sets of rows are intersected. */
#include <string.h>

#include "classic_search.h"
#include "set_walk.h"
#include "words.h"

/* Bytes of text from which on sending them from where they are beats copying them. */
#define LONG_RUN 256

/* Is that the word of the term? Most are told by their first bytes, which lie with the term. */
static inline bool
is_word_of(const struct charindex *ci, const struct format_term *term, const char *word,
    size_t length)
{
	return memcmp(term->prefix, word, FORMAT_PREFIX) == 0 && format_word_length(term) == length &&
	    (length <= FORMAT_PREFIX ||
	        memcmp(ci->words + le32toh(term->word_offset), word, length) == 0);
}

bool
index_find_term(const struct charindex *ci, const char *word, size_t length, uint32_t hash,
    uint32_t *term)
{
	uint32_t mask = ci->slot_mask;

	for (uint32_t slot = hash & mask;; slot = (slot + 1) & mask) {
		uint32_t value = le32toh(ci->slots[slot]), number = value & mask;
		const struct format_term *entry;

		if (number == 0)
			return false;
		/* most of the terms that are not it need not be looked at */
		if (((value ^ hash) & ~mask) != 0)
			continue;
		entry = &ci->terms[number - 1];
		if (is_word_of(ci, entry, word, length)) {
			*term = number - 1;
			return true;
		}
	}
}

/* Adds a set, once: false when the query has more words than any name. */
static bool
add_set(struct charindex_search *search, uint32_t set)
{
	for (uint32_t i = 0; i < search->list_count; i++)
		if (search->list[i].set == set)
			return true;
	if (search->list_count == CHARINDEX_MAX_WORDS)
		return false;
	search->list[search->list_count++].set = set;
	return true;
}

/* Takes one more word into account: its set, or the only run that it has. False if no row can have all. */
static bool
add_term(struct charindex_search *search, uint32_t term)
{
	const struct charindex *ci = search->ci;
	uint32_t set = format_set_place(&ci->terms[term]);
	struct format_run run;

	search->cursor = index_first_run(ci, term);
	search->run_end = index_end_run(ci, term);
	if (set > 0)
		return add_set(search, set);
	search->is_narrow = true;
	run = index_run(ci, search->cursor);
	if (run.first > search->least)
		search->least = run.first;
	if (run.end < search->most)
		search->most = run.end;
	return search->least < search->most;
}

static bool
add_words(struct charindex_search *search, const char *query, size_t length)
{
	struct word_reader reader = { search->ci, query, query + length };
	struct word word;
	uint32_t term;

	while (word_reader_next(&reader, &word))
		if (word.length > FORMAT_MAX_WORD ||
		    !index_find_term(search->ci, word.text, word.length, word.hash, &term) ||
		    !add_term(search, term))
			return false;
	return true;
}

/* Decides what is gone through: the runs of a single list; the sets of several; or neither, if all
 * words have one run only: then all rows from `least` to before `most` are the answer. */
static void
choose_way(struct charindex_search *search)
{
	bool by_runs = search->list_count == 1 && !search->is_narrow;

	if (search->list_count == 0 && search->is_narrow) {
		search->list_count = 1;
		search->first = search->least;
		search->end = search->most;
		search->span = search->ci->set_spans;
	}
	if (by_runs)
		search->span = search->ci->set_spans;
	else
		search->cursor = search->run_end;
}

void
classic_search_init(struct charindex_search *search, const struct charindex *ci, const char *query,
    size_t length)
{
	search->ci = ci;
	search->first = search->end = 0;
	search->list_count = 0;
	search->is_narrow = false;
	search->least = 0;
	search->most = ci->row_count;
	search->span = 0;
	search->regions = search->blocks = search->rows = 0;
	search->cursor = search->run_end = 0;
	if (!add_words(search, query, length)) {
		search->list_count = 0;
		search->is_narrow = false;
	}
	choose_way(search);
}

/* The next neighbouring rows that have all words, behind those that were found before: false if there
 * are no more. */
static inline bool
find_rows(struct charindex_search *search, struct format_run *run)
{
	if (search->cursor < search->run_end) {
		*run = index_run(search->ci, search->cursor++);
		return true;
	}
	*run = set_walk_next(search);
	return run->first < run->end;
}

static inline void
keep_rows(struct charindex_search *search, struct format_run run)
{
	search->first = run.first;
	search->end = run.end;
}

bool
classic_search_has_rows(struct charindex_search *search)
{
	struct format_run run;

	if (search->first < search->end)
		return true;
	if (!find_rows(search, &run))
		return false;
	keep_rows(search, run);
	return true;
}

size_t
classic_search_copy(struct charindex_search *search, char *out, size_t room, uint64_t *rows)
{
	const struct charindex *ci = search->ci;
	struct format_run run = { search->first, search->end };
	char *at = out, *end_of_room = out + room;

	while (run.first < run.end || find_rows(search, &run)) {
		size_t offset = index_row_offset(ci, run.first), end = index_row_offset(ci, run.end);
		size_t length = end - offset, left = (size_t)(end_of_room - at);

		if (length > LONG_RUN || length > left)
			break;
		memcpy(at, ci->text + offset, length);
		at += length;
		*rows += run.end - run.first;
		run.first = run.end;
	}
	keep_rows(search, run);
	return (size_t)(at - out);
}

bool
classic_search_next(struct charindex_search *search, uint32_t max_rows, struct charindex_run *run)
{
	const struct charindex *ci = search->ci;
	uint32_t offset;

	if (!classic_search_has_rows(search))
		return false;
	run->first = search->first;
	run->count = search->end - search->first;
	if (run->count > max_rows)
		run->count = max_rows;
	search->first += run->count;
	offset = index_row_offset(ci, run->first);
	run->text = ci->text + offset;
	run->length = index_row_offset(ci, search->first) - offset;
	return true;
}

struct charindex_word
charindex_word(const struct charindex *ci, uint32_t n)
{
	const struct format_term *term = &ci->terms[n];

	return (struct charindex_word){
		.text = ci->words + le32toh(term->word_offset),
		.length = format_word_length(term),
		.row_count = le32toh(term->row_count),
	};
}
