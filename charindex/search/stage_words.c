/* stage_words.c - hides in which order sources are asked for words until one answers. One table
 * says so. */
#include <string.h>

#include "identify.h"
#include "singular.h"
#include "spelled.h"
#include "stage.h"

/* A step looks for all words in some places, more loosely from one to the next. */
struct step {
	enum charindex_source source;
	unsigned sources;
	enum { ENGLISH_TOO, OWN_ONLY, ANY_LANGUAGE } languages;
	bool exact, prefixes, substrings;
	bool ranked;
};

#define STEP_NAMED (QUERY_NAMES | QUERY_ALIASES | QUERY_KEYWORDS)

static const struct step steps[] = {
	{ CHARINDEX_BY_NAME, QUERY_NAMES, ENGLISH_TOO, true, false, false, false },
	{ CHARINDEX_BY_ALIAS, QUERY_NAMES | QUERY_ALIASES, ENGLISH_TOO, true, false, false, true },
	{ CHARINDEX_BY_KEYWORD, STEP_NAMED, OWN_ONLY, true, false, false, true },
	{ CHARINDEX_BY_KEYWORD, STEP_NAMED, ENGLISH_TOO, true, false, false, true },
	{ CHARINDEX_BY_DEFINITION, QUERY_ANY, ENGLISH_TOO, true, false, false, true },
	{ CHARINDEX_BY_KEYWORD, STEP_NAMED | QUERY_CROWD, ENGLISH_TOO, true, false, false, true },
	{ CHARINDEX_BY_KEYWORD, QUERY_KEYWORDS, ANY_LANGUAGE, true, false, false, true },
	{ CHARINDEX_BY_PREFIX, STEP_NAMED, ENGLISH_TOO, true, true, false, true },
	{ CHARINDEX_BY_SUBSTRING, STEP_NAMED, ENGLISH_TOO, true, true, true, true },
};

_Static_assert(sizeof(steps) / sizeof(steps[0]) == STEP_END, "stage.h");

/* The languages of keywords that are asked: the client's own, and English. */
static void
set_languages(const struct prepared *prepared, struct scope *scope, bool own_only)
{
	const char *own = prepared->settings->language;

	scope->languages = own;
	scope->english = !own_only || own[0] == '\0';
}

struct scope
step_scope(const struct prepared *prepared, int number)
{
	const struct step *step = &steps[number];
	struct scope scope = {
		.sources = step->sources,
		.exact = step->exact,
		.prefixes = step->prefixes,
		.substrings = step->substrings,
	};

	set_languages(prepared, &scope, step->languages == OWN_ONLY);
	scope.any_language = step->languages == ANY_LANGUAGE;
	return scope;
}

static bool
has_short_word(const struct folded_words *words, size_t least)
{
	for (uint32_t i = 0; i < words->count; i++)
		if (words->word[i].length < least)
			return true;
	return false;
}

static bool
is_worth_it(const struct step *step, const struct folded_words *words)
{
	bool loose = step->prefixes || step->languages == ANY_LANGUAGE;

	if (loose && words->count > STAGE_MAX_LOOSE_WORDS)
		return false;
	return !has_short_word(words,
	    step->substrings     ? STAGE_LEAST_SUBSTRING
	        : step->prefixes ? STAGE_LEAST_PREFIX
	                         : 1);
}

bool
step_take(const struct prepared *prepared, struct evaluator *evaluator, uint32_t count, int number)
{
	prepared->hits->source = steps[number].source;
	return hits_take(prepared->hits, evaluator, count, steps[number].ranked);
}

bool
steps_run(const struct prepared *prepared, const struct folded_words *words, int first, int end)
{
	struct evaluator evaluator;

	if (!evaluator_init(&evaluator, prepared->ci))
		return false;
	for (int i = first; i < end; i++) {
		struct scope scope = step_scope(prepared, i);
		uint32_t rows;

		if (!is_worth_it(&steps[i], words))
			continue;
		rows = evaluate_words(&evaluator, words, &scope);
		if (rows > 0)
			return step_take(prepared, &evaluator, rows, i);
	}
	prepared->hits->work += evaluator_work(&evaluator);
	evaluator_release(&evaluator);
	return true;
}

bool
stage_words(const struct prepared *prepared)
{
	return steps_run(prepared, &prepared->words, 0, STEP_END);
}

bool
stage_other_words(const struct prepared *prepared, const struct folded_words *words)
{
	struct prepared others = *prepared;

	others.words = *words;
	others.text = prepared->result->corrected.text;
	others.length = prepared->result->corrected.length;
	if (prepared->settings->mode == CHARINDEX_WIDE)
		return stage_wide(&others);
	return stage_values(&others) && (prepared->hits->count > 0 || stage_words(&others));
}

/* The answer to other words, which is told to be one. */
static bool
answer_instead(const struct prepared *prepared, const struct folded *others,
    bool (*answer)(const struct prepared *prepared, const struct folded_words *words))
{
	struct folded_words words = folded_all(others);
	bool done;

	for (uint32_t i = 0; i < words.count; i++)
		if (!result_correct(prepared->result, words.bytes + words.word[i].offset,
		        words.word[i].length))
			break;
	done = answer(prepared, &words);
	if (prepared->hits->count == 0)
		prepared->result->corrected.length = 0;
	return done;
}

