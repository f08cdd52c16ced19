/* evaluate.c - words, phrases and filters become scores. */
#include "evaluate.h"

#include <stdlib.h>
#include <string.h>

#include "dictionary.h"
#include "mark.h"
#include "phrase.h"

bool
evaluator_init(struct evaluator *evaluator, const struct charindex *ci)
{
	uint32_t rows = extra_all_rows(ci);
	size_t size = score_map_size(rows);

	*evaluator = (struct evaluator){ .ci = ci, .rows = rows };
	/* one piece, which the allocator keeps for the next query */
	evaluator->memory = malloc(4 * size);
	if (evaluator->memory == NULL)
		return false;
	score_map_init(&evaluator->result, rows, evaluator->memory);
	score_map_init(&evaluator->alternative, rows, evaluator->memory + size);
	score_map_init(&evaluator->clause, rows, evaluator->memory + 2 * size);
	score_map_init(&evaluator->word, rows, evaluator->memory + 3 * size);
	return true;
}

void
evaluator_keep_result(struct evaluator *evaluator)
{
	uint8_t *memory;

	score_map_move(&evaluator->result, evaluator->memory);
	memory = realloc(evaluator->memory, score_map_size(evaluator->rows));
	if (memory == NULL) /* making it smaller need not succeed */
		return;
	evaluator->memory = memory;
	evaluator->result.touched = (uint64_t *)(void *)memory;
	evaluator->result.scores = (uint8_t *)(evaluator->result.touched + evaluator->result.words);
}

void
evaluator_release(struct evaluator *evaluator)
{
	folder_release(&evaluator->folder);
	free(evaluator->memory);
	evaluator->memory = NULL;
}

uint64_t
evaluator_work(const struct evaluator *evaluator)
{
	return evaluator->work + evaluator->result.work + evaluator->alternative.work +
	    evaluator->clause.work + evaluator->word.work;
}

/* ---- words ---------------------------------------------------------------------------------- */

/* Marks the rows that have the word, in evaluator->word: false if there are none. */
static bool
evaluate_word(struct evaluator *evaluator, const char *word, size_t length,
    const struct scope *scope)
{
	struct marking marking = { .ci = evaluator->ci, .map = &evaluator->word };
	char plain[FOLD_MAX_WORD + 1] = { FOLD_PLAIN };
	size_t plain_length;

	score_map_clear(&evaluator->word);
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
and_words(struct evaluator *evaluator, struct score_map *into, const struct folded_words *words,
    const struct scope *scope)
{
	struct scope own = *scope;

	for (uint32_t i = 0; i < words->count; i++) {
		const char *word = words->bytes + words->word[i].offset;
		size_t length = words->word[i].length;

		own.prefixes |= scope->unfinished && i + 1 == words->count;
		if (folded_among(words, i, word, length))
			continue;
		evaluator->tones_wanted |= is_tone_word(word, length);
		if (!evaluate_word(evaluator, word, length, &own)) {
			score_map_clear(into);
			return false;
		}
		score_map_and(into, &evaluator->word);
		if (!score_map_has_rows(into))
			return false;
	}
	return true;
}

/* Sequences with skin tones stand behind the one without, unless they are asked for. */
static uint32_t
finish(struct evaluator *evaluator)
{
	struct score_map *result = &evaluator->result;
	uint32_t row = evaluator->ci->row_count, end = evaluator->rows;

	if (!evaluator->tones_wanted)
		for (; (row = score_map_next(result, row, end)) < end; row++)
			if ((extra_rank(evaluator->ci, row).flags & CHARINDEX_IS_TONED) != 0)
				score_map_remove(result, row);
	return score_map_count(result);
}

/* Betters the rows of which all the words are a whole phrase. */
static void
score_whole(struct evaluator *evaluator, struct score_map *map, const struct folded_words *words,
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
	score_map_clear(&evaluator->result);
	if (words->count > 0)
		score_map_fill(&evaluator->result);
	if (!and_words(evaluator, &evaluator->result, words, scope))
		return 0;
	score_whole(evaluator, &evaluator->result, words, scope);
	return finish(evaluator);
}

uint32_t
evaluate_more_words(struct evaluator *evaluator, const struct folded_words *words,
    const struct scope *scope, enum charindex_source best)
{
	struct score_map *more = &evaluator->alternative;

	score_map_clear(more);
	if (words->count > 0)
		score_map_fill(more);
	if (and_words(evaluator, more, words, scope)) {
		score_whole(evaluator, more, words, scope);
		score_map_worsen(more, (uint8_t)best);
		score_map_or(&evaluator->result, more);
	}
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
	score_map_add_rows(&evaluator->clause, begin, end, score);
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
			score_map_add(&evaluator->clause, row, score);
}

/* They have come later than their first code point. */
static void
leave_out_sequences(struct evaluator *evaluator)
{
	const struct charindex *ci = evaluator->ci;

	evaluator->work += ci->extra_count / 4;
	for (uint32_t row = ci->row_count; row < evaluator->rows; row++)
		if ((extra_rank(ci, row).flags & CHARINDEX_IS_SEQUENCE) != 0)
			score_map_remove(&evaluator->clause, row);
}

static void
mark_filter(struct evaluator *evaluator, const struct charindex_filter *filter)
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
	const struct format_rank *ranks = extra_section(evaluator->ci, SECTION_RANK);
	uint32_t rows = extra_entries(evaluator->ci, SECTION_RANK);

	if (rows > evaluator->rows)
		rows = evaluator->rows;
	evaluator->work += rows / 16;
	for (uint32_t begin = 0; begin < rows; begin += SCORE_BLOCK) {
		uint32_t end = rows - begin < SCORE_BLOCK ? rows : begin + SCORE_BLOCK;
		uint8_t any = 0;

		/* most blocks have none, which takes no branches to see */
		for (uint32_t row = begin; row < end; row++)
			any |= ranks[row].flags;
		for (uint32_t row = begin; row < end && (any & flag) != 0; row++)
			if ((ranks[row].flags & flag) != 0)
				score_map_add(&evaluator->clause, row, 0);
	}
}

