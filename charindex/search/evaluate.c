/* evaluate.c - hides how words, phrases and filters become scores. */
#include "evaluate.h"

#include <stdlib.h>
#include <string.h>

#include "dictionary.h"
#include "mark.h"
#include "phrase.h"

/* ---- maps -------------------------------------------------------------------------------- */

/* So many bytes are worked on at a time that the compiler makes a few instructions of it. */
enum { BLOCK = 64 };

static void
map_and(struct evaluator *evaluator, uint8_t *restrict into, const uint8_t *restrict other)
{
	evaluator->work += WORK_OF_ROWS(evaluator->size);
	for (const uint8_t *end = into + evaluator->size; into < end; into += BLOCK, other += BLOCK)
		for (int i = 0; i < BLOCK; i++)
			into[i] = into[i] > other[i] ? into[i] : other[i];
}

static void
map_or(struct evaluator *evaluator, uint8_t *restrict into, const uint8_t *restrict other)
{
	evaluator->work += WORK_OF_ROWS(evaluator->size);
	for (const uint8_t *end = into + evaluator->size; into < end; into += BLOCK, other += BLOCK)
		for (int i = 0; i < BLOCK; i++)
			into[i] = into[i] < other[i] ? into[i] : other[i];
}

static void
map_not(struct evaluator *evaluator, uint8_t *map)
{
	evaluator->work += WORK_OF_ROWS(evaluator->size);
	for (const uint8_t *end = map + evaluator->size; map < end; map += BLOCK)
		for (int i = 0; i < BLOCK; i++)
			map[i] = map[i] == NO_MATCH ? 0 : NO_MATCH;
}

static void
map_fill(struct evaluator *evaluator, uint8_t *map, uint8_t score)
{
	evaluator->work += WORK_OF_ROWS(evaluator->size);
	memset(map, score, evaluator->size);
}

/* Rows that have a score. */
static uint32_t
map_count(struct evaluator *evaluator, const uint8_t *map)
{
	uint32_t count = 0;

	evaluator->work += WORK_OF_ROWS(evaluator->size);
	for (const uint8_t *end = map + evaluator->size; map < end; map += BLOCK) {
		uint8_t in_block = 0;

		for (int i = 0; i < BLOCK; i++)
			in_block = (uint8_t)(in_block + (map[i] != NO_MATCH));
		count += in_block;
	}
	return count;
}

/* Has any row a score? */
static bool
map_has_rows(struct evaluator *evaluator, const uint8_t *map)
{
	for (const uint8_t *end = map + evaluator->size; map < end; map += BLOCK) {
		uint8_t all = NO_MATCH;

		for (int i = 0; i < BLOCK; i++)
			all &= map[i];
		if (all != NO_MATCH)
			return true;
	}
	evaluator->work += WORK_OF_ROWS(evaluator->size);
	return false;
}

bool
evaluator_init(struct evaluator *evaluator, const struct charindex *ci)
{
	uint32_t rows = extra_all_rows(ci), size = (rows + BLOCK - 1) / BLOCK * BLOCK;

	*evaluator = (struct evaluator){ .ci = ci, .rows = rows, .size = size };
	evaluator->result = malloc((size_t)4 * size + 1);
	if (evaluator->result == NULL)
		return false;
	evaluator->alternative = evaluator->result + size;
	evaluator->clause = evaluator->alternative + size;
	evaluator->word = evaluator->clause + size;
	return true;
}

void
evaluator_keep_result(struct evaluator *evaluator)
{
	uint8_t *result = realloc(evaluator->result, evaluator->size + 1);

	if (result != NULL) /* making it smaller need not succeed */
		evaluator->result = result;
}

void
evaluator_release(struct evaluator *evaluator)
{
	folder_release(&evaluator->folder);
	free(evaluator->result);
	evaluator->result = NULL;
}

/* ---- words ---------------------------------------------------------------------------------- */