bool
stage_singulars(const struct prepared *prepared)
{
	struct folded singulars;

	return !singular_words(&prepared->words, &singulars) ||
	    answer_instead(prepared, &singulars, stage_other_words);
}

/* Readings, and what the words mean besides is not meant. */
static bool
answer_readings(const struct prepared *prepared, const struct folded_words *words)
{
	enum { STEP_DEFINITIONS = STEP_EXACT_END - 1 };
	struct scope scope = step_scope(prepared, STEP_DEFINITIONS);
	struct evaluator evaluator;

	if (!evaluator_init(&evaluator, prepared->ci))
		return false;
	scope.sources = QUERY_DEFINITIONS;
	return step_take(prepared, &evaluator, evaluate_words(&evaluator, words, &scope),
	    STEP_DEFINITIONS);
}

bool
stage_spelled(const struct prepared *prepared)
{
	struct folded spelled;

	switch (spelled_words(&prepared->words, &spelled)) {
	case SPELLED_NOTHING:
		return true;
	case SPELLED_NUMBERS:
		return answer_instead(prepared, &spelled, stage_other_words);
	case SPELLED_READINGS:
		return answer_instead(prepared, &spelled, answer_readings);
	}
	return true;
}

/* All sources, and as loosely as so many words of such lengths may be looked for. */
static struct scope
wide_scope(const struct prepared *prepared)
{
	const struct folded_words *words = &prepared->words;
	struct scope scope = { .sources = QUERY_ANY | QUERY_CROWD, .exact = true };
	struct folded_words finished = *words;

	set_languages(prepared, &scope, false);
	/* a letter by itself is what it is */
	scope.unfinished = prepared->settings->typing == CHARINDEX_IN_WORD && words->count > 1;
	finished.count -= scope.unfinished;
	scope.prefixes = words->count <= STAGE_MAX_LOOSE_WORDS &&
	    !has_short_word(&finished, STAGE_LEAST_PREFIX);
	scope.substrings = scope.prefixes && !has_short_word(words, STAGE_LEAST_SUBSTRING);
	return scope;
}

/* Does the score say that the query as it stands is a name or a keyword of the row? */
static bool
is_whole(uint32_t score)
{
	switch (score) {
	case CHARINDEX_BY_WHOLE_NAME:
	case CHARINDEX_BY_WHOLE_ALIAS:
	case CHARINDEX_BY_WHOLE_KEYWORD:
	case CHARINDEX_BY_WHOLE_CROWD:
		return true;
	default:
		return false;
	}
}

bool
steps_found_whole(const struct evaluator *evaluator)
{
	const struct score_map *result = &evaluator->result;
	uint32_t rows[SCORE_BLOCK], from = 0, taken;

	while ((taken = score_map_take(result, &from, evaluator->rows, rows)) > 0)
		for (uint32_t i = 0; i < taken; i++)
			if (is_whole(rows[i] >> SCORED_ROW_BITS))
				return true;
	return false;
}

/* Adds the rows that have one of what the words say there are several of: `hearts` finds what
 * `heart` does too. Exactly, and in the client's languages; behind those of which the query is a name
 * or keyword as it stands, and not for a short code as `raised_hands`. Returns how many rows there
 * are. */
static uint32_t
add_singulars(const struct prepared *prepared, struct evaluator *evaluator, uint32_t rows)
{
	struct scope scope = step_scope(prepared, STEP_KEYWORDS);
	struct folded singulars;
	struct folded_words words;

	if (memchr(prepared->text, '_', prepared->length) != NULL ||
	    !singular_words(&prepared->words, &singulars))
		return rows;
	words = folded_all(&singulars);
	return evaluate_more_words(evaluator, &words, &scope,
	    steps_found_whole(evaluator) ? CHARINDEX_BY_WHOLE_FOREIGN : CHARINDEX_BY_WHOLE_NAME);
}

bool
stage_wide(const struct prepared *prepared)
{
	const struct charindex *ci = prepared->ci;
	struct scope scope = wide_scope(prepared);
	struct evaluator evaluator;
	uint32_t rows, letter;

	if (!evaluator_init(&evaluator, ci))
		return false;
	rows = evaluate_words(&evaluator, &prepared->words, &scope);
	/* who has chosen a language is answered in others if there is nothing in it */
	if (is_worth_it(&steps[STEP_ANY_LANGUAGE], &prepared->words) &&
	    (rows == 0 || prepared->settings->language[0] == '\0')) {
		scope = step_scope(prepared, STEP_ANY_LANGUAGE);
		rows = evaluate_more_words(&evaluator, &prepared->words, &scope, CHARINDEX_BY_WHOLE_NAME);
	}
	rows = add_singulars(prepared, &evaluator, rows);
	rows = value_add_rows(prepared, &evaluator, rows);
	rows += elsewhere_add_rows(prepared, &evaluator);
	rows = typos_add_rows(prepared, &evaluator, rows);
	if (identify_is_one_letter(ci, prepared->text, prepared->length, &letter))
		rows += evaluate_one_more(&evaluator, charindex_row_of(ci, letter), CHARINDEX_BY_TEXT);
	else /* letters that are a word in some language may be a character as well */
		rows += evaluate_one_more(&evaluator,
		    identify_sequence(ci, prepared->text, prepared->length), CHARINDEX_BY_TEXT);
	return hits_take(prepared->hits, &evaluator, rows, true);
}
