/* evaluate.h - which rows match, and how well, as a score map. `and` is the greater of two scores,
 * `or` the lesser: four maps are all the memory that any query takes. */
#ifndef CHARINDEX_EVALUATE_H
#define CHARINDEX_EVALUATE_H

#include "fold.h"
#include "query.h"
#include "score_map.h"

/* What is asked of a word besides its letters. */
struct scope {
	unsigned sources;         /* of enum query_source */
	const char *languages[2]; /* of keywords; NULL: none */
	bool any_language;        /* of keywords: those two and all others, which are worth less */
	bool exact;               /* words as they are */
	bool prefixes;            /* words that begin so */
	bool insides;             /* words that it stands inside of */
	bool unfinished;          /* of the last word: those that begin so as well */
};

struct evaluator {
	const struct charindex *ci;
	uint32_t rows;   /* of both kinds */
	uint8_t *memory; /* owned, of the four maps */
	struct score_map result, alternative, clause, word;
	bool tones_wanted; /* the query speaks of skin tones */
	uint64_t work;     /* what has been looked at besides rows of maps */
	struct folder folder;
};

/* What bytes of text count that are looked through, or folded by ICU. */
#define WORK_OF_TEXT(length) ((length) / 8)
#define WORK_OF_FOLDING(length) (2 * (length) + 16)

/* All that has been looked at, charindex_summary.work. */
uint64_t evaluator_work(const struct evaluator *evaluator);

/* False if there is no memory. */
bool evaluator_init(struct evaluator *evaluator, const struct charindex *ci);

/* Gives back the memory of all maps but `result`. */
void evaluator_keep_result(struct evaluator *evaluator);
void evaluator_release(struct evaluator *evaluator);

/* Scores the rows that have all the words. Returns how many there are. */
uint32_t evaluate_words(struct evaluator *evaluator, const struct folded_words *words,
    const struct scope *scope);

/* Adds rows to those that evaluate_words() has scored, and what a row is worth more: those that have
 * all the words where this scope says, none of them better than `best`. Returns how many there are
 * in all. */
uint32_t evaluate_more_words(struct evaluator *evaluator, const struct folded_words *words,
    const struct scope *scope, enum charindex_source best);

/* Scores the rows that a query which is not plain asks for. `scope` says what the words
 * mean to which nothing is added. Returns how many rows there are. */
uint32_t evaluate_query(struct evaluator *evaluator, const struct query *query,
    const struct scope *scope);

/* Scores rows from `first` to `last` by code point. */
uint32_t evaluate_range(struct evaluator *evaluator, uint32_t first, uint32_t last);

/* Gives a row, unless it is CHARINDEX_NO_ROW, a score that is at least so good. Returns 1 if it
 * had none. */
uint32_t evaluate_one_more(struct evaluator *evaluator, uint32_t row, enum charindex_source score);

#endif
