/* query_parser.c - adds to the tree, or says what is wrong. */
#include "query_parser.h"

#include <stdarg.h>

bool
parser_fail(struct parser *parser, const char *at, size_t length, enum charindex_fault fault,
    const char *format, ...)
{
	struct query_place place = { parser->text, at, length };
	va_list args;

	va_start(args, format);
	query_error_say_args(&parser->query->error, parser->ci, place, fault, format, args);
	va_end(args);
	return false;
}

struct clause *
parser_add_clause(struct parser *parser, enum clause_kind kind, const char *text, size_t length)
{
	struct query *query = parser->query;
	struct clause *clause;

	parser->took_clause = true;
	parser->expects_clause = false;
	if (query->clause_count == QUERY_MAX_CLAUSES) {
		parser_fail(parser, text, 0, CHARINDEX_FAULT_TOO_MUCH,
		    "there are more than %d words; leave some out", QUERY_MAX_CLAUSES);
		return NULL;
	}
	clause = &query->clause[query->clause_count++];
	*clause = (struct clause){
		.kind = kind,
		.negated = parser->negated,
		.text = text,
		.length = length,
		.alternative = (uint8_t)query->alternative_count,
	};
	return clause;
}
