/* query_clause.h - the grammar of the query language: operators, fields, codes and words. */
#ifndef CHARINDEX_QUERY_CLAUSE_H
#define CHARINDEX_QUERY_CLAUSE_H

#include "query_parser.h"

/* Reads all clauses and settings: false if something is wrong, which has been said. */
bool query_read_clauses(struct parser *parser);

#endif
