/* stage_elsewhere.c - queries that are what a character is called in another system, as it is written
 * there: where few people know the name, and many the word, behind what the word means. */
#include "codeform_name.h"
#include "stage.h"

static const struct {
	unsigned kind;
	enum charindex_source source; /* what it is worth in wide mode */
} kinds[] = {
	{ CHARINDEX_RECORD_KEYSYM, CHARINDEX_BY_WHOLE_CROWD },
	{ CHARINDEX_RECORD_JARGON, CHARINDEX_BY_ALIAS },
	{ CHARINDEX_RECORD_APL, CHARINDEX_BY_ALIAS },
};

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static uint32_t
find(const struct prepared *prepared, size_t kind, uint32_t rows[CODEFORM_MAX_ELSEWHERE])
{
	return codeform_elsewhere(prepared->ci, prepared->text, prepared->length, kinds[kind].kind,
	    rows);
}

bool
stage_elsewhere(const struct prepared *prepared)
{
	uint32_t rows[CODEFORM_MAX_ELSEWHERE];

	for (size_t kind = 0; kind < KINDS && prepared->hits->count == 0; kind++) {
		uint32_t count = find(prepared, kind, rows);

		for (uint32_t i = 0; i < count; i++)
			if (!hits_add_row(prepared->hits, rows[i], CHARINDEX_BY_ALIAS))
				return false;
	}
	if (prepared->hits->count > 0)
		prepared->hits->source = CHARINDEX_BY_ALIAS;
	return true;
}

uint32_t
elsewhere_add_rows(const struct prepared *prepared, struct evaluator *evaluator)
{
	uint32_t rows[CODEFORM_MAX_ELSEWHERE], added = 0;

	for (size_t kind = 0; kind < KINDS; kind++) {
		uint32_t count = find(prepared, kind, rows);

		for (uint32_t i = 0; i < count; i++)
			added += evaluate_one_more(evaluator, rows[i], kinds[kind].source);
	}
	return added;
}
