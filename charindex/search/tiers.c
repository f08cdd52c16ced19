/* tiers.c - hides how each mode goes from one way of answering to the next. */
#include "tiers.h"

#include "identify.h"
#include "tier.h"

/* Words of a plain query that are looked for otherwise than by the seed's rule. */
enum { MAX_WORDS = 24 };

/* Has the query been answered, or found wrong? */
static bool
settled(const struct tiers *tiers)
{
	return tiers->found->count > 0 || tiers->found->column > 0;
}

bool
tiers_auto(const struct tiers *tiers)
{
	struct folded folded;
	struct folded_words words;
	bool usable;

	if (!tier_codes(tiers))
		return false;
	if (!settled(tiers) && !tier_numbered_name(tiers))
		return false;
	if (!settled(tiers) && !tier_text(tiers))
		return false;
	if (settled(tiers))
		return true;
	usable = fold_text(&folded, tiers->text, tiers->length, FOLD_SEGMENTS) && folded.count > 0 &&
	    folded.count <= MAX_WORDS;
	words = folded_all(&folded);
	if (usable && !tier_words(tiers, &words, 0, TIER_WORDS_END))
		return false;
	if (usable && !settled(tiers) && !tier_typos(tiers, &words))
		return false;
	return settled(tiers) || tier_last(tiers);
}

bool
tiers_wide(const struct tiers *tiers)
{
	struct evaluation evaluation;
	struct evaluator evaluator;
	struct folded folded;
	struct folded_words words;
	uint32_t rows, letter;
	bool one_letter = identify_is_one_letter(tiers->ci, tiers->text, tiers->length, &letter);

	if (!tier_codes(tiers))
		return false;
	if (!settled(tiers) && !tier_numbered_name(tiers))
		return false;
	if (!settled(tiers) && !one_letter && !tier_text(tiers))
		return false;
	if (settled(tiers))
		return true;
	if (!fold_text(&folded, tiers->text, tiers->length, FOLD_SEGMENTS) || folded.count == 0 ||
	    folded.count > MAX_WORDS)
		return tier_last(tiers);
	words = folded_all(&folded);
	evaluation = tier_evaluation_wide(tiers, &words);
	if (!evaluator_init(&evaluator, tiers->ci))
		return false;
	rows = evaluate_words(&evaluator, &words, &evaluation);
	if (one_letter)
		rows += evaluate_one_more(&evaluator, charindex_row_of(tiers->ci, letter), CHARINDEX_BY_TEXT);
	if (!found_take(tiers->found, &evaluator, rows, true))
		return false;
	if (!settled(tiers) && !tier_typos(tiers, &words))
		return false;
	return settled(tiers) || tier_last(tiers);
}

static bool
is_costly(const struct query *query)
{
	for (uint32_t i = 0; i < query->clause_count; i++)
		if (clause_is_costly(&query->clause[i]))
			return true;
	return false;
}

/* Where to look has been said, or is everywhere. */
static bool
query_once(const struct tiers *tiers, struct evaluator *evaluator, unsigned sources)
{
	struct evaluation evaluation = tier_evaluation(tiers, TIER_EXACT_END - 1);
	uint32_t rows;

	evaluation.sources = sources;
	rows = evaluate_query(evaluator, tiers->query, &evaluation);
	return found_take(tiers->found, evaluator, rows, tiers->settings->mode == CHARINDEX_WIDE);
}

bool
tiers_query(const struct tiers *tiers)
{
	unsigned said = tiers->query->sources;
	struct evaluator evaluator;

	if (!evaluator_init(&evaluator, tiers->ci))
		return false;
	if (said != 0)
		return query_once(tiers, &evaluator, said);
	if (tiers->settings->mode == CHARINDEX_WIDE)
		return query_once(tiers, &evaluator, QUERY_ANY);
	/* names first, then more, which is less if it is costly to look again and again */
	for (int i = 0; i < TIER_EXACT_END; i += is_costly(tiers->query) ? TIER_KEYWORDS : 1) {
		struct evaluation evaluation = tier_evaluation(tiers, i);
		uint32_t rows = evaluate_query(&evaluator, tiers->query, &evaluation);

		if (rows > 0)
			return tier_take(tiers, &evaluator, rows, i);
	}
	tiers->found->work += evaluator.work;
	evaluator_release(&evaluator);
	return true;
}

bool
tiers_classic(const struct tiers *tiers)
{
	struct charindex_search search, counting;
	struct charindex_run run;
	uint32_t count = 0;

	charindex_search_init(&search, tiers->ci, tiers->text, tiers->length);
	counting = search;
	while (charindex_search_next(&counting, UINT32_MAX, &run))
		count += run.count;
	if (!found_reserve(tiers->found, count))
		return false;
	tiers->found->source = CHARINDEX_BY_NAME;
	while (charindex_search_next(&search, UINT32_MAX, &run))
		for (uint32_t i = 0; i < run.count; i++)
			if (!found_add_row(tiers->found, run.first + i, CHARINDEX_BY_NAME))
				return false;
	return true;
}
