/* stage_noise.c - words that say that a character is looked for, and not which one, are left out
 * where nothing is called so. */
#include "noise.h"
#include "stage.h"

/* Which of them are left out: those that the query begins with, the one that it ends with, all. */
enum cut { CUT_BEFORE, CUT_BEHIND, CUT_ALL, CUT_COUNT };

/* What is left of the words. */
struct left {
	struct folded_word word[FOLD_MAX_WORDS];
	struct folded_words words;
};

static bool
is_noise(const struct folded_words *words, uint32_t i)
{
	return noise_is(words->bytes + words->word[i].offset, words->word[i].length);
}

static bool
has_joining(const struct folded_words *words)
{
	for (uint32_t i = 0; i < words->count; i++)
		if (noise_joins(words->bytes + words->word[i].offset, words->word[i].length))
			return true;
	return false;
}

/* False if that is all of them, or none. */
static bool
leave_out(const struct folded_words *words, enum cut cut, struct left *left)
{
	uint32_t begin = 0, end = words->count, count = 0;

	while (cut == CUT_BEFORE && begin < end && is_noise(words, begin))
		begin++;
	if (cut == CUT_BEHIND && end > 0 && is_noise(words, end - 1))
		end--;
	for (uint32_t i = begin; i < end; i++)
		if (cut != CUT_ALL || !is_noise(words, i))
			left->word[count++] = words->word[i];
	left->words = (struct folded_words){ words->bytes, left->word, count };
	return count > 0 && count < words->count;
}

/* The words as the query that is answered instead: false if it is too long. */
static bool
say(const struct prepared *prepared, const struct folded_words *words)
{
	prepared->result->corrected.length = 0;
	for (uint32_t i = 0; i < words->count; i++)
		if (!result_correct(prepared->result, words->bytes + words->word[i].offset,
		        words->word[i].length))
			return false;
	return true;
}

/* Is something called what is left: a row, a block, a script? */
static bool
names_something(const struct prepared *prepared, struct evaluator *evaluator,
    const struct folded_words *words)
{
	struct scope scope = step_scope(prepared, STEP_KEYWORDS);
	struct prepared others = *prepared;
	struct charindex_filter filter;

	others.text = prepared->result->corrected.text;
	others.length = prepared->result->corrected.length;
	return value_named(&others, &filter) ||
	    (evaluate_words(evaluator, words, &scope) > 0 && steps_found_whole(evaluator));
}

/* Do all the words mean something? Those of a name or keyword do; others do if a row has them all,
 * exactly, in what names and keywords say of it, unless there are words that join others, as
 * sentences have. */
static bool
are_meant(const struct prepared *prepared, struct evaluator *evaluator)
{
	struct scope scope = step_scope(prepared, STEP_KEYWORDS);
	struct charindex_filter filter;

	return value_named(prepared, &filter) ||
	    (evaluate_words(evaluator, &prepared->words, &scope) > 0 &&
	        (steps_found_whole(evaluator) || !has_joining(&prepared->words)));
}

/* The least that can be left out. False if all words are meant. */
static bool
choose(const struct prepared *prepared, struct evaluator *evaluator, struct left *left)
{
	if (are_meant(prepared, evaluator))
		return false;
	for (int cut = 0; cut < CUT_COUNT; cut++)
		if (leave_out(&prepared->words, (enum cut)cut, left) && say(prepared, &left->words) &&
		    (cut == CUT_ALL || names_something(prepared, evaluator, &left->words)))
			return true;
	return false;
}

bool
stage_noise(const struct prepared *prepared)
{
	struct evaluator evaluator;
	struct left left;
	bool chosen, done = true;

	if (!leave_out(&prepared->words, CUT_ALL, &left))
		return true;
	if (!evaluator_init(&evaluator, prepared->ci))
		return false;
	chosen = choose(prepared, &evaluator, &left);
	prepared->hits->work += evaluator_work(&evaluator);
	evaluator_release(&evaluator);
	if (chosen)
		done = stage_other_words(prepared, &left.words);
	if (prepared->hits->count == 0)
		prepared->result->corrected.length = 0;
	return done;
}
