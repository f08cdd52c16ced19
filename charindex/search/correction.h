/* correction.h - what misspelt words were meant to be, all together. */
#ifndef CHARINDEX_CORRECTION_H
#define CHARINDEX_CORRECTION_H

#include "prepared.h"

/* Words of a query that are corrected. */
#define CORRECTION_MAX_WORDS 5

/* The same, of one that is corrected in any language, and of one of which all words are known: there is
 * much to try for each. */
#define CORRECTION_MAX_FOREIGN_WORDS 2
#define CORRECTION_MAX_KNOWN_WORDS 2

/* The shortest words, in bytes, that are taken for others though they are known. */
#define CORRECTION_LEAST_LENGTH 4

struct correction {
	char text[256]; /* the corrected query */
	size_t length;  /* 0: there is none */
	unsigned cost;  /* of its best row (RANKING.md), and of the edits */
};

/* Where the words are looked for, and with what: the map `clause` of the evaluator is left alone. */
struct correcting_place {
	const struct prepared *prepared;
	struct evaluator *evaluator;
	const struct scope *scope;
	uint64_t until; /* work, all that has been done for the answer, after which nothing is tried */
};

/* What may be tried from now on costs about a millisecond. */
uint64_t correction_deadline(const struct prepared *prepared, const struct evaluator *evaluator);

/* Finds what costs least, and less than `below`, of what all words together find there once those that
 * nothing has there are corrected. False if there are no such words. */
bool correction_of_unknown(const struct correcting_place *place, unsigned below,
    struct correction *correction);

/* The same, of words that are all known, one of which the error has made. */
void correction_of_known(const struct correcting_place *place, unsigned below,
    struct correction *correction);

/* Finds, where no row has them all, that of which each word for itself costs least, and less than
 * `below`. Words that are found where `known` says stay. */
void correction_of_each(const struct correcting_place *place, const struct scope *known,
    unsigned below, struct correction *correction);

/* The words of a correction. */
bool correction_words(const struct correction *correction, struct folded *folded);

#endif
