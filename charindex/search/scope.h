/* scope.h - where the words of a query are looked for, and what it is worth to be found there. */
#ifndef CHARINDEX_SCOPE_H
#define CHARINDEX_SCOPE_H

#include "dictionary.h"
#include "query_tree.h"

/* What is asked of a word besides its letters. */
struct scope {
	unsigned sources;      /* of enum query_source */
	const char *languages; /* of keywords: a list of them */
	bool english;          /* keywords in English as well */
	bool any_language;     /* of keywords: those and all others, which are worth less */
	bool exact;            /* words as they are */
	bool prefixes;         /* words that begin so */
	bool insides;          /* words that it stands inside of */
	bool unfinished;       /* of the last word: those that begin so as well */
};

/* Is the dictionary one of those that are looked into? */
bool scope_has(const struct scope *scope, const struct dictionary *dictionary);

/* What an exact word is worth in a dictionary other than that of aliases. */
enum charindex_source scope_exact_score(const struct scope *scope,
    const struct dictionary *dictionary);

/* What it is worth in a record of this kind; CHARINDEX_SOURCE_COUNT if nothing, because such
 * records are not asked. */
enum charindex_source scope_score(const struct scope *scope, const struct dictionary *dictionary,
    unsigned kind);

/* What it is worth that the words are all of such a record. */
enum charindex_source scope_whole_score(const struct scope *scope,
    const struct dictionary *dictionary, unsigned kind);

#endif