/* Marks the rows that have the word, in evaluator->word: false if there are none. */
static bool
evaluate_word(struct evaluator *evaluator, const char *word, size_t length,
    const struct scope *scope)
{
	struct marking marking = { .ci = evaluator->ci, .map = evaluator->word };
	char plain[FOLD_MAX_WORD + 1] = { FOLD_PLAIN };
	size_t plain_length;

	map_fill(evaluator, evaluator->word, NO_MATCH);
	mark_word(&marking, word, length, scope);
	if (marking.marked) {
		evaluator->work += marking.work;
		return true;
	}
	/* accents do not matter where the exact form finds nothing */
	plain_length = fold_plain(word, length, plain + 1);
	if (plain_length > 0) {
		mark_word(&marking, plain + 1, plain_length, scope);
	} else {
		memcpy(plain + 1, word, length < FOLD_MAX_WORD ? length : FOLD_MAX_WORD);
		plain_length = length;
	}
	if (plain_length < FOLD_MAX_WORD)
		mark_word(&marking, plain, plain_length + 1, scope);
	evaluator->work += marking.work;
	return marking.marked;
}

static bool
is_tone_word(const char *word, size_t length)
{
	static const char *const words[] = { "tone", "tones", "skin", "toned" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i]) == length && memcmp(words[i], word, length) == 0)
			return true;
	return false;
}

/* Narrows `into` to the rows that have all the words: false, and without any, if none is left. */
static bool
and_words(struct evaluator *evaluator, uint8_t *into, const struct folded_words *words,
    const struct scope *scope)
{
	for (uint32_t i = 0; i < words->count; i++) {
		const char *word = words->bytes + words->word[i].offset;
		size_t length = words->word[i].length;

		if (folded_among(words, i, word, length))
			continue;
		evaluator->tones_wanted |= is_tone_word(word, length);
		if (!evaluate_word(evaluator, word, length, scope)) {
			map_fill(evaluator, into, NO_MATCH);
			return false;
		}
		map_and(evaluator, into, evaluator->word);
		if (!map_has_rows(evaluator, into))
			return false;
	}
	return true;
}

/* Sequences with skin tones stand behind the one without, unless they are asked for; what is
 * behind the last row is no row. */
static uint32_t
finish(struct evaluator *evaluator)
{
	memset(evaluator->result + evaluator->rows, NO_MATCH, evaluator->size - evaluator->rows);
	if (!evaluator->tones_wanted)
		for (uint32_t row = evaluator->ci->row_count; row < evaluator->rows; row++)
			if ((extra_rank(evaluator->ci, row).flags & CHARINDEX_IS_TONED) != 0)
				evaluator->result[row] = NO_MATCH;
	return map_count(evaluator, evaluator->result);
}

/* Betters the rows of which all the words are a whole phrase. */
static void
score_whole(struct evaluator *evaluator, uint8_t *map, const struct folded_words *words,
    const struct scope *scope)
{
	struct marking marking = { .ci = evaluator->ci, .map = map };

	mark_whole(&marking, words, scope);
	evaluator->work += marking.work;
}

uint32_t
evaluate_words(struct evaluator *evaluator, const struct folded_words *words,
    const struct scope *scope)
{
	evaluator->tones_wanted = false;
	map_fill(evaluator, evaluator->result, words->count > 0 ? 0 : NO_MATCH);
	if (!and_words(evaluator, evaluator->result, words, scope))
		return 0;
	score_whole(evaluator, evaluator->result, words, scope);
	return finish(evaluator);
}

/* ---- queries --------------------------------------------------------------------------------- */

/* These mark rows in evaluator->clause. Those from row `begin` to before `end`, which ascend by
 * code point, whose first one is from `first` to `last`: returns the row after them. */
static uint32_t
mark_kind(struct evaluator *evaluator, uint32_t begin, uint32_t end, uint32_t first, uint32_t last,
    uint8_t score)
{
	const struct charindex *ci = evaluator->ci;

	begin = mark_first_row(ci, begin, end, first);
	end = last < UINT32_MAX ? mark_first_row(ci, begin, end, last + 1) : end;
	memset(evaluator->clause + begin, score, end - begin);
	evaluator->work += 1 + WORK_OF_ROWS(end - begin);
	return end;
}

