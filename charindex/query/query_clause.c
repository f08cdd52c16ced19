/* query_clause.c - reads a query from left to right, a clause at a time. */
#include "query_clause.h"

#include <string.h>

#include "ascii.h"
#include "codeform.h"
#include "query_field.h"
#include "query_text.h"
#include "query_words.h"

static void
skip_space(struct parser *parser)
{
	size_t size;

	while (parser->at < parser->end && query_is_space(parser->at, parser->end, &size))
		parser->at += size;
}

/* Where the word ends that begins at `at`: at white space, and at `|`. */
static const char *
end_of_word(const struct parser *parser, const char *at)
{
	size_t size;

	while (at < parser->end && *at != '|' && !query_is_space(at, parser->end, &size))
		at += size;
	return at;
}

enum parsed { PARSED_NOT, PARSED, PARSED_SETTING, PARSED_WRONG };

static enum parsed
parsed(bool right)
{
	return right ? PARSED : PARSED_WRONG;
}

/* What stands in quotes, from after the first one on: its length, or false if they do not end, and
 * should. */
static bool
take_quoted(struct parser *parser, const char *begin, size_t *length)
{
	const char *end = memchr(begin, '"', (size_t)(parser->end - begin));

	parser->open = end == NULL && parser->typing != CHARINDEX_TYPED;
	if (parser->open) {
		*length = (size_t)(parser->end - begin);
		parser->at = parser->end;
		return true;
	}
	if (end == NULL)
		return parser_fail(parser, begin - 1, 0, CHARINDEX_FAULT_OPEN_QUOTES,
		    "the quotes are not closed; add a \" at the end");
	*length = (size_t)(end - begin);
	parser->at = end + 1;
	return true;
}

/* Remembers what has been read from `word` on as a setting, with the white space after it. */
static enum parsed
add_setting(struct parser *parser, const char *word)
{
	struct query *query = parser->query;

	if (query->setting_count == QUERY_MAX_SETTINGS)
		return parsed(parser_fail(parser, word, 0, CHARINDEX_FAULT_TOO_MUCH,
		    "limit:, from: and lang: are there more than %d times; leave some out",
		    QUERY_MAX_SETTINGS));
	skip_space(parser);
	query->setting[query->setting_count++] = (struct setting){ word, parser->at };
	return PARSED_SETTING;
}

/* What is being read will say something, but does not yet. */
static enum parsed
take_nothing(struct parser *parser)
{
	parser->took_clause = true;
	return PARSED;
}

/* name:value, and name=value for the names that are known. */
static enum parsed
parse_field(struct parser *parser, const char *word, const char *word_end)
{
	const char *colon = word, *value;
	const struct field *field;
	size_t length;

	while (colon < word_end && ascii_is_letter(*colon))
		colon++;
	if (colon == word || colon + 1 >= word_end || (*colon != ':' && *colon != '='))
		return PARSED_NOT;
	field = field_find(word, (size_t)(colon - word));
	if (field == NULL && (*colon == '=' || !query_begins_word(parser->ci, colon + 1, word_end)))
		return PARSED_NOT;
	if (field == NULL)
		return parsed(parser_fail(parser, word, (size_t)(colon - word), CHARINDEX_FAULT_FIELD,
		    "there is no field '%.*s'; there are " FIELD_NAMES,
		    query_error_shown((size_t)(colon - word), word), word));
	value = colon + 1;
	length = (size_t)(word_end - value);
	parser->at = word_end;
	if (*value == '"') {
		if (!take_quoted(parser, ++value, &length))
			return PARSED_WRONG;
		if (parser->open)
			return take_nothing(parser);
	}
	if (!field_take(field, parser, value, length))
		return PARSED_WRONG;
	return field_is_setting(field) ? add_setting(parser, word) : PARSED;
}

/* word*, *word*, *word: also those that only end so are looked for inside. */
static enum parsed
parse_starred(struct parser *parser, const char *word, const char *word_end)
{
	bool before = *word == '*' && !query_begins_mark(parser->ci, word + 1, word_end),
	     after = word_end[-1] == '*' && word_end - word > 1;
	const char *begin = word + before, *end = word_end - after;

	if ((!before && !after) || end <= begin ||
	    !query_has_word(parser->ci, begin, (size_t)(end - begin)))
		return PARSED_NOT;
	parser->at = word_end;
	return parsed(parser_add_words(parser, before ? CLAUSE_SUBSTRING : CLAUSE_PREFIX, begin,
	    (size_t)(end - begin)));
}

