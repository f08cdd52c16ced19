/* stages.c - in which order a query is tried to be answered: one table says so. */
#include "stages.h"

#include "stage.h"

/* Words of a plain query that are looked for otherwise than by the classic rule. */
#define MAX_WORDS 24

/* For which queries a stage is. */
enum {
	IN_CLASSIC = 1 << CHARINDEX_CLASSIC,
	IN_AUTO = 1 << CHARINDEX_AUTO,
	IN_WIDE = 1 << CHARINDEX_WIDE,
	OPERATORS = 1 << CHARINDEX_MODE_COUNT, /* in every mode that has any */
	WORDS = OPERATORS << 1,                /* only if the query has words, and not too many */
};

struct stage {
	bool (*run)(const struct prepared *prepared);
	unsigned when;
};

static const struct stage stages[] = {
	{ stage_query, OPERATORS },
	{ stage_classic, IN_CLASSIC | IN_AUTO },
	{ stage_bytes, IN_AUTO | IN_WIDE },
	{ stage_codes, IN_AUTO | IN_WIDE },
	{ stage_drawn, IN_AUTO | IN_WIDE },
	{ stage_numbered_name, IN_AUTO | IN_WIDE },
	{ stage_text, IN_AUTO | IN_WIDE },
	{ stage_values, IN_AUTO | WORDS },
	{ stage_noise, IN_AUTO | IN_WIDE | WORDS },
	{ stage_words, IN_AUTO | WORDS },
	{ stage_singulars, IN_AUTO | WORDS },
	{ stage_elsewhere, IN_AUTO | WORDS },
	{ stage_wide, IN_WIDE | WORDS },
	{ stage_spelled, IN_AUTO | IN_WIDE | WORDS },
	{ stage_typos, IN_AUTO | IN_WIDE | WORDS },
	{ stage_partial, IN_AUTO | IN_WIDE | WORDS },
	{ stage_last, IN_AUTO | IN_WIDE },
};

static bool
is_for(const struct stage *stage, const struct prepared *prepared)
{
	unsigned kind = prepared->query->plain ? 1u << prepared->settings->mode : OPERATORS;

	return (stage->when & kind) != 0 && ((stage->when & WORDS) == 0 || prepared->words.count > 0);
}

/* Has the query been answered, or found wrong? */
static bool
is_settled(const struct prepared *prepared)
{
	return prepared->hits->count > 0 || prepared->result->error.column > 0;
}

static bool
run_from(const struct prepared *prepared, size_t *next, bool words)
{
	for (; *next < sizeof(stages) / sizeof(stages[0]) && !is_settled(prepared); ++*next) {
		const struct stage *stage = &stages[*next];

		if (!words && (stage->when & WORDS) != 0)
			break;
		if (is_for(stage, prepared) && !stage->run(prepared))
			return false;
	}
	return true;
}

bool
stages_run(struct prepared *prepared)
{
	size_t next = 0;

	/* most often the words need not be folded */
	if (!run_from(prepared, &next, false))
		return false;
	if (!is_settled(prepared) && prepared->query->plain &&
	    prepared->settings->mode != CHARINDEX_CLASSIC &&
	    fold_text(&prepared->folded, prepared->text, prepared->length, FOLD_SEGMENTS) &&
	    prepared->folded.count <= MAX_WORDS)
		prepared->words = folded_all(&prepared->folded);
	return run_from(prepared, &next, true);
}
