/* query_words.h - the words of a query's clauses, folded, counted, and each asked for once. */
#ifndef CHARINDEX_QUERY_WORDS_H
#define CHARINDEX_QUERY_WORDS_H

#include "query_parser.h"

/* Adds a clause of the words of `text`: false if there are too many of them, which has been said,
 * or no memory. */
bool parser_add_words(struct parser *parser, enum clause_kind kind, const char *text,
    size_t length);

/* Are there more costly words than in definitions? Then it is said. */
bool parser_definitions_cost_too_much(struct parser *parser);

#endif
