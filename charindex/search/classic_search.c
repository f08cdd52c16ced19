/* classic_search.c - hides how an answer is found. One word has the runs of its posting list. Of several
 * words the sets of rows are intersected, level by level: most of what they do not have in common is
 * left out by 64 blocks of 64 rows at a time. */
#include <string.h>

#include "classic_search.h"
#include "set_bits.h"
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
		if (format_word_length(entry) == length &&
		    memcmp(ci->words + le32toh(entry->word_offset), word, length) == 0) {
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
	uint32_t set = format_set_number(&ci->terms[term]);
	struct format_run run;

	search->cursor = index_first_run(ci, term);
	search->run_end = index_end_run(ci, term);
	if (set > 0)
		return add_set(search, (set - 1) * ci->set_spans);
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

/* Of 64 bits that stand for parts of the rows, the first for number `part` of so many rows each, those
 * that have any row from `least` to before `most`. */
static inline uint64_t
within(const struct charindex_search *search, uint32_t part, uint32_t rows)
{
	uint32_t first, last;
	uint64_t bits = UINT64_MAX;

	if (!search->is_narrow)
		return bits;
	first = search->least / rows;
	last = (search->most - 1) / rows;
	if (first >= part + 64 || last < part)
		return 0;
	if (first > part)
		bits <<= first - part;
	if (last < part + 63)
		bits &= UINT64_MAX >> (part + 63 - last);
	return bits;
}

/* The lowest bit of *bits, which is cleared. */
static inline uint32_t
take_bit(uint64_t *bits)
{
	uint32_t n = (uint32_t)__builtin_ctzll(*bits);

	*bits &= *bits - 1;
	return n;
}

/* The place on the next level of what a bit of the node stands for; `below` are the lower bits. */
static inline uint32_t
place_of(const struct format_set_node *node, uint64_t below)
{
	return le32toh(node->first) + set_bit_count(le64toh(node->bits) & below);
}

/* The three that follow go on to the next span, region or block in which all sets have any: false if
 * there is none. */

static bool
next_span(struct charindex_search *search)
{
	const struct format_set_node *sets = search->ci->sets + search->span;
	uint64_t regions;

	if (search->span == search->ci->set_spans)
		return false;
	regions = within(search, 64 * search->span, FORMAT_REGION);
	for (uint32_t i = 0; i < search->list_count; i++)
		regions &= le64toh(sets[search->list[i].set].bits);
	search->regions = regions;
	search->span++;
	return true;
}

static bool
next_region(struct charindex_search *search)
{
	const struct format_set_node *sets, *regions = search->ci->set_regions;
	struct charindex_list *list = search->list, *end = list + search->list_count;
	uint64_t below, blocks;
	uint32_t span, n;

	while (search->regions == 0)
		if (!next_span(search))
			return false;
	span = search->span - 1;
	sets = search->ci->sets + span;
	n = take_bit(&search->regions);
	search->region = 64 * span + n;
	below = ((uint64_t)1 << n) - 1;
	blocks = within(search, 64 * search->region, FORMAT_BLOCK);
	for (; list < end && blocks != 0; list++) {
		list->region = place_of(&sets[list->set], below);
		blocks &= le64toh(regions[list->region].bits);
	}
	search->blocks = blocks;
	return true;
}

static bool
next_block(struct charindex_search *search)
{
	const struct format_set_node *regions = search->ci->set_regions;
	const uint64_t *blocks = search->ci->set_blocks;
	const struct charindex_list *list, *end = search->list + search->list_count;
	uint64_t below, rows;

	do {
		uint32_t n;

		while (search->blocks == 0)
			if (!next_region(search))
				return false;
		n = take_bit(&search->blocks);
		search->block = 64 * search->region + n;
		below = ((uint64_t)1 << n) - 1;
		rows = within(search, 64 * search->block, 1);
		for (list = search->list; list < end && rows != 0; list++)
			rows &= le64toh(blocks[place_of(&regions[list->region], below)]);
	} while (rows == 0);
	search->rows = rows;
	return true;
}

/* Takes the first rows of the block that are neighbours: returns the row after them. */
static inline uint32_t
take_neighbours(struct charindex_search *search)
{
	uint32_t first = (uint32_t)__builtin_ctzll(search->rows);
	uint64_t others = ~search->rows >> first;
	uint32_t end = others != 0 ? first + (uint32_t)__builtin_ctzll(others) : FORMAT_BLOCK;

	search->rows &= end < FORMAT_BLOCK ? UINT64_MAX << end : 0;
	return FORMAT_BLOCK * search->block + end;
}

/* Finds rows as find_rows() does, for several lists. */
static bool
find_rows_of_several(struct charindex_search *search)
{
	if (search->rows == 0 && !next_block(search)) {
		search->list_count = 0;
		return false;
	}
	search->first = FORMAT_BLOCK * search->block + (uint32_t)__builtin_ctzll(search->rows);
	search->end = take_neighbours(search);
	/* the next block may begin with more of them */
	while (search->end % FORMAT_BLOCK == 0 && search->rows == 0 && next_block(search) &&
	    FORMAT_BLOCK * search->block == search->end && (search->rows & 1) != 0)
		search->end = take_neighbours(search);
	return true;
}

/* Finds the next neighbouring rows that are in all lists, behind those that were found before. */
static inline bool
find_rows(struct charindex_search *search)
{
	struct format_run run;

	if (search->cursor == search->run_end)
		return search->list_count > 0 && find_rows_of_several(search);
	run = index_run(search->ci, search->cursor++);
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
		.length = format_word_length(term),
		.row_count = le32toh(term->row_count),
	};
}
