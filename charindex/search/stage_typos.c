/* stage_typos.c - hides which corrections of the words are tried, and in which order. */
#include <stdlib.h>
#include <string.h>

#include "stage.h"
#include "typo.h"

/* Words of a query that are corrected. */
#define MAX_CORRECTED_WORDS 4

/* The words with their corrections, and which one of each is tried. */
struct correcting {
	const struct prepared *prepared;
	const struct folded_words *words;
	struct typo typos[MAX_CORRECTED_WORDS];
	uint32_t chosen[MAX_CORRECTED_WORDS];
	uint32_t order[MAX_CORRECTED_WORDS]; /* of the words' bytes, so that theirs does not matter */
};

/* The corrected query: true if it fits. */
static bool
write_corrected(const struct correcting *correcting)
{
	struct charindex_result *result = correcting->prepared->result;

	result->corrected.length = 0;
	for (uint32_t i = 0; i < correcting->words->count; i++) {
		const struct typo *typo = &correcting->typos[i];
		uint32_t chosen = correcting->chosen[i];

		if (!result_correct(result, typo->word[chosen].text, typo->word[chosen].length))
			return false;
	}
	return true;
}

static void
set_order(struct correcting *correcting)
{
	for (uint32_t i = 0; i < correcting->words->count; i++) {
		uint32_t at = i;

		for (; at > 0 && folded_is_before(correcting->words, i, correcting->order[at - 1]); at--)
			correcting->order[at] = correcting->order[at - 1];
		correcting->order[at] = i;
	}
}

/* The next choice of corrections, likelier words going first: false after the last. */
static bool
next_choice(struct correcting *correcting)
{
	for (uint32_t n = correcting->words->count; n-- > 0;) {
		uint32_t i = correcting->order[n];

		if (++correcting->chosen[i] < correcting->typos[i].count)
			return true;
		correcting->chosen[i] = 0;
	}
	return false;
}

/* Has any row all the words, in all that the exact steps look at? Corrections are many, and few of
 * them are in one row. False if there is no memory. */
static bool
count_rows(const struct prepared *prepared, const struct folded_words *words, uint32_t *rows)
{
	struct scope scope = step_scope(prepared, STEP_EXACT_END - 1);
	struct evaluator evaluator;

	if (!evaluator_init(&evaluator, prepared->ci))
		return false;
	*rows = evaluate_words(&evaluator, words, &scope);
	prepared->hits->work += evaluator_work(&evaluator);
	evaluator_release(&evaluator);
	return true;
}

/* Names have been asked already, and all corrections are ranked together, so that the steps are
 * those from keywords on that are exact. False if there is no memory. */
static bool
try_corrected(const struct correcting *correcting)
{
	const struct prepared *prepared = correcting->prepared;
	struct folded folded;
	struct folded_words words;
	uint32_t rows;

	if (!write_corrected(correcting) ||
	    !fold_text(&folded, prepared->result->corrected.text, prepared->result->corrected.length,
	        FOLD_SEGMENTS))
		return true;
	words = folded_all(&folded);
	if (!count_rows(prepared, &words, &rows))
		return false;
	return rows == 0 || steps_run(prepared, &words, STEP_KEYWORDS, STEP_EXACT_END);
}

static bool
try_choices(struct correcting *correcting)
{
	enum { MAX_TRIES = 6 };

	for (int tries = 0; tries < MAX_TRIES; tries++) {
		if (!try_corrected(correcting))
			return false;
		if (correcting->prepared->hits->count > 0 || !next_choice(correcting))
			break;
	}
	return true;
}

static bool
correct(struct correcting *correcting)
{
	const struct prepared *prepared = correcting->prepared;
	const struct folded_words *words = correcting->words;
	struct scope scope = step_scope(prepared, STEP_KEYWORDS);
	bool all_known = true;

	for (uint32_t i = 0; i < words->count; i++) {
		typo_correct(prepared->ci, words->bytes + words->word[i].offset, words->word[i].length,
		    &scope, &correcting->typos[i]);
		prepared->hits->work += correcting->typos[i].work;
		if (correcting->typos[i].count == 0)
			return true;
		all_known &= correcting->typos[i].known;
	}
	return all_known || try_choices(correcting);
}

bool
stage_typos(const struct prepared *prepared)
{
	const struct folded_words *words = &prepared->words;
	struct correcting *correcting;
	bool done;

	if (words->count > MAX_CORRECTED_WORDS)
		return true;
	correcting = calloc(1, sizeof(*correcting));
	if (correcting == NULL)
		return false;
	correcting->prepared = prepared;
	correcting->words = words;
	set_order(correcting);
	done = correct(correcting);
	if (prepared->hits->count == 0)
		prepared->result->corrected.length = 0;
	free(correcting);
	return done;
}