/* A sequence is not meant when its first code point is named. */
static void
mark_codes(struct evaluator *evaluator, uint32_t first, uint32_t last, uint8_t score)
{
	const struct charindex *ci = evaluator->ci;

	mark_kind(evaluator, 0, ci->row_count, first, last, score);
	evaluator->work += ci->extra_count;
	for (uint32_t row = mark_first_row(ci, ci->row_count, evaluator->rows, first);
	     row < evaluator->rows && extra_row_code(ci, row) <= last; row++)
		if ((extra_rank(ci, row).flags & CHARINDEX_IS_SEQUENCE) == 0)
			evaluator->clause[row] = score;
}

/* They have come later than their first code point. */
static void
leave_out_sequences(struct evaluator *evaluator)
{
	const struct charindex *ci = evaluator->ci;

	evaluator->work += ci->extra_count / 4;
	for (uint32_t row = ci->row_count; row < evaluator->rows; row++)
		if ((extra_rank(ci, row).flags & CHARINDEX_IS_SEQUENCE) != 0)
			evaluator->clause[row] = NO_MATCH;
}

static void
mark_filter(struct evaluator *evaluator, const struct property_filter *filter)
{
	const struct charindex *ci = evaluator->ci;
	uint32_t entries = extra_entries(ci, SECTION_PROPERTIES), named = 0, extra = ci->row_count;

	evaluator->work += entries;
	/* entries ascend, as rows do; sequences have the properties of their first code point */
	for (uint32_t n = 0; n < entries; n++) {
		uint32_t begin = property_begin(ci, n), end;

		if (!property_filter_holds(ci, filter, n))
			continue;
		while (n + 1 < entries && property_filter_holds(ci, filter, n + 1))
			n++;
		end = property_begin(ci, n + 1);
		if (begin >= end)
			continue;
		named = mark_kind(evaluator, named, ci->row_count, begin, end - 1, 0);
		extra = mark_kind(evaluator, extra, evaluator->rows, begin, end - 1, 0);
	}
	if (filter->property == CHARINDEX_PROPERTY_AGE)
		leave_out_sequences(evaluator);
}

static void
mark_flag(struct evaluator *evaluator, uint8_t flag)
{
	const struct format_rank *restrict ranks = extra_section(evaluator->ci, SECTION_RANK);
	uint8_t *restrict map = evaluator->clause;
	uint32_t rows = extra_entries(evaluator->ci, SECTION_RANK), row = 0;

	if (rows > evaluator->rows)
		rows = evaluator->rows;
	evaluator->work += rows / 16;
	for (; rows - row >= BLOCK; row += BLOCK, ranks += BLOCK, map += BLOCK)
		for (int i = 0; i < BLOCK; i++)
			map[i] = (ranks[i].flags & flag) != 0 ? 0 : NO_MATCH;
	for (; row < rows; row++)
		*map++ = (ranks++->flags & flag) != 0 ? 0 : NO_MATCH;
}

/* Marks the rows that have all the words of the clause, in evaluator->clause. */
static void
mark_clause_words(struct evaluator *evaluator, const struct clause *clause,
    const struct folded_words *words, const struct scope *scope)
{
	struct scope own = *scope;

	if (clause->kind != CLAUSE_WORDS) {
		own.exact = false;
		own.prefixes = clause->kind == CLAUSE_PREFIX;
		own.insides = clause->kind == CLAUSE_INSIDE;
	}
	map_fill(evaluator, evaluator->clause, words->count > 0 ? 0 : NO_MATCH);
	and_words(evaluator, evaluator->clause, words, &own);
}

static void
and_clause(struct evaluator *evaluator, const struct query *query, const struct clause *clause,
    const struct scope *scope)
{
	struct folded_words words = clause_words(query, clause);

	map_fill(evaluator, evaluator->clause, NO_MATCH);
	switch (clause->kind) {
	case CLAUSE_WORDS:
	case CLAUSE_PREFIX:
	case CLAUSE_INSIDE:
		mark_clause_words(evaluator, clause, &words, scope);
		break;
	case CLAUSE_PHRASE:
		phrase_mark(evaluator, &words, scope);
		break;
	case CLAUSE_FILTER:
		mark_filter(evaluator, &clause->filter);
		break;
	case CLAUSE_FLAG:
		mark_flag(evaluator, clause->flag);
		break;
	case CLAUSE_CODES:
		mark_codes(evaluator, clause->codes.first, clause->codes.last, CHARINDEX_BY_CODE);
		break;
	}
	if (clause->negated)
		map_not(evaluator, evaluator->clause);
	map_and(evaluator, evaluator->alternative, evaluator->clause);
}

