/* query_parser.h - a query being taken apart, for query.c and query_field.c. */
#ifndef CHARINDEX_QUERY_PARSER_H
#define CHARINDEX_QUERY_PARSER_H

#include "query.h"

struct parser {
	struct query *query;
	const struct charindex *ci;
	const char *text, *at, *end;
	uint32_t dear;       /* clauses that cost much */
	bool operators;      /* some have been used, other than settings */
	bool expects_clause; /* after `|` */
};

/* Says what is wrong with what stands `at`. Returns false. */
bool parser_fail(struct parser *parser, const char *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* As much of a piece of the query as fits an error, in bytes. */
int parser_shown(size_t length, const char *text);

/* A new clause of the current alternative: NULL if there are too many, which has been said. */
struct clause *parser_add_clause(struct parser *parser, enum clause_kind kind, const char *text,
    size_t length);

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
