/* folded.c - words that have been folded, as a list, and how two lists compare. */
#include "folded.h"

#include <string.h>

void
folded_add(struct folded *folded, const char *word, size_t length, bool run)
{
	if (length == 0 || length > FOLD_MAX_WORD || folded->count == FOLD_MAX_WORDS ||
	    length > sizeof(folded->bytes) - folded->used)
		return;
	memcpy(folded->bytes + folded->used, word, length);
	folded->word[folded->count++] = (struct folded_word){
		.offset = (uint16_t)folded->used,
		.length = (uint16_t)length,
		.run = run,
	};
	folded->used += length;
}

struct folded_words
folded_part(const struct folded *folded, uint32_t first, uint32_t count)
{
	return (struct folded_words){ folded->bytes, folded->word + first, count };
}

struct folded_words
folded_all(const struct folded *folded)
{
	return folded_part(folded, 0, folded->count);
}

bool
folded_same(const struct folded_words *a, uint32_t i, const struct folded_words *b, uint32_t j)
{
	return a->word[i].length == b->word[j].length &&
	    memcmp(a->bytes + a->word[i].offset, b->bytes + b->word[j].offset, a->word[i].length) == 0;
}

bool
folded_is_before(const struct folded_words *words, uint32_t a, uint32_t b)
{
	const struct folded_word *x = &words->word[a], *y = &words->word[b];
	size_t common = x->length < y->length ? x->length : y->length;
	int order = memcmp(words->bytes + x->offset, words->bytes + y->offset, common);

	return order < 0 || (order == 0 && x->length < y->length);
}

bool
folded_among(const struct folded_words *words, uint32_t count, const char *word, size_t length)
{
	for (uint32_t i = 0; i < count; i++)
		if (words->word[i].length == length &&
		    memcmp(words->bytes + words->word[i].offset, word, length) == 0)
			return true;
	return false;
}

uint32_t
folded_distinct(const struct folded *folded)
{
	struct folded_words all = folded_all(folded);
	uint32_t distinct = 0;

	for (uint32_t i = 0; i < all.count; i++)
		distinct += !folded_among(&all, i, all.bytes + all.word[i].offset, all.word[i].length);
	return distinct;
}

bool
folded_has(const struct folded *folded, const struct folded *words)
{
	struct folded_words all = folded_all(folded);

	for (uint32_t i = 0; i < words->count; i++)
		if (!folded_among(&all, all.count, words->bytes + words->word[i].offset,
		        words->word[i].length))
			return false;
	return true;
}

void
folded_append(struct folded *folded, const struct folded *other)
{
	for (uint32_t i = 0; i < other->count; i++)
		folded_add(folded, other->bytes + other->word[i].offset, other->word[i].length,
		    other->word[i].run);
}
