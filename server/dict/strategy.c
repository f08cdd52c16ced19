/* strategy.c - the table of strategies. */
#include "strategy.h"

#include <string.h>
#include <strings.h>

#define DEFAULT_STRATEGY "wide"

/* clang-format off */
const struct strategy strategies[] = {
	{ "exact", "Match headwords exactly", STRATEGY_HEADWORDS, CHARINDEX_MATCH_EXACT, 0 },
	{ "prefix", "Match prefixes", STRATEGY_HEADWORDS, CHARINDEX_MATCH_PREFIX, 0 },
	{ "nprefix", "Match prefixes (skip#count#word)", STRATEGY_PAGE, CHARINDEX_MATCH_PREFIX, 0 },
	{ "suffix", "Match suffixes", STRATEGY_HEADWORDS, CHARINDEX_MATCH_SUFFIX, 0 },
	{ "substring", "Match anywhere inside headwords", STRATEGY_HEADWORDS, CHARINDEX_MATCH_SUBSTRING, 0 },
	{ "word", "Match all words, in any order", STRATEGY_HEADWORDS, CHARINDEX_MATCH_WORDS, 0 },
	{ "first", "Match the first word", STRATEGY_HEADWORDS, CHARINDEX_MATCH_FIRST, 0 },
	{ "last", "Match the last word", STRATEGY_HEADWORDS, CHARINDEX_MATCH_LAST, 0 },
	{ "lev", "Match words with a typo", STRATEGY_SEARCH, CHARINDEX_MATCH_WORDS, CHARINDEX_AUTO },
	{ "wide", "Search all sources, best first", STRATEGY_SEARCH, CHARINDEX_MATCH_WORDS, CHARINDEX_WIDE },
	{ NULL, NULL, 0, 0, 0 },
};
/* clang-format on */

const struct strategy *
strategy_find(struct charindex_text name)
{
	if (name.length == 1 && name.bytes[0] == '.')
		name = (struct charindex_text){ DEFAULT_STRATEGY, strlen(DEFAULT_STRATEGY) };
	for (const struct strategy *strategy = strategies; strategy->name != NULL; strategy++)
		if (strlen(strategy->name) == name.length &&
		    strncasecmp(strategy->name, name.bytes, name.length) == 0)
			return strategy;
	return NULL;
}