/* Marks the rows that have all the words of the clause, in evaluator->clause. */
static void
mark_clause_words(struct evaluator *evaluator, const struct clause *clause,
    const struct folded_words *words, const struct scope *scope)
{
	struct scope own = *scope;

	own.unfinished = clause->unfinished;
	if (clause->kind != CLAUSE_WORDS) {
		own.exact = false;
		own.prefixes = clause->kind == CLAUSE_PREFIX;
		own.insides = clause->kind == CLAUSE_INSIDE;
	}
	if (words->count > 0)
		score_map_fill(&evaluator->clause);
	and_words(evaluator, &evaluator->clause, words, &own);
}

static void
and_clause(struct evaluator *evaluator, const struct query *query, const struct clause *clause,
    const struct scope *scope)
{
	struct folded_words words = clause_words(query, clause);

	score_map_clear(&evaluator->clause);
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
		score_map_not(&evaluator->clause);
	score_map_and(&evaluator->alternative, &evaluator->clause);
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
		memcpy(&all[words.count], &query->words.word[clause->first_word],
		    clause->word_count * sizeof(*all));
		words.count += clause->word_count;
	}
	if (words.count > 0)
		score_whole(evaluator, &evaluator->alternative, &words, scope);
}

/* Narrows evaluator->alternative by the clauses of an alternative that are costly, or are not, until
 * no row is left: false if there are no such clauses. */
static bool
and_clauses(struct evaluator *evaluator, const struct query *query, uint32_t alternative,
    bool costly, const struct scope *scope)
{
	bool any = false;

	for (uint32_t i = 0; i < query->clause_count; i++) {
		const struct clause *clause = &query->clause[i];

		if (clause->alternative != alternative || clause_is_costly(clause) != costly)
			continue;
		if (any && !score_map_has_rows(&evaluator->alternative))
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
evaluate_query(struct evaluator *evaluator, const struct query *query, const struct scope *scope)
{
	set_tones_wanted(evaluator, query);
	score_map_clear(&evaluator->result);
	for (uint32_t n = 0; n < query->alternative_count; n++) {
		bool any;

		score_map_fill(&evaluator->alternative);
		/* those that are costly are spared if nothing is left for them */
		any = and_clauses(evaluator, query, n, false, scope);
		if (score_map_has_rows(&evaluator->alternative))
			any |= and_clauses(evaluator, query, n, true, scope);
		if (!any || !score_map_has_rows(&evaluator->alternative))
			continue;
		mark_whole_words(evaluator, query, n, scope);
		score_map_or(&evaluator->result, &evaluator->alternative);
	}
	return finish(evaluator);
}

uint32_t
evaluate_range(struct evaluator *evaluator, uint32_t first, uint32_t last)
{
	evaluator->tones_wanted = false;
	score_map_clear(&evaluator->result);
	score_map_clear(&evaluator->clause);
	mark_codes(evaluator, first, last, CHARINDEX_BY_CODE);
	score_map_or(&evaluator->result, &evaluator->clause);
	return finish(evaluator);
}

uint32_t
evaluate_one_more(struct evaluator *evaluator, uint32_t row, enum charindex_source score)
{
	bool had_none;

	if (row >= evaluator->rows || evaluator->result.everything)
		return 0;
	had_none = score_map_get(&evaluator->result, row) == NO_MATCH;
	score_map_add(&evaluator->result, row, (uint8_t)score);
	return had_none;
}
