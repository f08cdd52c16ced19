/* evaluator.h - the score maps in which clauses are combined: `and` is the greater of two scores,
 * `or` the lesser, so that four maps are all the memory that any query takes. */
#ifndef CHARINDEX_EVALUATOR_H
#define CHARINDEX_EVALUATOR_H

#include "charindex.h"
#include "fold.h"
#include "score_map.h"

struct evaluator {
	const struct charindex *ci;
	uint32_t rows;   /* of both kinds */
	uint8_t *memory; /* owned, of the four maps */
	struct score_map result, alternative, clause, word;
	bool tones_wanted; /* the query speaks of skin tones */
	uint64_t work;     /* what has been looked at besides rows of maps */
	struct folder folder;
};

/* What bytes of text count that are looked through, or folded by ICU; and words of which most blocks are
 * ruled out (trigrams.h). */
#define WORK_OF_TEXT(length) ((length) / 8)
#define WORK_OF_BLOCKS(words) (1 + (words) / 1024)
#define WORK_OF_FOLDING(length) (2 * (length) + 16)

/* All that has been looked at, charindex_summary.work. */
uint64_t evaluator_work(const struct evaluator *evaluator);

/* False if there is no memory. */
bool evaluator_init(struct evaluator *evaluator, const struct charindex *ci);

/* Gives back the memory of all maps but `result`. */
void evaluator_keep_result(struct evaluator *evaluator);
void evaluator_release(struct evaluator *evaluator);

#endif
