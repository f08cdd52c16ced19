/* match.h - the rows in which a word has been found, as scores. */
#ifndef CHARINDEX_MATCH_H
#define CHARINDEX_MATCH_H

#include <string.h>

#include "charindex.h"
#include "score_map.h"

struct match {
	const struct charindex *ci;
	struct score_map *map; /* the best score of each row is kept */
	bool any;              /* rows have been found */
	uint64_t work;         /* as evaluator.work */
};

static inline void
match_add(struct match *match, uint32_t row, enum charindex_source score)
{
	score_map_add(match->map, row, (uint8_t)score);
	match->any = true;
}

static inline bool
match_begins(const char *text, size_t text_length, const char *prefix, size_t length)
{
	return text_length >= length && memcmp(text, prefix, length) == 0;
}

#endif
