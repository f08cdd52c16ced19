/* typo.h - what a misspelt word may have been meant to be. */
#ifndef CHARINDEX_TYPO_H
#define CHARINDEX_TYPO_H

#include "evaluate.h"

/* Corrections of one word that are worth a try. */
#define TYPO_MAX 12

/* What it counts to look a word up in a dictionary. */
#define WORK_OF_LOOKUP 40

struct typo {
	uint32_t count;
	bool known;    /* the word is one itself */
	uint64_t work; /* what has been looked at, charindex_summary.work */
	struct {
		char text[FOLD_MAX_WORD]; /* folded; two words, if the space between them was missing */
		size_t length;
		unsigned cost; /* of the edits, in steps of rarity (RANKING.md); 0: it is the word itself */
	} word[TYPO_MAX];  /* the likeliest first */
};

/* Finds the words that names, aliases and keywords in the languages of `scope` have, one
 * edit (a character left out, put in, changed, two swapped, or the space left out between two
 * words) from the word, or, if there are none and the word is long, two. A word that is known
 * is its own and only correction; or, if `known_too`, has those that are one edit away, none if it lacks
 * accents. In any language, the first letter is taken to be right, since there are so many words. */
void typo_correct(const struct charindex *ci, const char *word, size_t length,
    const struct scope *scope, bool known_too, struct typo *typo);

/* The word, which is known, as its only correction. */
void typo_leave(const char *word, size_t length, struct typo *typo);

#endif
