/* query.c - tells plain queries from others, and takes those apart. */
#include "query.h"

#include <string.h>

#include "query_clause.h"
#include "query_text.h"

/* Is there a character that could be an operator? In a line of words there hardly ever is. */
static bool
has_operator_characters(const char *text, size_t length)
{
	/* clang-format off */
	static const bool operators[256] = {
		['"'] = true, ['*'] = true, ['-'] = true, [':'] = true, ['='] = true, ['|'] = true,
	};
	/* clang-format on */

	for (size_t i = 0; i < length; i++)
		if (operators[(unsigned char)text[i]])
			return true;
	return false;
}

/* Does one of them stand where it is an operator, in a query that has words? So that a pasted
 * `|` or `"` alone stays what it is for the seed. */
static bool
has_operators(const struct charindex *ci, const char *text, size_t length)
{
	const char *end = text + length, *before = text;
	size_t size;

	for (const char *at = text; at < end; before = at, at += size) {
		bool begins = at == text || query_is_space(before, end, &(size_t){ 0 });
		bool ends, space = query_is_space(at, end, &size);
		const char *next = at + size;

		if (space)
			continue;
		ends = next >= end || query_is_space(next, end, &(size_t){ 0 });
		if (*at == '|' ||
		    (begins && (*at == '"' || *at == '*' || *at == '-') &&
		        !query_begins_mark(ci, next, end)) ||
		    (ends && *at == '*') || ((*at == ':' || *at == '=') && !begins && !ends))
			return query_has_word(ci, text, length);
	}
	return false;
}

bool
query_is_words(const struct charindex *ci, const char *text, size_t length)
{
	return !has_operator_characters(text, length) || !has_operators(ci, text, length);
}

void
query_init(struct query *query)
{
	memset(query, 0, offsetof(struct query, clause));
	query->sources = query->error.column = 0;
	query->error.mistake.fault = CHARINDEX_FAULT_NONE;
	query->settings = (struct charindex_settings){ 0 };
	query->setting_count = 0;
	query->words.count = 0;
	query->words.used = 0;
	query->plain = true;
	query->no_memory = false;
}

/* "-1": nobody asks for all that has no 1. */
static bool
is_negative_numbers(const struct query *query)
{
	for (uint32_t i = 0; i < query->clause_count; i++) {
		const struct clause *clause = &query->clause[i];

		if (!clause->negated || clause->kind != CLAUSE_WORDS)
			return false;
		for (size_t n = 0; n < clause->length; n++)
			if (clause->text[n] < '0' || clause->text[n] > '9')
				return false;
	}
	return query->clause_count > 0 && query->sources == 0;
}

/* The last words may go on, if they stand at the very end, and are not one costly word too many. */
static void
leave_unfinished(struct parser *parser)
{
	struct query *query = parser->query;
	struct clause *last = query->clause + query->clause_count - 1;

	if (parser->typing == CHARINDEX_IN_WORD && query->clause_count > 0 &&
	    last->kind == CLAUSE_WORDS && !last->negated && last->text + last->length == parser->end &&
	    parser->costly < QUERY_MAX_COSTLY)
		last->unfinished = true;
}

bool
query_parse_typing(struct query *query, const struct charindex *ci, const char *text, size_t length,
    enum charindex_typing typing)
{
	struct parser parser = { .query = query,
		.ci = ci,
		.text = text,
		.at = text,
		.end = text + length,
		.typing = typing };
	bool right;

	query_init(query);
	query->plain = query_is_words(ci, text, length);
	if (query->plain)
		return true;
	right = query_read_clauses(&parser);
	folder_release(&parser.folder);
	if (!right && (parser.operators || query->setting_count > 0 || query->no_memory))
		return query->plain; /* which it is not */
	query->error.column = 0; /* words of a plain query may be many */
	query->alternative_count++;
	query->plain = !parser.operators || is_negative_numbers(query);
	leave_unfinished(&parser);
	return true;
}

bool
query_parse(struct query *query, const struct charindex *ci, const char *text, size_t length)
{
	return query_parse_typing(query, ci, text, length, CHARINDEX_TYPED);
}

size_t
query_without_settings(const struct query *query, const char *text, size_t length, char *out)
{
	const char *at = text, *end = text + length;
	char *p = out;

	for (uint32_t i = 0; i < query->setting_count; i++) {
		p = mempcpy(p, at, (size_t)(query->setting[i].begin - at));
		at = query->setting[i].end;
	}
	p = mempcpy(p, at, (size_t)(end - at));
	length = (size_t)(p - out);
	at = charindex_strip(out, &length);
	memmove(out, at, length);
	return length;
}
