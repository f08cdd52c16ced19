/* evaluate.h - which rows match, and how well, as a score map. */
#ifndef CHARINDEX_EVALUATE_H
#define CHARINDEX_EVALUATE_H

#include "evaluator.h"
#include "query_tree.h"
#include "scope.h"

/* Scores the rows that have all the words. Returns how many there are. */
uint32_t evaluate_words(struct evaluator *evaluator, const struct folded_words *words,
    const struct scope *scope);

/* Finds the rows that have this word, with their scores in evaluator->word, sequences with skin tones among
 * them: false if there are none. */
bool evaluate_word(struct evaluator *evaluator, const char *word, size_t length,
    const struct scope *scope);

/* Does the word ask for skin tones? Sequences that have them are not meant by who has no such word. */
bool evaluate_wants_tones(const char *word, size_t length);

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
