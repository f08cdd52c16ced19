/* query_field.c - the table of fields, and what each takes. */
#include "query_field.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "binary_property.h"
#include "relation.h"
#include "trait.h"

struct field {
	const char *name;
	/* Takes the value, which is where the query says it: false if it is wrong. */
	bool (
	    *take)(struct parser *parser, const struct field *field, const char *value, size_t length);
	const char *example; /* a value that it takes */
	unsigned property;   /* enum charindex_property or enum charindex_trait, if it takes one */
	bool setting;        /* it says nothing of rows */
};

static bool
take_property(struct parser *parser, const struct field *field, const char *value, size_t length)
{
	static const char *const things[CHARINDEX_PROPERTY_COUNT][2] = {
		[CHARINDEX_PROPERTY_CATEGORY] = { "general category", "Sm or Currency_Symbol" },
		[CHARINDEX_PROPERTY_SCRIPT] = { "script", "greek or Cyrl" },
		[CHARINDEX_PROPERTY_BLOCK] = { "block", "arrows or box_drawing" },
		[CHARINDEX_PROPERTY_AGE] = { "version of Unicode", "17, 15.1 or >=15" },
	};
	struct clause *clause = parser_add_clause(parser, CLAUSE_FILTER, value, length);

	if (clause == NULL)
		return false;
	if (charindex_read_filter(parser->ci, (enum charindex_property)field->property, value, length,
	        &clause->filter))
		return true;
	return parser_fail(parser, value, length, CHARINDEX_FAULT_VALUE,
	    "no %s is called '%.*s'; try %s", things[field->property][0],
	    query_error_shown(length, value), value, things[field->property][1]);
}

static bool
take_trait(struct parser *parser, const struct field *field, const char *value, size_t length)
{
	static const char *const examples[CHARINDEX_TRAIT_COUNT] = {
		[CHARINDEX_TRAIT_WIDTH] = "wide or fullwidth",
		[CHARINDEX_TRAIT_BIDI] = "right_to_left or AL",
		[CHARINDEX_TRAIT_COMBINING] = "230, above or >200",
		[CHARINDEX_TRAIT_EXTENSIONS] = "greek or Cyrl",
		[CHARINDEX_TRAIT_NUMERIC] = "5, 1/2 or >=1000",
		[CHARINDEX_TRAIT_DECOMPOSITION] = "canonical or font",
		[CHARINDEX_TRAIT_STROKES] = "5 or >=30",
		[CHARINDEX_TRAIT_RADICAL] = "85 or \346\260\264",
	};
	struct clause *clause = parser_add_clause(parser, CLAUSE_TRAIT, value, length);
	enum charindex_trait trait = (enum charindex_trait)field->property;
	struct trait_values values;

	if (clause == NULL)
		return false;
	clause->trait = trait;
	if (trait_find(parser->ci, trait, value, length, &values))
		return true;
	return parser_fail(parser, value, length, CHARINDEX_FAULT_VALUE,
	    "%s: nothing has '%.*s'; try %s", field->name, query_error_shown(length, value), value,
	    examples[trait]);
}

static bool
take_looks(struct parser *parser, const struct field *field, const char *value, size_t length)
{
	struct skeleton skeleton;

	(void)field;
	if (!skeleton_of_text(parser->ci, value, length, &skeleton))
		return parser_fail(parser, value, length, CHARINDEX_FAULT_VALUE,
		    "looks: takes a character or some few, not '%.*s'", query_error_shown(length, value),
		    value);
	return parser_add_clause(parser, CLAUSE_LOOKS, value, length) != NULL;
}

/* A number that a name stands for. */
struct named {
	const char *name;
	unsigned value;
};

static bool
find_named(const struct named *table, const char *text, size_t length, unsigned *value)
{
	for (; table->name != NULL; table++)
		if (strlen(table->name) == length && strncasecmp(table->name, text, length) == 0) {
			*value = table->value;
			return true;
		}
	return false;
}

static bool
take_is(struct parser *parser, const struct field *field, const char *value, size_t length)
{
	/* clang-format off */
	static const struct named flags[] = {
		{ "emoji", CHARINDEX_IS_EMOJI }, { "sequence", CHARINDEX_IS_SEQUENCE },
		{ "toned", CHARINDEX_IS_TONED }, { "control", CHARINDEX_IS_CONTROL }, { NULL, 0 },
	};
	/* clang-format on */
	struct clause *clause = parser_add_clause(parser, CLAUSE_FLAG, value, length);
	unsigned flag;

	(void)field;
	if (clause == NULL)
		return false;
	if (find_named(flags, value, length, &flag)) {
		clause->flag = (uint8_t)flag;
		return true;
	}
	clause->kind = CLAUSE_BINARY;
	if (binary_find(parser->ci, value, length, &clause->bit))
		return true;
	return parser_fail(parser, value, length, CHARINDEX_FAULT_VALUE,
	    "is: takes emoji, sequence, toned, control or a binary property, as alphabetic, not '%.*s'",
	    query_error_shown(length, value), value);
}

