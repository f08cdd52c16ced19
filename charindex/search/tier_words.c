/* tier_words.c - hides in which order sources are asked for words until one answers. One table
 * says so. */
#include "tier.h"

/* A tier that looks for all words in some places, more loosely from one to the next. */
struct word_tier {
	enum charindex_source source;
	unsigned sources;
	bool own_language; /* only, not English */
	bool exact, prefixes, insides;
	bool ranked;
};

static const struct word_tier word_tiers[] = {
	{ CHARINDEX_BY_NAME, QUERY_NAMES, false, true, false, false, false },
	{ CHARINDEX_BY_ALIAS, QUERY_NAMES | QUERY_ALIASES, false, true, false, false, true },
	{ CHARINDEX_BY_KEYWORD, QUERY_NAMES | QUERY_ALIASES | QUERY_KEYWORDS, true, true, false, false, true },
	{ CHARINDEX_BY_KEYWORD, QUERY_NAMES | QUERY_ALIASES | QUERY_KEYWORDS, false, true, false, false, true },
	{ CHARINDEX_BY_DEFINITION, QUERY_ANY, false, true, false, false, true },
	{ CHARINDEX_BY_PREFIX, QUERY_NAMES | QUERY_ALIASES | QUERY_KEYWORDS, false, true, true, false, true },
	{ CHARINDEX_BY_SUBSTRING, QUERY_NAMES | QUERY_ALIASES | QUERY_KEYWORDS, false, true, true, true, true },
};

_Static_assert(sizeof(word_tiers) / sizeof(word_tiers[0]) == TIER_WORDS_END, "tier.h");

static const char english[] = "en";

/* The languages of keywords that are asked: the client's own, and English. */
static void
set_languages(const struct tiers *tiers, struct evaluation *evaluation, bool own_only)
{
	const char *own = tiers->query->language[0] != '\0' ? tiers->query->language :
	    tiers->settings->language[0] != '\0' ? tiers->settings->language : english;

	evaluation->languages[0] = own;
	evaluation->languages[1] = own_only ? NULL : english;
}

struct evaluation
tier_evaluation(const struct tiers *tiers, int number)
{
	const struct word_tier *tier = &word_tiers[number];
	struct evaluation evaluation = {
		.sources = tier->sources,
		.exact = tier->exact,
		.prefixes = tier->prefixes,
		.insides = tier->insides,
	};

	set_languages(tiers, &evaluation, tier->own_language);
	return evaluation;
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
is_worth_it(const struct word_tier *tier, const struct folded_words *words)
{
	if (tier->prefixes && words->count > TIER_MAX_LOOSE_WORDS)
		return false;
	return !has_short_word(words, tier->insides ? TIER_LEAST_INSIDE : tier->prefixes ? TIER_LEAST_PREFIX : 1);
}

struct evaluation
tier_evaluation_wide(const struct tiers *tiers, const struct folded_words *words)
{
	struct evaluation evaluation = { .sources = QUERY_ANY, .exact = true };

	set_languages(tiers, &evaluation, false);
	evaluation.prefixes = words->count <= TIER_MAX_LOOSE_WORDS && !has_short_word(words, TIER_LEAST_PREFIX);
	evaluation.insides = evaluation.prefixes && !has_short_word(words, TIER_LEAST_INSIDE);
	return evaluation;
}

bool
tier_take(const struct tiers *tiers, struct evaluator *evaluator, uint32_t count, int number)
{
	tiers->found->source = word_tiers[number].source;
	return found_take(tiers->found, evaluator, count, word_tiers[number].ranked);
}

bool
tier_words(const struct tiers *tiers, const struct folded_words *words, int first, int end)
{
	struct evaluator evaluator;

	if (!evaluator_init(&evaluator, tiers->ci))
		return false;
	for (int i = first; i < end; i++) {
		struct evaluation evaluation = tier_evaluation(tiers, i);
		uint32_t rows;

		if (!is_worth_it(&word_tiers[i], words))
			continue;
		rows = evaluate_words(&evaluator, words, &evaluation);
		if (rows > 0)
			return tier_take(tiers, &evaluator, rows, i);
	}
	tiers->found->work += evaluator.work;
	evaluator_release(&evaluator);
	return true;
}
