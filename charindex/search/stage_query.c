/* stage_query.c - a query answered as it stands: with its operators, or by the classic rule. */
#include "classic_search.h"
#include "stage.h"

/* Clauses that can be looked for in every step, whatever they are. */
#define MAX_LIGHT_CLAUSES 16

static bool
is_costly(const struct query *query)
{
	if (query->clause_count > MAX_LIGHT_CLAUSES)
		return true;
	for (uint32_t i = 0; i < query->clause_count; i++)
		if (clause_is_costly(&query->clause[i]))
			return true;
	return false;
}

/* Where to look has been said, or is everywhere. */
static bool
query_once(const struct prepared *prepared, struct evaluator *evaluator, unsigned sources)
{
	struct scope scope = step_scope(prepared, STEP_EXACT_END - 1);
	uint32_t rows;

	scope.sources = sources;
	rows = evaluate_query(evaluator, prepared->query, &scope);
	return hits_take(prepared->hits, evaluator, rows, prepared->settings->mode == CHARINDEX_WIDE);
}

bool
stage_query(const struct prepared *prepared)
{
	unsigned said = prepared->query->sources;
	struct evaluator evaluator;

	if (!evaluator_init(&evaluator, prepared->ci))
		return false;
	if (said != 0)
		return query_once(prepared, &evaluator, said);
	if (prepared->settings->mode == CHARINDEX_WIDE)
		return query_once(prepared, &evaluator, QUERY_ANY);
	/* names first, then more, which is less if it is costly to look again and again */
	for (int i = 0; i < STEP_EXACT_END; i += is_costly(prepared->query) ? STEP_KEYWORDS : 1) {
		struct scope scope = step_scope(prepared, i);
		uint32_t rows = evaluate_query(&evaluator, prepared->query, &scope);

		if (rows > 0)
			return step_take(prepared, &evaluator, rows, i);
	}
	prepared->hits->work += evaluator_work(&evaluator);
	evaluator_release(&evaluator);
	return true;
}

bool
stage_classic(const struct prepared *prepared)
{
	struct charindex_search search, counting;
	struct hits *hits = prepared->hits;
	struct charindex_run run;
	uint32_t count = 0;

	if (prepared->classic != NULL)
		search = *prepared->classic;
	else
		classic_search_init(&search, prepared->ci, prepared->text, prepared->length);
	/* so that no more memory is taken than is needed */
	counting = search;
	while (classic_search_next(&counting, UINT32_MAX, &run))
		count += run.count;
	if (!hits_reserve(hits, count))
		return false;
	hits->source = CHARINDEX_BY_NAME;
	while (classic_search_next(&search, UINT32_MAX, &run))
		for (uint32_t i = 0; i < run.count; i++)
			if (!hits_add_row(hits, run.first + i, CHARINDEX_BY_NAME))
				return false;
	return true;
}
