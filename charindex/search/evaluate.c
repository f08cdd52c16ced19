/* evaluate.c - words, phrases and filters become scores. */
#include "evaluate.h"

#include <string.h>

#include "extra.h"
#include "fold_variant.h"
#include "match_properties.h"
#include "match_rows.h"
#include "match_traits.h"
#include "match_whole.h"
#include "match_word.h"
#include "phrase.h"
#include "recall.h"

/* ---- words ---------------------------------------------------------------------------------- */

bool
evaluate_word(struct evaluator *evaluator, const char *word, size_t length,
    const struct scope *scope)
{
	struct match match = { .ci = evaluator->ci, .map = &evaluator->word };
	char plain[FOLD_MAX_WORD + 1] = { FOLD_PLAIN };
	size_t plain_length;

	score_map_clear(&evaluator->word);
	match_word(&match, word, length, scope);
	if (match.any) {
		evaluator->work += match.work;
		return true;
	}
	/* accents do not matter where the exact form finds nothing */
	plain_length = fold_plain(word, length, plain + 1);
	if (plain_length > 0) {
		match_word(&match, plain + 1, plain_length, scope);
	} else {
		memcpy(plain + 1, word, length < FOLD_MAX_WORD ? length : FOLD_MAX_WORD);
		plain_length = length;
	}
	if (plain_length < FOLD_MAX_WORD)
		match_word(&match, plain, plain_length + 1, scope);
	evaluator->work += match.work;
	return match.any;
}

bool
evaluate_wants_tones(const char *word, size_t length)
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
		evaluator->tones_wanted |= evaluate_wants_tones(word, length);
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
	uint32_t rows[SCORE_BLOCK], from = evaluator->ci->row_count, taken;

	while (!evaluator->tones_wanted &&
	    (taken = score_map_take(result, &from, evaluator->rows, rows)) > 0)
		for (uint32_t i = 0; i < taken; i++)
			if ((extra_rank(evaluator->ci, rows[i] & SCORED_ROW_MASK).flags & CHARINDEX_IS_TONED) !=
			    0)
				score_map_remove(result, rows[i] & SCORED_ROW_MASK);
	return score_map_count(result);
}

/* Betters the rows of which all the words are a whole phrase. */
static void
score_whole(struct evaluator *evaluator, struct score_map *map, const struct folded_words *words,
    const struct scope *scope)
{
	struct match match = { .ci = evaluator->ci, .map = map };

	match_whole(&match, words, scope);
	evaluator->work += match.work;
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

/* Finds the rows that have all the words of the clause, in evaluator->clause. */
static void
match_clause_words(struct evaluator *evaluator, const struct clause *clause,
    const struct folded_words *words, const struct scope *scope)
{
	struct scope own = *scope;

	own.unfinished = clause->unfinished;
	if (clause->kind != CLAUSE_WORDS) {
		own.exact = false;
		own.prefixes = clause->kind == CLAUSE_PREFIX;
		own.substrings = clause->kind == CLAUSE_SUBSTRING;
	}
	if (words->count > 0)
		score_map_fill(&evaluator->clause);
	and_words(evaluator, &evaluator->clause, words, &own);
}

/* Finds the rows of a clause of words or codes, in evaluator->clause. */
static void
match_clause(struct evaluator *evaluator, const struct query *query, const struct clause *clause,
    const struct scope *scope)
{
	struct folded_words words = clause_words(query, clause);
	struct match match = { .ci = evaluator->ci, .map = &evaluator->clause };

	switch (clause->kind) {
	case CLAUSE_WORDS:
	case CLAUSE_PREFIX:
	case CLAUSE_SUBSTRING:
		match_clause_words(evaluator, clause, &words, scope);
		break;
	case CLAUSE_PHRASE:
		phrase_match(evaluator, &words, scope);
		break;
	case CLAUSE_BINARY:
		match_binary(&match, clause->bit);
		break;
	case CLAUSE_TRAIT:
		match_trait(&match, clause->trait, clause->text, clause->length);
		break;
	case CLAUSE_LOOKS:
		match_looks(&match, clause->text, clause->length);
		break;
	case CLAUSE_CODES:
		match_codes(&match, clause->codes.first, clause->codes.last, CHARINDEX_BY_CODE);
		break;
	case CLAUSE_FILTER:
	case CLAUSE_FLAG: /* and_properties() */
		break;
	}
	evaluator->work += match.work;
}

static void
and_clause(struct evaluator *evaluator, const struct query *query, const struct clause *clause,
    const struct scope *scope, struct recall *recall)
{
	score_map_clear(&evaluator->clause);
	if (!recall_rows(recall, query, clause, &evaluator->clause)) {
		match_clause(evaluator, query, clause, scope);
		if (clause->kind == CLAUSE_WORDS)
			recall_keep(recall, query, clause, &evaluator->clause);
	}
	if (clause->negated)
		score_map_and_not(&evaluator->alternative, &evaluator->clause);
	else
		score_map_and(&evaluator->alternative, &evaluator->clause);
}

/* Narrows evaluator->alternative by all filters and flags of an alternative: false if it has none. */
static bool
and_properties(struct evaluator *evaluator, const struct query *query, uint32_t alternative)
{
	static bool (*const kinds[])(struct match *, const struct query *, uint32_t) = { match_filters,
		match_flags };
	bool any = false;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct match match = { .ci = evaluator->ci, .map = &evaluator->clause };

		score_map_clear(&evaluator->clause);
		if (!kinds[i](&match, query, alternative))
			continue;
		evaluator->work += match.work;
		score_map_and(&evaluator->alternative, &evaluator->clause);
		any = true;
	}
	return any;
}

