/* query.c - hides the syntax of queries. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "codeform.h"
#include "query_parser.h"

/* ---- what is wrong -------------------------------------------------------------------- */

static __attribute__((format(printf, 4, 0))) void
say(struct query_error *error, const char *text, const char *at, const char *format, va_list args)
{
	error->column = 1;
	for (const char *p = text; p < at; p++)
		error->column += U8_IS_TRAIL((uint8_t)*p) == 0;
	vsnprintf(error->text, sizeof(error->text), format, args);
}

void
query_error_say(struct query_error *error, const char *text, const char *at, const char *format,
    ...)
{
	va_list args;

	va_start(args, format);
	say(error, text, at, format, args);
	va_end(args);
}

bool
parser_fail(struct parser *parser, const char *at, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(&parser->query->error, parser->text, at, format, args);
	va_end(args);
	return false;
}

int
query_error_shown(size_t length, const char *text)
{
	enum { MOST = 40 };

	if (length <= MOST)
		return (int)length;
	length = MOST;
	while (length > 0 && U8_IS_TRAIL((uint8_t)text[length]))
		length--;
	return (int)length;
}

/* ---- words of the query ---------------------------------------------------------------- */

static bool
is_space(const char *at, const char *end, size_t *size)
{
	const uint8_t *s = (const uint8_t *)at;
	int32_t i = 0;
	UChar32 c;

	U8_NEXT(s, i, (int32_t)(end - at), c);
	*size = (size_t)i;
	return c >= 0 && (u_isUWhiteSpace(c) || (c >= 0x1C && c <= 0x1F));
}

static void
skip_space(struct parser *parser)
{
	size_t size;

	while (parser->at < parser->end && is_space(parser->at, parser->end, &size))
		parser->at += size;
}

/* Where the word ends that begins at `at`: at white space, and at `|`. */
static const char *
end_of_word(const struct parser *parser, const char *at)
{
	size_t size;

	while (at < parser->end && *at != '|' && !is_space(at, parser->end, &size))
		at += size;
	return at;
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Could a word of a name begin with this character? */
static bool
begins_word(const struct charindex *ci, const char *at, const char *end)
{
	const uint8_t *s = (const uint8_t *)at;
	int32_t i = 0;
	UChar32 c;

	if (at >= end)
		return false;
	U8_NEXT(s, i, (int32_t)(end - at), c);
	return c == '_' ||
	    (c >= 0 &&
	        (U_MASK(charindex_category(ci, (uint32_t)c)) &
	            (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) != 0);
}

/* Does a mark belong to the character before it, as in a keycap? */
static bool
begins_mark(const struct charindex *ci, const char *at, const char *end)
{
	const uint8_t *s = (const uint8_t *)at;
	int32_t i = 0;
	UChar32 c;

	if (at >= end)
		return false;
	U8_NEXT(s, i, (int32_t)(end - at), c);
	return c >= 0x80 && (U_MASK(charindex_category(ci, (uint32_t)c)) & U_GC_M_MASK) != 0;
}

static bool
has_word(const struct charindex *ci, const char *text, size_t length)
{
	for (const char *at = text; at < text + length; at++)
		if (!U8_IS_TRAIL((uint8_t)*at) && begins_word(ci, at, text + length))
			return true;
	return false;
}

/* ---- clauses ---------------------------------------------------------------------------- */

struct clause *
parser_add_clause(struct parser *parser, enum clause_kind kind, const char *text, size_t length)
{
	struct query *query = parser->query;
	struct clause *clause;

	parser->took_clause = true;
	parser->expects_clause = false;
	if (query->clause_count == QUERY_MAX_CLAUSES) {
		parser_fail(parser, text, "there are more than %d words; leave some out",
		    QUERY_MAX_CLAUSES);
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

/* ---- parsing ----------------------------------------------------------------------------- */

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
		return parser_fail(parser, begin - 1, "the quotes are not closed; add a \" at the end");
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
		return parsed(parser_fail(parser, word,
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

	while (colon < word_end && is_letter(*colon))
		colon++;
	if (colon == word || colon + 1 >= word_end || (*colon != ':' && *colon != '='))
		return PARSED_NOT;
	field = field_find(word, (size_t)(colon - word));
	if (field == NULL && (*colon == '=' || !begins_word(parser->ci, colon + 1, word_end)))
		return PARSED_NOT;
	if (field == NULL)
		return parsed(parser_fail(parser, word, "there is no field '%.*s'; there are " FIELD_NAMES,
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
	bool before = *word == '*' && !begins_mark(parser->ci, word + 1, word_end),
	     after = word_end[-1] == '*' && word_end - word > 1;
	const char *begin = word + before, *end = word_end - after;

	if ((!before && !after) || end <= begin || !has_word(parser->ci, begin, (size_t)(end - begin)))
		return PARSED_NOT;
	parser->at = word_end;
	return parsed(parser_add_words(parser, before ? CLAUSE_INSIDE : CLAUSE_PREFIX, begin,
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
		if (!has_word(parser->ci, word + 1, length) && parser->open)
			return take_nothing(parser);
		if (!has_word(parser->ci, word + 1, length))
			return parsed(parser_fail(parser, word, "there is no word between the quotes"));
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
	    !begins_mark(parser->ci, word + 1, word_end) &&
	    (word[1] == '"' || word[1] == '*' || begins_word(parser->ci, word + 1, word_end));
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
		if (!has_word(parser->ci, word, (size_t)(word_end - word)))
			return true; /* punctuation separates words and is none */
		result = parsed(parser_add_words(parser, CLAUSE_WORDS, word, (size_t)(word_end - word)));
	}
	if (negated && result != PARSED_WRONG && !parser->took_clause)
		return parser_fail(parser, word - 1, "'%.*s' cannot be turned round; leave out the -",
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
		return parser_fail(parser, parser->at, "there is nothing before the |; write as in a | b");
	parser->query->alternative_count++;
	parser->expects_clause = true;
	parser->at++;
	return true;
}

static bool
parse_clauses(struct parser *parser)
{
	for (skip_space(parser); parser->at < parser->end; skip_space(parser))
		if (!(*parser->at == '|' ? parse_or(parser) : parse_word(parser)))
			return false;
	if (parser_definitions_cost_too_much(parser))
		return false;
	if (parser->expects_clause && parser->typing != CHARINDEX_TYPED)
		parser->query->alternative_count--;
	else if (parser->expects_clause)
		return parser_fail(parser, parser->end, "there is nothing after the |; write as in a | b");
	return true;
}

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
		bool begins = at == text || is_space(before, end, &(size_t){ 0 });
		bool ends, space = is_space(at, end, &size);
		const char *next = at + size;

		if (space)
			continue;
		ends = next >= end || is_space(next, end, &(size_t){ 0 });
		if (*at == '|' ||
		    (begins && (*at == '"' || *at == '*' || *at == '-') && !begins_mark(ci, next, end)) ||
		    (ends && *at == '*') || ((*at == ':' || *at == '=') && !begins && !ends))
			return has_word(ci, text, length);
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
	right = parse_clauses(&parser);
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
