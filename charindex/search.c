/* search.c - hides how an answer is found: the posting lists of the words, which are
 * ascending runs of rows, are intersected run by run, shortest list first. */
#include <string.h>

#include "words.h"

bool
index_find_term(const struct charindex *ci, const char *word, size_t length, uint32_t hash,
    uint32_t *term)
{
	uint32_t value;

	for (uint32_t slot = hash & ci->slot_mask; (value = le32toh(ci->slots[slot])) != 0;
	     slot = (slot + 1) & ci->slot_mask) {
		const struct format_term *entry = &ci->terms[value - 1];

		if (le32toh(entry->hash) == hash && le16toh(entry->word_length) == length &&
		    memcmp(ci->words + le32toh(entry->word_offset), word, length) == 0) {
			*term = value - 1;
			return true;
		}
	}
	return false;
}

/* Adds the posting list of `term` where the order by length wants it, once. False
 * when the query has more words than any name. */
static bool
add_list(struct charindex_search *search, uint32_t term)
{
	uint32_t cursor = index_first_run(search->ci, term), end = index_end_run(search->ci, term);
	uint32_t i;

	for (i = 0; i < search->list_count; i++)
		if (search->list[i].cursor == cursor)
			return true;
	if (search->list_count == CHARINDEX_MAX_WORDS)
		return false;
	for (i = search->list_count++; i > 0; i--) {
		if (search->list[i - 1].end - search->list[i - 1].cursor <= end - cursor)
			break;
		search->list[i] = search->list[i - 1];
	}
	search->list[i].cursor = cursor;
	search->list[i].end = end;
	return true;
}

void
charindex_search_init(struct charindex_search *search, const struct charindex *ci,
    const char *query, size_t length)
{
	struct word_reader reader = { ci, query, query + length };
	struct word word;
	uint32_t term;

	search->ci = ci;
	search->row = 0;
	search->list_count = 0;
	while (word_reader_next(&reader, &word)) {
		if (word.length > FORMAT_MAX_WORD ||
		    !index_find_term(ci, word.text, word.length, word.hash, &term) ||
		    !add_list(search, term)) {
			search->list_count = 0;
			return;
		}
	}
}

/* The first run from `cursor` to `end` that ends after `row`, or `end`: doubling
 * steps, then halving ones, so that long gaps cost the logarithm of their length. */
static uint32_t
skip_runs(const struct charindex *ci, uint32_t cursor, uint32_t end, uint32_t row)
{
	uint32_t step = 1, low, high;

	if (cursor == end || index_run(ci, cursor).end > row)
		return cursor;
	/* the run at `low` ends too early; the one at `high` does not, or is `end` */
	low = cursor;
	while (step < end - low && index_run(ci, low + step).end <= row) {
		low += step;
		step *= 2;
	}
	high = step < end - low ? low + step : end;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (index_run(ci, middle).end <= row)
			low = middle;
		else
			high = middle;
	}
	return high;
}

/* The next rows, from search->row on, that are in all lists. */
static bool
next_common_run(struct charindex_search *search, struct format_run *common)
{
	const struct charindex *ci = search->ci;
	uint32_t i = 0;

	if (search->list_count == 0)
		return false;
	*common = (struct format_run){ search->row, UINT32_MAX };
	while (i < search->list_count) {
		struct format_run run;

		search->list[i].cursor =
		    skip_runs(ci, search->list[i].cursor, search->list[i].end, common->first);
		if (search->list[i].cursor == search->list[i].end) {
			search->list_count = 0;
			return false;
		}
		run = index_run(ci, search->list[i].cursor);
		if (run.first >= common->end) {
			*common = (struct format_run){ run.first, UINT32_MAX };
			i = 0;
			continue;
		}
		if (run.first > common->first)
			common->first = run.first;
		if (run.end < common->end)
			common->end = run.end;
		i++;
	}
	return true;
}

bool
charindex_search_next(struct charindex_search *search, uint32_t max_rows, struct charindex_run *run)
{
	const struct charindex *ci = search->ci;
	struct format_run common;
	uint32_t offset;

	if (!next_common_run(search, &common))
		return false;
	if (common.end - common.first > max_rows)
		common.end = common.first + max_rows;
	search->row = common.end;
	offset = index_row_offset(ci, common.first);
	run->text = ci->text + offset;
	run->length = index_row_offset(ci, common.end) - offset;
	run->first = common.first;
	run->count = common.end - common.first;
	return true;
}

struct charindex_word
charindex_word(const struct charindex *ci, uint32_t n)
{
	const struct format_term *term = &ci->terms[n];

	return (struct charindex_word){
		.text = ci->words + le32toh(term->word_offset),
		.length = le16toh(term->word_length),
		.row_count = le32toh(term->row_count),
	};
}