/* Betters the rows of an alternative of which all its words, looked for as they are, are a whole
 * phrase. */
static void
mark_whole_words(struct evaluator *evaluator, const struct query *query, uint32_t alternative,
    const struct scope *scope)
{
	struct folded_word all[QUERY_MAX_WORDS];
	struct folded_words words = { query->words.bytes, all, 0 };

	for (uint32_t n = 0; n < query->clause_count; n++) {
		const struct clause *clause = &query->clause[n];

		if (clause->alternative != alternative || clause->negated || !clause_has_words(clause))
			continue;
		if (clause->kind == CLAUSE_PREFIX || clause->kind == CLAUSE_INSIDE)
			return;
		memcpy(&all[words.count], &query->words.word[clause->first_word], clause->word_count * sizeof(*all));
		words.count += clause->word_count;
	}
	if (words.count > 0)
		score_whole(evaluator, evaluator->alternative, &words, scope);
}

/* Narrows evaluator->alternative by the clauses of an alternative that are costly, or are not, until
 * no row is left: false if there are no such clauses. */
static bool
and_clauses(struct evaluator *evaluator, const struct query *query, uint32_t alternative, bool costly,
    const struct scope *scope)
{
	bool any = false;

	for (uint32_t i = 0; i < query->clause_count; i++) {
		const struct clause *clause = &query->clause[i];

		if (clause->alternative != alternative || clause_is_costly(clause) != costly)
			continue;
		if (any && !map_has_rows(evaluator, evaluator->alternative))
			break;
		and_clause(evaluator, query, clause, scope);
		any = true;
	}
	return any;
}

/* Is it for sequences with skin tones that the query asks? */
static void
set_tones_wanted(struct evaluator *evaluator, const struct query *query)
{
	evaluator->tones_wanted = false;
	for (uint32_t i = 0; i < query->clause_count; i++)
		if (query->clause[i].kind == CLAUSE_FLAG)
			evaluator->tones_wanted |= (query->clause[i].flag & CHARINDEX_IS_TONED) != 0;
	for (uint32_t n = 0; n < query->words.count; n++)
		evaluator->tones_wanted |= is_tone_word(query->words.bytes + query->words.word[n].offset,
		    query->words.word[n].length);
}

uint32_t
evaluate_query(struct evaluator *evaluator, const struct query *query,
    const struct scope *scope)
{
	set_tones_wanted(evaluator, query);
	map_fill(evaluator, evaluator->result, NO_MATCH);
	for (uint32_t n = 0; n < query->alternative_count; n++) {
		bool any;

		map_fill(evaluator, evaluator->alternative, 0);
		/* those that are costly are spared if nothing is left for them */
		any = and_clauses(evaluator, query, n, false, scope);
		if (map_has_rows(evaluator, evaluator->alternative))
			any |= and_clauses(evaluator, query, n, true, scope);
		if (!any || !map_has_rows(evaluator, evaluator->alternative))
			continue;
		mark_whole_words(evaluator, query, n, scope);
		map_or(evaluator, evaluator->result, evaluator->alternative);
	}
	return finish(evaluator);
}

uint32_t
evaluate_range(struct evaluator *evaluator, uint32_t first, uint32_t last)
{
	evaluator->tones_wanted = false;
	map_fill(evaluator, evaluator->clause, NO_MATCH);
	mark_codes(evaluator, first, last, CHARINDEX_BY_CODE);
	memcpy(evaluator->result, evaluator->clause, evaluator->size);
	return finish(evaluator);
}

uint32_t
evaluate_one_more(struct evaluator *evaluator, uint32_t row, enum charindex_source score)
{
	uint8_t before;

	if (row >= evaluator->rows)
		return 0;
	before = evaluator->result[row];
	if (before > score)
		evaluator->result[row] = (uint8_t)score;
	return before == NO_MATCH;
}
