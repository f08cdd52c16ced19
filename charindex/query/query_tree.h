/* query_tree.h - the syntax tree of a query: alternatives of clauses, and settings. */
#ifndef CHARINDEX_QUERY_TREE_H
#define CHARINDEX_QUERY_TREE_H

#include "charindex.h"
#include "fold.h"
#include "query_error.h"

/* What a query has at most: clauses; words of them all, folded; and those words with a `*`, and
 * phrases, that are costly. Words that an alternative asks for anyway count once. */
#define QUERY_MAX_CLAUSES 32
#define QUERY_MAX_WORDS 32
#define QUERY_MAX_COSTLY 4

/* Settings of a query at most. */
#define QUERY_MAX_SETTINGS 8

enum clause_kind {
	CLAUSE_WORDS,  /* each of the words in it */
	CLAUSE_PREFIX, /* word* */
	CLAUSE_INSIDE, /* *word* */
	CLAUSE_PHRASE, /* "two words" */
	CLAUSE_FILTER, /* of a property */
	CLAUSE_FLAG,   /* is:emoji */
	CLAUSE_BINARY, /* is:alphabetic */
	CLAUSE_TRAIT,  /* width:wide: its text is the value */
	CLAUSE_LOOKS,  /* looks:a: its text is what is looked like */
	CLAUSE_CODES,  /* U+20AC, 20AC..20CF */
};

struct clause {
	enum clause_kind kind;
	bool negated;
	bool unfinished;     /* of CLAUSE_WORDS: the last word may go on */
	uint8_t alternative; /* which of those that `|` separates, from 0 */
	const char *text;    /* in the query: words, or what stands inside the quotes */
	size_t length;
	uint32_t first_word, word_count; /* of query.words: distinct ones, unless it is a phrase */
	union {
		struct charindex_filter filter;
		uint8_t flag; /* CHARINDEX_IS_… */
		uint32_t bit; /* of a binary property */
		enum charindex_trait trait;
		struct {
			uint32_t first, last;
		} codes;
	};
};

/* Where words are looked for. */
enum query_source {
	QUERY_NAMES = 1,
	QUERY_ALIASES = 2,
	QUERY_KEYWORDS = 4,
	QUERY_DEFINITIONS = 8,
	QUERY_ANY = 15,
	QUERY_CROWD = 16, /* keywords that CLDR does not have: no query asks for them alone */
};

/* A piece of the query that says which page, or in which language: the rest is answered as if
 * it were not there. */
struct setting {
	const char *begin, *end; /* with the white space after it */
};

struct query {
	bool plain; /* it uses no operators: it is words, and settings */
	uint32_t setting_count;
	struct setting setting[QUERY_MAX_SETTINGS];
	uint32_t clause_count;
	uint32_t alternative_count;
	struct clause clause[QUERY_MAX_CLAUSES];
	struct folded words;                /* of all clauses */
	unsigned sources;                   /* of enum query_source; 0: nothing was said */
	struct charindex_settings settings; /* what was said of them, but for the mode */
	struct query_error error;
	bool no_memory; /* there was not enough */
};

/* Does the clause cost much: are all words of the index looked at for it, or texts? */
static inline bool
clause_is_costly(const struct clause *clause)
{
	return clause->kind == CLAUSE_PREFIX || clause->kind == CLAUSE_INSIDE ||
	    clause->kind == CLAUSE_PHRASE || clause->unfinished;
}

static inline bool
clause_is_property(const struct clause *clause)
{
	return clause->kind == CLAUSE_FILTER || clause->kind == CLAUSE_FLAG;
}

static inline bool
clause_has_words(const struct clause *clause)
{
	return clause->kind <= CLAUSE_PHRASE;
}

static inline struct folded_words
clause_words(const struct query *query, const struct clause *clause)
{
	return folded_part(&query->words, clause->first_word, clause->word_count);
}

/* Are they the same words, in the same order? */
bool words_are_same(const struct folded_words *a, const struct folded_words *b);

/* Do two clauses ask for the same, though one may be negated? */
bool clause_is_same(const struct query *query, const struct clause *a, const struct clause *b);

/* Is the alternative one of those before it once more? */
bool alternative_is_repeated(const struct query *query, uint32_t alternative);

#endif
