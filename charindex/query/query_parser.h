/* query_parser.h - a query being taken apart, for query.c and query_field.c. */
#ifndef CHARINDEX_QUERY_PARSER_H
#define CHARINDEX_QUERY_PARSER_H

#include "query.h"

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

/* Says what is wrong with what stands `at`. Returns false. */
bool parser_fail(struct parser *parser, const char *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A new clause of the current alternative, without words: NULL if there are too many, which has
 * been said. */
struct clause *parser_add_clause(struct parser *parser, enum clause_kind kind, const char *text,
    size_t length);

/* ---- query_words.c ---------------------------------------------------------------------- */

/* Adds a clause of the words of `text`: false if there are too many of them, which has been said,
 * or no memory. */
bool parser_add_words(struct parser *parser, enum clause_kind kind, const char *text,
    size_t length);

/* Are there more costly words than in definitions? Then it is said. */
bool parser_definitions_cost_too_much(struct parser *parser);

/* ---- query_field.c ---------------------------------------------------------------------- */

#define FIELD_NAMES "cat, script, block, age, is, in, lang, limit and from"

struct field;

/* The field that `name` is called, or NULL. */
const struct field *field_find(const char *name, size_t length);

/* Does it say how to answer, and not which rows are meant? */
bool field_is_setting(const struct field *field);

/* Takes the value, which is where the query says it: false if it is wrong, which has been said. */
bool field_take(const struct field *field, struct parser *parser, const char *value, size_t length);

#endif
