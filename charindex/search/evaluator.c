/* evaluator.c - the memory of the maps, one piece for all of them. */
#include "evaluator.h"

#include <stdlib.h>

#include "extra.h"

bool
evaluator_init(struct evaluator *evaluator, const struct charindex *ci)
{
	uint32_t rows = extra_all_rows(ci);
	size_t size = score_map_size(rows);

	*evaluator = (struct evaluator){ .ci = ci, .rows = rows };
	/* one piece, which the allocator keeps for the next query */
	evaluator->memory = malloc(4 * size);
	if (evaluator->memory == NULL)
		return false;
	score_map_init(&evaluator->result, rows, evaluator->memory);
	score_map_init(&evaluator->alternative, rows, evaluator->memory + size);
	score_map_init(&evaluator->clause, rows, evaluator->memory + 2 * size);
	score_map_init(&evaluator->word, rows, evaluator->memory + 3 * size);
	return true;
}

void
evaluator_keep_result(struct evaluator *evaluator)
{
	uint8_t *memory;

	score_map_move(&evaluator->result, evaluator->memory);
	memory = realloc(evaluator->memory, score_map_size(evaluator->rows));
	if (memory == NULL) /* making it smaller need not succeed */
		return;
	evaluator->memory = memory;
	evaluator->result.touched = (uint64_t *)(void *)memory;
	evaluator->result.scores = (uint8_t *)(evaluator->result.touched + evaluator->result.words);
}

void
evaluator_release(struct evaluator *evaluator)
{
	folder_release(&evaluator->folder);
	free(evaluator->memory);
	evaluator->memory = NULL;
}

uint64_t
evaluator_work(const struct evaluator *evaluator)
{
	return evaluator->work + evaluator->result.work + evaluator->alternative.work +
	    evaluator->clause.work + evaluator->word.work;
}
