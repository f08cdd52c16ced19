/* stage_noise.c - words that say that a character is looked for, and not which one, are left out
 * where nothing has them too. */
#include "noise.h"
#include "stage.h"

/* Are all words in one row, exactly, in what names and keywords say of it? Definitions have many
 * words that join others. False if there is no memory. */
static bool
count_rows(const struct prepared *prepared, uint32_t *rows)
{
	struct scope scope = step_scope(prepared, STEP_KEYWORDS);
	struct evaluator evaluator;

	if (!evaluator_init(&evaluator, prepared->ci))
		return false;
	*rows = evaluate_words(&evaluator, &prepared->words, &scope);
	prepared->hits->work += evaluator_work(&evaluator);
	evaluator_release(&evaluator);
	return true;
}

/* The words that are left, to `left`, and as the query that is answered instead: false if that is
 * all of them, or none, or too long. */
static bool
leave_out_noise(const struct prepared *prepared, struct folded_word *left, uint32_t *count)
{
	const struct folded_words *words = &prepared->words;

	*count = 0;
	for (uint32_t i = 0; i < words->count; i++) {
		const char *word = words->bytes + words->word[i].offset;
		size_t length = words->word[i].length;

		if (noise_is(word, length))
			continue;
		if (!result_correct(prepared->result, word, length))
			return false;
		left[(*count)++] = words->word[i];
	}
	return *count > 0 && *count < words->count;
}

bool
stage_noise(const struct prepared *prepared)
{
	struct folded_word left[FOLD_MAX_WORDS];
	struct folded_words words = { prepared->words.bytes, left, 0 };
	struct charindex_filter filter;
	uint32_t rows = 0;
	bool done = true;

	if (leave_out_noise(prepared, left, &words.count) && !value_named(prepared, &filter)) {
		done = count_rows(prepared, &rows);
		if (done && rows == 0)
			done = stage_other_words(prepared, &words);
	}
	if (prepared->hits->count == 0)
		prepared->result->corrected.length = 0;
	return done;
}