/* Code points are clauses of their own only beside operators: a plain query that consists of
 * them is not for this parser. */
static enum parsed
parse_codes(struct parser *parser, const char *word, const char *word_end)
{
	struct code_points points = { .count = 0 };
	uint32_t first, last;
	struct clause *clause;

	switch (codeform_read(parser->ci, word, (size_t)(word_end - word), &points, &first, &last)) {
	case CODEFORM_RANGE:
		break;
	case CODEFORM_POINTS:
		if (points.count != 1)
			return PARSED_NOT;
		first = last = points.point[0];
		break;
	default:
		return PARSED_NOT;
	}
	parser->at = word_end;
	clause = parser_add_clause(parser, CLAUSE_CODES, word, (size_t)(word_end - word));
	if (clause == NULL)
		return PARSED_WRONG;
	clause->codes.first = first;
	clause->codes.last = last;
	return PARSED;
}

/* A clause that uses an operator, if there is one at `word`. */
static enum parsed
parse_operator(struct parser *parser, const char *word, const char *word_end)
{
	enum parsed result;
	size_t length = 0;

	if (*word == '"') {
		if (!take_quoted(parser, word + 1, &length))
			return PARSED_WRONG;
		if (!query_has_word(parser->ci, word + 1, length) && parser->open)
			return take_nothing(parser);
		if (!query_has_word(parser->ci, word + 1, length))
			return parsed(parser_fail(parser, word, 0, CHARINDEX_FAULT_EMPTY_QUOTES,
			    "there is no word between the quotes"));
		return parsed(parser_add_words(parser, parser->open ? CLAUSE_WORDS : CLAUSE_PHRASE,
		    word + 1, length));
	}
	result = parse_field(parser, word, word_end);
	return result != PARSED_NOT ? result : parse_starred(parser, word, word_end);
}

static bool
parse_word(struct parser *parser)
{
	const char *word = parser->at, *word_end = end_of_word(parser, word);
	bool negated = *word == '-' && word_end - word > 1 &&
	    !query_begins_mark(parser->ci, word + 1, word_end) &&
	    (word[1] == '"' || word[1] == '*' || query_begins_word(parser->ci, word + 1, word_end));
	enum parsed result;

	word += negated;
	parser->negated = negated;
	parser->took_clause = false;
	result = parse_operator(parser, word, word_end);
	parser->operators |= negated || (result != PARSED_NOT && result != PARSED_SETTING);
	if (result == PARSED_NOT)
		result = parse_codes(parser, word, word_end);
	if (result == PARSED_NOT) {
		parser->at = word_end;
		if (!query_has_word(parser->ci, word, (size_t)(word_end - word)))
			return true; /* punctuation separates words and is none */
		result = parsed(parser_add_words(parser, CLAUSE_WORDS, word, (size_t)(word_end - word)));
	}
	if (negated && result != PARSED_WRONG && !parser->took_clause)
		return parser_fail(parser, word - 1, (size_t)(word_end - word) + 1,
		    CHARINDEX_FAULT_NEGATION, "'%.*s' cannot be turned round; leave out the -",
		    query_error_shown((size_t)(word_end - word), word), word);
	return result != PARSED_WRONG;
}

/* `|`, between two alternatives. */
static bool
parse_or(struct parser *parser)
{
	const struct query *query = parser->query;
	bool empty = query->clause_count == 0 ||
	    query->clause[query->clause_count - 1].alternative != query->alternative_count;

	parser->operators = true;
	if (empty || parser->expects_clause)
		return parser_fail(parser, parser->at, 0, CHARINDEX_FAULT_BEFORE_OR,
		    "there is nothing before the |; write as in a | b");
	parser->query->alternative_count++;
	parser->expects_clause = true;
	parser->at++;
	return true;
}

bool
query_read_clauses(struct parser *parser)
{
	for (skip_space(parser); parser->at < parser->end; skip_space(parser))
		if (!(*parser->at == '|' ? parse_or(parser) : parse_word(parser)))
			return false;
	if (parser_definitions_cost_too_much(parser))
		return false;
	if (parser->expects_clause && parser->typing != CHARINDEX_TYPED)
		parser->query->alternative_count--;
	else if (parser->expects_clause)
		return parser_fail(parser, parser->end, 0, CHARINDEX_FAULT_AFTER_OR,
		    "there is nothing after the |; write as in a | b");
	return true;
}
