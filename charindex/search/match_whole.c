/* match_whole.c - names by the number of their words, records by the lists of these. */
#include "match_whole.h"

#include "word_sets.h"

/* Words that a whole phrase can have: the lists of so many are intersected. */
#define MAX_WHOLE 16

/* The distinct ones among the words: their numbers; 0 if they are too many. */
static uint32_t
distinct_words(const struct folded_words *words, uint32_t distinct[MAX_WHOLE])
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < words->count; i++) {
		if (folded_among(words, i, words->bytes + words->word[i].offset, words->word[i].length))
			continue;
		if (count == MAX_WHOLE)
			return 0;
		distinct[count++] = i;
	}
	return count;
}

/* Finds the rows of records of so many words that have them all. */
static void
match_records(struct match *match, const struct dictionary *dictionary, struct posting_list *lists,
    uint32_t count, const struct scope *scope)
{
	struct dictionary_record record;
	uint32_t shortest = 0;

	for (uint32_t i = 1; i < count; i++)
		if (lists[i].count < lists[shortest].count)
			shortest = i;
	match->work += lists[shortest].count;
	for (uint32_t n = 0; n < lists[shortest].count; n++) {
		uint32_t number = posting_at(&lists[shortest], n), i = 0;

		if (!dictionary_record(dictionary, number, &record) || record.words != count ||
		    scope_score(scope, dictionary, record.kind) == CHARINDEX_SOURCE_COUNT)
			continue;
		while (i < count && posting_list_has(lists[i], number))
			i++;
		if (i == count && score_map_get(match->map, record.row) != NO_MATCH)
			match_add(match, record.row, scope_whole_score(scope, dictionary, record.kind));
	}
}

static void
match_names(struct match *match, uint32_t count)
{
	struct score_map *map = match->map;
	uint32_t rows[SCORE_BLOCK], from = 0, taken;

	while ((taken = score_map_take_scored(map, CHARINDEX_BY_NAME, &from, rows)) > 0) {
		match->work += taken;
		for (uint32_t i = 0; i < taken; i++)
			if (extra_rank(match->ci, rows[i]).words == count)
				match_add(match, rows[i], CHARINDEX_BY_WHOLE_NAME);
	}
}

void
match_whole(struct match *match, const struct folded_words *words, const struct scope *scope)
{
	uint32_t distinct[MAX_WHOLE], count = distinct_words(words, distinct);
	struct posting_list lists[MAX_WHOLE];
	const struct folded_word *first;
	struct dictionary dictionary;
	const uint64_t *set;

	if (count == 0)
		return;
	match_names(match, count);
	first = &words->word[distinct[0]];
	set = word_set_of(match->ci, words->bytes + first->offset, first->length);
	for (uint32_t n = 0; word_set_next(match->ci, set, &n, &dictionary); n++) {
		if (!scope_has(scope, &dictionary))
			continue;
		for (uint32_t i = 0; i < count; i++) {
			const struct folded_word *word = &words->word[distinct[i]];

			lists[i] = dictionary_lookup(&dictionary, words->bytes + word->offset, word->length);
		}
		match_records(match, &dictionary, lists, count, scope);
	}
}
