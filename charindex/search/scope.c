/* scope.c - which dictionaries are in scope, and the scores of what is found in each. */
#include "scope.h"

#include <string.h>

#include "language_list.h"

bool
scope_has(const struct scope *scope, const struct dictionary *dictionary)
{
	switch (dictionary->kind) {
	case DICTIONARY_ALIASES:
		return (scope->sources & (QUERY_NAMES | QUERY_ALIASES)) != 0;
	case DICTIONARY_DEFINITIONS:
		return (scope->sources & QUERY_DEFINITIONS) != 0;
	case DICTIONARY_CROWD:
		return (scope->sources & QUERY_CROWD) != 0;
	case DICTIONARY_ELSEWHERE: /* which are asked for as they are written (stage_text.c) */
		return false;
	case DICTIONARY_KEYWORDS:
		break;
	}
	if ((scope->sources & QUERY_KEYWORDS) == 0 || scope->any_language)
		return (scope->sources & QUERY_KEYWORDS) != 0;
	return (scope->english && strcmp(dictionary->language, "en") == 0) ||
	    (scope->languages[0] != '\0' && language_list_has(scope->languages, dictionary->language));
}

/* Is it of keywords, in a language that has not been chosen? */
static bool
is_foreign(const struct scope *scope, const struct dictionary *dictionary)
{
	return dictionary->kind == DICTIONARY_KEYWORDS && scope->any_language;
}

enum charindex_source
scope_exact_score(const struct scope *scope, const struct dictionary *dictionary)
{
	if (is_foreign(scope, dictionary))
		return CHARINDEX_BY_FOREIGN;
	switch (dictionary->kind) {
	case DICTIONARY_ALIASES:
	case DICTIONARY_ELSEWHERE:
		return CHARINDEX_BY_ALIAS;
	case DICTIONARY_KEYWORDS:
	case DICTIONARY_CROWD:
		return CHARINDEX_BY_KEYWORD;
	case DICTIONARY_DEFINITIONS:
		break;
	}
	return CHARINDEX_BY_DEFINITION;
}

/* The names of sequences stand among the aliases, and are names; synonyms stand for words of
 * names. */
enum charindex_source
scope_score(const struct scope *scope, const struct dictionary *dictionary, unsigned kind)
{
	bool name = kind == CHARINDEX_RECORD_SEQUENCE;

	if (dictionary->kind == DICTIONARY_ALIASES &&
	    (scope->sources & (name ? QUERY_NAMES : QUERY_ALIASES)) == 0)
		return CHARINDEX_SOURCE_COUNT;
	if (kind == CHARINDEX_RECORD_SYNONYM)
		return CHARINDEX_BY_SYNONYM;
	return name ? CHARINDEX_BY_NAME : scope_exact_score(scope, dictionary);
}

enum charindex_source
scope_whole_score(const struct scope *scope, const struct dictionary *dictionary, unsigned kind)
{
	if (is_foreign(scope, dictionary))
		return CHARINDEX_BY_WHOLE_FOREIGN;
	switch (kind) {
	case CHARINDEX_RECORD_CROWD:
		return CHARINDEX_BY_WHOLE_CROWD;
	case CHARINDEX_RECORD_SEQUENCE:
		return CHARINDEX_BY_WHOLE_NAME;
	case CHARINDEX_RECORD_KEYWORD:
		return CHARINDEX_BY_WHOLE_KEYWORD;
	case CHARINDEX_RECORD_SHORT_NAME:
		return CHARINDEX_BY_WHOLE_ALIAS;
	default:
		return kind > CHARINDEX_RECORD_KEYWORD ? CHARINDEX_BY_DEFINITION : CHARINDEX_BY_WHOLE_ALIAS;
	}
}