/* Betters the rows of an alternative of which all its words, looked for as they are, are a whole
 * phrase. */
static void
match_whole_words(struct evaluator *evaluator, const struct query *query, uint32_t alternative,
    const struct scope *scope)
{
	struct folded_word all[QUERY_MAX_WORDS];
	struct folded_words words = { query->words.bytes, all, 0 };

	for (uint32_t n = 0; n < query->clause_count; n++) {
		const struct clause *clause = &query->clause[n];

		if (clause->alternative != alternative || clause->negated || !clause_has_words(clause))
			continue;
		if (clause->kind == CLAUSE_PREFIX || clause->kind == CLAUSE_SUBSTRING)
			return;
		memcpy(&all[words.count], &query->words.word[clause->first_word],
		    clause->word_count * sizeof(*all));
		words.count += clause->word_count;
	}
	if (words.count > 0)
		score_whole(evaluator, &evaluator->alternative, &words, scope);
}

/* Narrows evaluator->alternative by the words and codes of an alternative that are costly, or are not,
 * until no row is left: false if there are no such clauses. */
static bool
and_clauses(struct evaluator *evaluator, const struct query *query, uint32_t alternative,
    bool costly, const struct scope *scope, struct recall *recall)
{
	bool any = false;

	for (uint32_t i = 0; i < query->clause_count; i++) {
		const struct clause *clause = &query->clause[i];

		if (clause->alternative != alternative || clause_is_costly(clause) != costly ||
		    clause_is_property(clause))
			continue;
		if (any && !score_map_has_rows(&evaluator->alternative))
			break;
		and_clause(evaluator, query, clause, scope, recall);
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
		evaluator->tones_wanted |=
		    evaluate_wants_tones(query->words.bytes + query->words.word[n].offset,
		        query->words.word[n].length);
}

uint32_t
evaluate_query(struct evaluator *evaluator, const struct query *query, const struct scope *scope)
{
	struct recall recall = { 0 };

	set_tones_wanted(evaluator, query);
	score_map_clear(&evaluator->result);
	for (uint32_t n = 0; n < query->alternative_count; n++) {
		bool any;

		if (alternative_is_repeated(query, n))
			continue;
		score_map_fill(&evaluator->alternative);
		/* what costs more is spared if nothing is left for it */
		any = and_clauses(evaluator, query, n, false, scope, &recall);
		if (score_map_has_rows(&evaluator->alternative))
			any |= and_properties(evaluator, query, n);
		if (score_map_has_rows(&evaluator->alternative))
			any |= and_clauses(evaluator, query, n, true, scope, &recall);
		if (!any || !score_map_has_rows(&evaluator->alternative))
			continue;
		match_whole_words(evaluator, query, n, scope);
		score_map_or(&evaluator->result, &evaluator->alternative);
	}
	recall_release(&recall);
	return finish(evaluator);
}

uint32_t
evaluate_range(struct evaluator *evaluator, uint32_t first, uint32_t last)
{
	struct match match = { .ci = evaluator->ci, .map = &evaluator->result };

	evaluator->tones_wanted = false;
	score_map_clear(&evaluator->result);
	match_codes(&match, first, last, CHARINDEX_BY_CODE);
	evaluator->work += match.work;
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