static bool
take_in(struct parser *parser, const struct field *field, const char *value, size_t length)
{
	/* clang-format off */
	static const struct named sources[] = {
		{ "name", QUERY_NAMES }, { "alias", QUERY_ALIASES }, { "keyword", QUERY_KEYWORDS },
		{ "definition", QUERY_DEFINITIONS }, { "any", QUERY_ANY }, { NULL, 0 },
	};
	/* clang-format on */
	const char *end = value + length;

	(void)field;
	for (const char *comma; value <= end; value = comma + 1) {
		unsigned source;

		comma = memchr(value, ',', (size_t)(end - value));
		if (comma == NULL)
			comma = end;
		length = (size_t)(comma - value);
		if (!find_named(sources, value, length, &source))
			return parser_fail(parser, value, length, CHARINDEX_FAULT_VALUE,
			    "in: takes name, alias, keyword, definition or any, not '%.*s'",
			    query_error_shown(length, value), value);
		parser->query->sources |= source;
	}
	return true;
}

static bool
take_language(struct parser *parser, const struct field *field, const char *value, size_t length)
{
	(void)field;
	if (charindex_read_language(parser->ci, value, length, &parser->query->settings))
		return true;
	return parser_fail(parser, value, length, CHARINDEX_FAULT_VALUE,
	    "there are no keywords in '%.*s'; try a language as fr, or up to 4 as ja,zh-Hant",
	    query_error_shown(length, value), value);
}

static bool
take_limit(struct parser *parser, const struct field *field, const char *value, size_t length)
{
	(void)field;
	if (charindex_read_limit(value, length, &parser->query->settings))
		return true;
	return parser_fail(parser, value, length, CHARINDEX_FAULT_VALUE,
	    "limit: takes a number of rows from 1 to 9999999, or all, not '%.*s'",
	    query_error_shown(length, value), value);
}

static bool
take_from(struct parser *parser, const struct field *field, const char *value, size_t length)
{
	(void)field;
	if (charindex_read_from(value, length, &parser->query->settings))
		return true;
	return parser_fail(parser, value, length, CHARINDEX_FAULT_VALUE,
	    "from: takes the number of a row from 1 to 9999999, not '%.*s'",
	    query_error_shown(length, value), value);
}

static const struct field fields[] = {
	{ "cat", take_property, "Sm", CHARINDEX_PROPERTY_CATEGORY, false },
	{ "gc", take_property, "Sm", CHARINDEX_PROPERTY_CATEGORY, false },
	{ "category", take_property, "Sm", CHARINDEX_PROPERTY_CATEGORY, false },
	{ "block", take_property, "arrows", CHARINDEX_PROPERTY_BLOCK, false },
	{ "blk", take_property, "arrows", CHARINDEX_PROPERTY_BLOCK, false },
	{ "script", take_property, "greek", CHARINDEX_PROPERTY_SCRIPT, false },
	{ "sc", take_property, "greek", CHARINDEX_PROPERTY_SCRIPT, false },
	{ "age", take_property, "17", CHARINDEX_PROPERTY_AGE, false },
	{ "is", take_is, "emoji", 0, false },
	{ "width", take_trait, "wide", CHARINDEX_TRAIT_WIDTH, false },
	{ "ea", take_trait, "wide", CHARINDEX_TRAIT_WIDTH, false },
	{ "bidi", take_trait, "right_to_left", CHARINDEX_TRAIT_BIDI, false },
	{ "bc", take_trait, "right_to_left", CHARINDEX_TRAIT_BIDI, false },
	{ "combining", take_trait, "230", CHARINDEX_TRAIT_COMBINING, false },
	{ "ccc", take_trait, "230", CHARINDEX_TRAIT_COMBINING, false },
	{ "scx", take_trait, "greek", CHARINDEX_TRAIT_EXTENSIONS, false },
	{ "numeric", take_trait, "5", CHARINDEX_TRAIT_NUMERIC, false },
	{ "nv", take_trait, "5", CHARINDEX_TRAIT_NUMERIC, false },
	{ "decomposition", take_trait, "canonical", CHARINDEX_TRAIT_DECOMPOSITION, false },
	{ "dt", take_trait, "canonical", CHARINDEX_TRAIT_DECOMPOSITION, false },
	{ "strokes", take_trait, "5", CHARINDEX_TRAIT_STROKES, false },
	{ "radical", take_trait, "85", CHARINDEX_TRAIT_RADICAL, false },
	{ "looks", take_looks, "a", 0, false },
	{ "in", take_in, "name", 0, false },
	{ "lang", take_language, "fr", 0, true },
	{ "limit", take_limit, "20", 0, true },
	{ "from", take_from, "101", 0, true },
};

const struct field *
field_find(const char *name, size_t length)
{
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (strlen(fields[i].name) == length && strncasecmp(fields[i].name, name, length) == 0)
			return &fields[i];
	return NULL;
}

bool
field_is_setting(const struct field *field)
{
	return field->setting;
}

bool
field_take(const struct field *field, struct parser *parser, const char *value, size_t length)
{
	struct charindex_mistake *mistake = &parser->query->error.mistake;
	bool taken = field->take(parser, field, value, length);

	if (!taken && mistake->fault == CHARINDEX_FAULT_VALUE) {
		mistake->field = field->name;
		mistake->example = field->example;
	}
	return taken;
}
