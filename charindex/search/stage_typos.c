/* stage_typos.c - what is answered where words are misspelt. */
#include <string.h>

#include "ascii.h"
#include "correction.h"
#include "stage.h"

/* An answer whose best row costs so much, or more, is a poor one (RANKING.md): a keyword in another
 * language costs less if an everyday emoji has it. Perhaps what was meant is near, and costs less than
 * what is good. */
enum { POOR_COST = 20, GOOD_COST = 17 };

/* Rows of what was meant that cost so much more than the best of them are not meant. */
#define MOST_BEHIND 4

/* Answers with the words of a correction, as if they had been typed. */
static bool
answer(const struct prepared *prepared, const struct correction *correction)
{
	struct prepared meant = *prepared;
	struct folded folded;

	if (!correction_words(correction, &folded))
		return true;
	meant.words = folded_all(&folded);
	meant.text = correction->text;
	meant.length = correction->length;
	meant.corrected = true;
	if (!stage_noise(&meant))
		return false;
	if (prepared->hits->count > 0)
		return true;
	result_correct(prepared->result, correction->text, correction->length);
	if (!(prepared->settings->mode == CHARINDEX_WIDE
	            ? stage_wide(&meant)
	            : steps_run(&meant, &meant.words, STEP_KEYWORDS, STEP_END)))
		return false;
	if (prepared->hits->count > 0)
		return true;
	prepared->result->corrected.length = 0;
	return stage_partial(&meant);
}

/* Looks for a correction in names, aliases and keywords that the client reads, then in those that others
 * read. */
static void
find(const struct prepared *prepared, struct evaluator *evaluator, struct correction *correction)
{
	struct scope own = step_scope(prepared, STEP_KEYWORDS);
	struct scope any = step_scope(prepared, STEP_ANY_LANGUAGE);
	uint64_t until = correction_deadline(prepared, evaluator);
	struct correcting_place here = { prepared, evaluator, &own, until };
	struct correcting_place there = { prepared, evaluator, &any, until };

	if (!correction_of_unknown(&here, UINT32_MAX, correction)) {
		correction_of_known(&here, GOOD_COST, correction);
		return;
	}
	if (correction->length == 0)
		correction_of_unknown(&there, UINT32_MAX, correction);
	if (correction->length > 0 || prepared->words.count < 2)
		return;
	here.until = correction_deadline(prepared, evaluator);
	correction_of_each(&here, &any, GOOD_COST, correction);
}

bool
stage_typos(const struct prepared *prepared)
{
	struct correction correction;
	struct evaluator evaluator;

	if (!evaluator_init(&evaluator, prepared->ci))
		return false;
	find(prepared, &evaluator, &correction);
	prepared->hits->work += evaluator_work(&evaluator);
	evaluator_release(&evaluator);
	return correction.length == 0 || answer(prepared, &correction);
}

/* Words that are still being typed, names of blocks and scripts, short codes, and words that are corrected are
 * what they are; short ones are near to too many, and who has chosen no language is corrected in English. */
static bool
may_be_misspelt(const struct prepared *prepared)
{
	const struct folded_words *words = &prepared->words;
	bool english = prepared->settings->language[0] == '\0', long_enough = false;
	struct charindex_filter filter;

	if (prepared->corrected || prepared->settings->typing == CHARINDEX_IN_WORD ||
	    value_named(prepared, &filter) || memchr(prepared->text, '_', prepared->length) != NULL)
		return false;
	for (uint32_t i = 0; i < words->count; i++) {
		const struct folded_word *word = &words->word[i];

		if (english && !ascii_is_text(words->bytes + word->offset, word->length))
			return false;
		long_enough |= word->length >= CORRECTION_LEAST_LENGTH;
	}
	return long_enough;
}

static void
swap_maps(struct score_map *a, struct score_map *b)
{
	struct score_map other = *a;

	*a = *b;
	*b = other;
}

/* Adds to evaluator->clause the best rows of what the correction says. */
static void
add_best(struct evaluator *evaluator, const struct correction *correction,
    const struct scope *scope)
{
	struct score_map *found = &evaluator->result;
	uint32_t rows[SCORE_BLOCK], from = 0, taken, most;
	struct folded folded;
	struct folded_words words;

	if (!correction_words(correction, &folded))
		return;
	words = folded_all(&folded);
	evaluate_words(evaluator, &words, scope);
	most = hits_least_cost(evaluator->ci, found, 0) + MOST_BEHIND;
	while ((taken = score_map_take(found, &from, evaluator->rows, rows)) > 0)
		for (uint32_t i = 0; i < taken; i++)
			if (hits_cost(evaluator->ci, rows[i]) <= most)
				score_map_add(&evaluator->clause, rows[i] & SCORED_ROW_MASK,
				    CHARINDEX_BY_CORRECTION);
}

uint32_t
typos_add_rows(const struct prepared *prepared, struct evaluator *evaluator, uint32_t rows)
{
	struct scope scope = step_scope(prepared, STEP_KEYWORDS);
	struct correcting_place place = { prepared, evaluator, &scope, 0 };
	struct correction correction;

	if (rows == 0 || !may_be_misspelt(prepared) ||
	    hits_least_cost(prepared->ci, &evaluator->result, POOR_COST - 1) < POOR_COST)
		return rows;
	place.until = correction_deadline(prepared, evaluator);
	swap_maps(&evaluator->result, &evaluator->clause);
	if (!correction_of_unknown(&place, GOOD_COST, &correction))
		correction_of_known(&place, GOOD_COST, &correction);
	if (correction.length > 0) {
		add_best(evaluator, &correction, &scope);
		result_add_query(prepared->result, correction.text, correction.length);
	}
	swap_maps(&evaluator->result, &evaluator->clause);
	return score_map_count(&evaluator->result);
}
