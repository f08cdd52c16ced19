/* classic_search.c - hides how an answer is found: the posting lists of the words, which are
 * ascending runs of rows, are intersected run by run, shortest list first. */
#include <string.h>

#include "classic_search.h"
#include "words.h"

/* Bytes of text from which on sending them from where they are beats copying them. */
#define LONG_RUN 256

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
		if (le16toh(entry->word_length) == length &&
		    memcmp(ci->words + le32toh(entry->word_offset), word, length) == 0) {
			*term = number - 1;
			return true;
		}
	}
}

/* Adds the posting list of `term` where the order by length wants it, once. False
 * when the query has more words than any name. */
static bool
add_list(struct charindex_search *search, uint32_t term)
{
	struct charindex_list list = {
		.cursor = index_first_run(search->ci, term),
		.end = index_end_run(search->ci, term),
		.bitmap = index_bitmap(search->ci, term),
	};
	uint32_t i;

	for (i = 0; i < search->list_count; i++)
		if (search->list[i].cursor == list.cursor)
			return true;
	if (search->list_count == CHARINDEX_MAX_WORDS)
		return false;
	for (i = search->list_count++; i > 0; i--) {
		if (search->list[i - 1].end - search->list[i - 1].cursor <= list.end - list.cursor)
			break;
		search->list[i] = search->list[i - 1];
	}
	search->list[i] = list;
	return true;
}

void
classic_search_init(struct charindex_search *search, const struct charindex *ci, const char *query,
    size_t length)
{
	struct word_reader reader = { ci, query, query + length };
	struct word word;
	uint32_t term;

	search->ci = ci;
	search->first = search->end = 0;
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

/* The first run from `cursor` to `end` that ends after `row`, or `end`. One after the other:
 * a list without a bitmap is short (format_dense_runs). */
static uint32_t
skip_runs(const struct charindex *ci, uint32_t cursor, uint32_t end, uint32_t row)
{
	while (cursor < end && index_run(ci, cursor).end <= row)
		cursor++;
	return cursor;
}

/* The first row from `row` to `end` whose bit is as `wanted` (all ones, or all zeros to
 * find one that is not set), or `end`. */
static uint32_t
find_bit(const uint64_t *bitmap, uint32_t row, uint32_t end, uint64_t wanted)
{
	uint64_t word = ~(le64toh(bitmap[row / 64]) ^ wanted) >> row % 64;

	if (word == 0) {
		for (row |= 63, row++; row < end; row += 64)
			if ((word = ~(le64toh(bitmap[row / 64]) ^ wanted)) != 0)
				break;
		if (row >= end)
			return end;
	}
	row += (uint32_t)__builtin_ctzll(word);
	return row < end ? row : end;
}

/* Narrows `rows`, of which there are many, as narrow() does. */
static bool
narrow_many(const uint64_t *bitmap, struct format_run *rows)
{
	rows->first = find_bit(bitmap, rows->first, rows->end, UINT64_MAX);
	if (rows->first == rows->end)
		return false;
	rows->end = find_bit(bitmap, rows->first, rows->end, 0);
	return true;
}

/* Narrows `rows`, 64 of them at most, as narrow() does: with one look at their bits. */
static inline bool
narrow_few(const uint64_t *bitmap, struct format_run *rows)
{
	uint32_t count = rows->end - rows->first, at = rows->first % 64;
	const uint64_t *word = &bitmap[rows->first / 64];
	uint64_t bits = le64toh(word[0]) >> at;

	if (at + count > 64)
		bits |= le64toh(word[1]) << (64 - at);
	bits &= UINT64_MAX >> (64 - count);
	if (bits == 0)
		return false;
	at = (uint32_t)__builtin_ctzll(bits);
	rows->first += at;
	bits = ~(bits >> at);
	if (bits != 0)
		rows->end = rows->first + (uint32_t)__builtin_ctzll(bits);
	return true;
}

/* Narrows `rows` to the first of its rows that are in the list, as far as they are
 * neighbours: false if none is. */
static inline bool
narrow(const struct charindex *ci, struct charindex_list *list, struct format_run *rows)
{
	struct format_run run;

	if (list->bitmap != NULL)
		return rows->end - rows->first <= 64 ? narrow_few(list->bitmap, rows)
		                                     : narrow_many(list->bitmap, rows);
	list->cursor = skip_runs(ci, list->cursor, list->end, rows->first);
	if (list->cursor == list->end)
		return false;
	run = index_run(ci, list->cursor);
	if (run.first > rows->first)
		rows->first = run.first;
	if (run.end < rows->end)
		rows->end = run.end;
	return rows->first < rows->end;
}

/* Narrows `rows` to the first of its rows that are in all lists but the shortest, as narrow() does. */
static inline bool
narrow_by_others(struct charindex_search *search, struct format_run *rows)
{
	for (uint32_t i = 1; i < search->list_count; i++)
		if (!narrow(search->ci, &search->list[i], rows))
			return false;
	return true;
}

/* Finds rows as find_rows() does, for several lists: those of the shortest, narrowed by the others. */
static bool
find_rows_of_several(struct charindex_search *search)
{
	struct charindex_list *shortest = &search->list[0];
	uint32_t row = search->end;

	while (shortest->cursor < shortest->end) {
		struct format_run run = index_run(search->ci, shortest->cursor), rows = run;
		bool found;

		if (row > rows.first)
			rows.first = row;
		found = narrow_by_others(search, &rows);
		/* what is left of the run may have more */
		row = rows.end;
		if (row == run.end)
			shortest->cursor++;
		if (found) {
			search->first = rows.first;
			search->end = rows.end;
			return true;
		}
	}
	search->list_count = 0;
	return false;
}

/* Finds the next neighbouring rows that are in all lists, behind those that were found before. */
static inline bool
find_rows(struct charindex_search *search)
{
	struct charindex_list *only = &search->list[0];
	struct format_run run;

	if (search->list_count != 1)
		return search->list_count > 1 && find_rows_of_several(search);
	if (only->cursor == only->end) {
		search->list_count = 0;
		return false;
	}
	run = index_run(search->ci, only->cursor++);
	search->first = run.first;
	search->end = run.end;
	return true;
}

static inline bool
has_rows(struct charindex_search *search)
{
	return search->first < search->end || find_rows(search);
}

bool
classic_search_has_rows(struct charindex_search *search)
{
	return has_rows(search);
}

size_t
classic_search_copy(struct charindex_search *search, char *out, size_t room, uint64_t *rows)
{
	const struct charindex *ci = search->ci;
	size_t copied = 0;

	while (has_rows(search)) {
		uint32_t offset = index_row_offset(ci, search->first);
		size_t length = index_row_offset(ci, search->end) - offset;

		if (length > room - copied || length > LONG_RUN)
			break;
		memcpy(out + copied, ci->text + offset, length);
		copied += length;
		*rows += search->end - search->first;
		search->first = search->end;
	}
	return copied;
}

bool
classic_search_next(struct charindex_search *search, uint32_t max_rows, struct charindex_run *run)
{
	const struct charindex *ci = search->ci;
	uint32_t offset;

	if (!has_rows(search))
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
		.length = le16toh(term->word_length),
		.row_count = le32toh(term->row_count),
	};
}
