/* query_tree.c - which parts of a query are the same. */
#include "query_tree.h"

bool
words_are_same(const struct folded_words *a, const struct folded_words *b)
{
	uint32_t i = 0;

	while (i < a->count && i < b->count && folded_same(a, i, b, i))
		i++;
	return i == a->count && i == b->count;
}

static bool
filters_are_same(const struct charindex_filter *a, const struct charindex_filter *b)
{
	return a->property == b->property && a->value == b->value && a->mask == b->mask;
}

bool
clause_is_same(const struct query *query, const struct clause *a, const struct clause *b)
{
	struct folded_words words, others;

	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case CLAUSE_FILTER:
		return filters_are_same(&a->filter, &b->filter);
	case CLAUSE_FLAG:
		return a->flag == b->flag;
	case CLAUSE_CODES:
		return a->codes.first == b->codes.first && a->codes.last == b->codes.last;
	default:
		words = clause_words(query, a);
		others = clause_words(query, b);
		return a->unfinished == b->unfinished && words_are_same(&words, &others);
	}
}

/* The first clause of an alternative; they stand beside each other. */
static uint32_t
first_of(const struct query *query, uint32_t alternative)
{
	uint32_t n = 0;

	while (n < query->clause_count && query->clause[n].alternative != alternative)
		n++;
	return n;
}

/* Does one alternative ask for what the other does, clause by clause? */
static bool
alternatives_are_same(const struct query *query, uint32_t one, uint32_t other)
{
	uint32_t a = first_of(query, one), b = first_of(query, other);

	for (;; a++, b++) {
		bool a_ends = a == query->clause_count || query->clause[a].alternative != one;
		bool b_ends = b == query->clause_count || query->clause[b].alternative != other;

		if (a_ends || b_ends)
			return a_ends && b_ends;
		if (query->clause[a].negated != query->clause[b].negated ||
		    !clause_is_same(query, &query->clause[a], &query->clause[b]))
			return false;
	}
}

bool
alternative_is_repeated(const struct query *query, uint32_t alternative)
{
	for (uint32_t n = 0; n < alternative; n++)
		if (alternatives_are_same(query, n, alternative))
			return true;
	return false;
}
