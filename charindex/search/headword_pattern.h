/* headword_pattern.h - what a headword is compared with: words, and which of them may go on. */
#ifndef CHARINDEX_HEADWORD_PATTERN_H
#define CHARINDEX_HEADWORD_PATTERN_H

#include "charindex.h"
#include "fold.h"

struct headword_pattern {
	enum charindex_matching matching;
	struct folded words; /* one or more */
};

/* False if the text has no words, or too many. */
bool headword_pattern_init(struct headword_pattern *pattern, enum charindex_matching matching,
    const char *text, size_t length);

/* How many words; and one of them, folded. */
static inline uint32_t
headword_pattern_count(const struct headword_pattern *pattern)
{
	return pattern->words.count;
}

static inline struct charindex_text
headword_pattern_word(const struct headword_pattern *pattern, uint32_t n)
{
	const struct folded_word *word = &pattern->words.word[n];

	return (struct charindex_text){ pattern->words.bytes + word->offset, word->length };
}

/* May the word of the headword begin before that of the pattern, or go on after it? */
bool headword_pattern_opens_left(const struct headword_pattern *pattern, uint32_t n);
bool headword_pattern_opens_right(const struct headword_pattern *pattern, uint32_t n);

/* Does a word of a headword, in small letters or in capitals, agree with the pattern's? */
bool headword_pattern_agrees(const struct headword_pattern *pattern, uint32_t n,
    struct charindex_text word);

/* Does the headword agree with the whole pattern? */
bool headword_pattern_matches(const struct headword_pattern *pattern, struct folder *folder,
    struct charindex_text headword);

#endif
