/* mark.h - the rows of words marked in a map of scores. */
#ifndef CHARINDEX_MARK_H
#define CHARINDEX_MARK_H

#include "dictionary.h"
#include "evaluate.h"

struct marking {
	const struct charindex *ci;
	struct score_map *map; /* the best score of each row is kept */
	bool marked;           /* any row has been */
	uint64_t work;         /* as evaluator.work */
};

/* Is the record one of the list? */
bool mark_list_has(struct posting_list list, uint32_t record);

/* Marks the rows that have the word, folded, where and how `scope` says. */
void mark_word(struct marking *marking, const char *word, size_t length, const struct scope *scope);

/* Betters the scores of those rows that one of the phrases about is the words and no more. */
void mark_whole(struct marking *marking, const struct folded_words *words,
    const struct scope *scope);

/* In how many names the word, folded, stands. */
uint32_t mark_name_count(const struct charindex *ci, const char *word, size_t length);

/* Is the dictionary one of those that `scope` asks? */
bool mark_is_asked(const struct dictionary *dictionary, const struct scope *scope);

/* What an exact word in a record of this kind is worth; CHARINDEX_SOURCE_COUNT if nothing,
 * because such records are not asked. */
enum charindex_source mark_score(const struct dictionary *dictionary, unsigned kind,
    const struct scope *scope);

/* The first of the rows from `low` to `high`, which ascend by code point, that is not below
 * `code_point`; `high` if there is none. */
uint32_t mark_first_row(const struct charindex *ci, uint32_t low, uint32_t high,
    uint32_t code_point);

#endif
