/* query_parser.h - a query that is being taken apart: what its clauses, words and fields are read
 * with. */
#ifndef CHARINDEX_QUERY_PARSER_H
#define CHARINDEX_QUERY_PARSER_H

#include "query_tree.h"

struct parser {
	struct query *query;
	const struct charindex *ci;
	const char *text, *at, *end;
	enum charindex_typing typing;
	struct folder folder;
	uint32_t costly;          /* words with a `*`, and phrases, so far */
	const char *third_costly; /* where the third of these is, of which definitions have but two */
	bool operators;           /* some have been used, other than settings */
	bool expects_clause;      /* after `|` */
	bool negated;             /* what is being read */
	bool took_clause;         /* from what is being read */
	bool open;                /* quotes are not closed, and need not be yet */
};

/* Says what is wrong with what stands `at`, `length` bytes of it, or 0 if it is not about these. Returns
 * false. */
bool parser_fail(struct parser *parser, const char *at, size_t length, enum charindex_fault fault,
    const char *format, ...) __attribute__((format(printf, 5, 6)));

/* A new clause of the current alternative, without words: NULL if there are too many, which has
 * been said. */
struct clause *parser_add_clause(struct parser *parser, enum clause_kind kind, const char *text,
    size_t length);

#endif
