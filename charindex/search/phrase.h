/* phrase.h - words that must stand side by side. */
#ifndef CHARINDEX_PHRASE_H
#define CHARINDEX_PHRASE_H

#include "evaluator.h"
#include "scope.h"

/* Finds, in evaluator->clause, the rows that the words stand side by side in a name of, or in what
 * else `scope` says to look at; but only such as evaluator->alternative has not ruled out. */
void phrase_match(struct evaluator *evaluator, const struct folded_words *phrase,
    const struct scope *scope);

#endif
