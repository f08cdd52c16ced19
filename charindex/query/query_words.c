/* query_words.c - counts what words cost, and leaves out those that are asked for anyway. */
#include "query_words.h"

#include <string.h>

/* Where a limit is passed, and by what. */
static bool
too_many(struct parser *parser, const char *at, int most, const char *what)
{
	return parser_fail(parser, at, 0, CHARINDEX_FAULT_TOO_MUCH,
	    "there are more than %d words%s; leave some out", most, what);
}

#define COSTLY_WORDS " with * or quotes"

/* ---- what is asked for already -------------------------------------------------------------- */

/* Is it a clause that asks in the same way, of the alternative that is being read? */
static bool
is_like(const struct parser *parser, const struct clause *clause, enum clause_kind kind)
{
	return clause->kind == kind && clause->negated == parser->negated &&
	    clause->alternative == parser->query->alternative_count;
}

/* Does the alternative ask for the word anyway? Not if it is one of several that a row must not
 * have all of. */
static bool
is_asked_for(const struct parser *parser, enum clause_kind kind, const char *word, size_t length)
{
	const struct query *query = parser->query;

	for (uint32_t i = 0; !parser->negated && i < query->clause_count; i++) {
		struct folded_words words = clause_words(query, &query->clause[i]);

		if (is_like(parser, &query->clause[i], kind) &&
		    folded_among(&words, words.count, word, length))
			return true;
	}
	return false;
}

/* Has the alternative a clause of just these words? */
static bool
has_clause(const struct parser *parser, enum clause_kind kind, const struct folded_words *words)
{
	const struct query *query = parser->query;

	for (uint32_t i = 0; i < query->clause_count; i++) {
		struct folded_words others = clause_words(query, &query->clause[i]);

		if (is_like(parser, &query->clause[i], kind) && words_are_same(&others, words))
			return true;
	}
	return false;
}

/* ---- counting --------------------------------------------------------------------------------- */

/* Leaves in `words` those that have to be asked for: all of a phrase, and else each one once. */
static void
leave_out_repeated(const struct parser *parser, enum clause_kind kind, struct folded *words)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < words->count && kind != CLAUSE_PHRASE; i++) {
		struct folded_words before = folded_part(words, 0, kept);
		const char *word = words->bytes + words->word[i].offset;
		size_t length = words->word[i].length;

		if (!folded_among(&before, kept, word, length) && !is_asked_for(parser, kind, word, length))
			words->word[kept++] = words->word[i];
	}
	if (kind != CLAUSE_PHRASE)
		words->count = kept;
}

/* Counts what costs much: false if that is too much, which has been said. */
static bool
count_costly(struct parser *parser, enum clause_kind kind, const char *text, uint32_t words)
{
	if (kind == CLAUSE_WORDS)
		return true;
	parser->costly += kind == CLAUSE_PHRASE ? 1 : words;
	if (parser->costly > QUERY_MAX_COSTLY / 2 && parser->third_costly == NULL)
		parser->third_costly = text;
	return parser->costly <= QUERY_MAX_COSTLY ||
	    too_many(parser, text, QUERY_MAX_COSTLY, COSTLY_WORDS);
}

/* Words are sought in the inside of those of definitions only if nothing else is. */
bool
parser_definitions_cost_too_much(struct parser *parser)
{
	return parser->query->sources == QUERY_DEFINITIONS && parser->third_costly != NULL &&
	    !too_many(parser, parser->third_costly, QUERY_MAX_COSTLY / 2,
	        COSTLY_WORDS ", for definitions");
}

bool
parser_add_words(struct parser *parser, enum clause_kind kind, const char *text, size_t length)
{
	struct query *query = parser->query;
	struct folded words;
	struct folded_words all;
	struct clause *clause;
	bool folded = folder_fold(&parser->folder, &words, text, length, FOLD_SEGMENTS),
	     any = words.count > 0;

	query->no_memory |= parser->folder.no_memory;
	if (query->no_memory)
		return false;
	if (!folded)
		return too_many(parser, text, QUERY_MAX_WORDS, "");
	leave_out_repeated(parser, kind, &words);
	all = folded_all(&words);
	parser->took_clause = true;
	parser->expects_clause = false;
	if (any && (words.count == 0 || has_clause(parser, kind, &all)))
		return true;
	if (words.count > QUERY_MAX_WORDS - query->words.count)
		return too_many(parser, text, QUERY_MAX_WORDS, "");
	if (!count_costly(parser, kind, text, words.count))
		return false;
	clause = parser_add_clause(parser, kind, text, length);
	if (clause == NULL)
		return false;
	clause->first_word = query->words.count;
	clause->word_count = words.count;
	folded_append(&query->words, &words);
	return true;
}
