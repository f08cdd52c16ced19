/* outlines.c - the outlines of words, by their length. */
#include "outlines.h"

#include <stdlib.h>
#include <unicode/utf8.h>

#include "ascii.h"
#include "fold.h"
#include "word_list.h"

uint64_t
outline_bit(uint32_t code_point)
{
	uint32_t c = code_point < 0x80 ? (unsigned char)ascii_lower((char)code_point) : code_point;

	return (uint64_t)1 << (c & 63);
}

static uint64_t
outline_of(struct charindex_text word, uint32_t *length)
{
	const uint8_t *s = (const uint8_t *)word.bytes;
	uint64_t outline = 0;
	size_t at = 0;

	for (*length = 0; at < word.length; ++*length) {
		UChar32 c;

		U8_NEXT_OR_FFFD(s, at, word.length, c);
		outline |= outline_bit((uint32_t)c);
	}
	return outline;
}

/* The length of the word, if it has an outline, else 0. */
static uint32_t
outlined_length(struct charindex_text word, uint64_t *outline)
{
	uint32_t length;

	*outline = outline_of(word, &length);
	return length > OUTLINE_MAX_LENGTH || (length > 0 && word.bytes[0] == FOLD_PLAIN) ? 0 : length;
}

/* Sorts by counting: the words of each length, then where these begin, then what goes there. */
static void
fill(struct outline_list *list, const struct word_list *words, uint64_t *outlines,
    uint32_t *numbers)
{
	uint32_t next[OUTLINE_MAX_LENGTH + 1] = { 0 }, begin = 0;
	uint64_t outline;

	for (uint32_t n = 0; n < words->count; n++)
		next[outlined_length(word_list_at(words, n), &outline)]++;
	for (uint32_t length = 0; length <= OUTLINE_MAX_LENGTH; length++) {
		uint32_t count = length > 0 ? next[length] : 0;

		list->of_length[length] = next[length] = begin;
		begin += count;
	}
	list->of_length[OUTLINE_MAX_LENGTH + 1] = begin;
	for (uint32_t n = 0; n < words->count; n++) {
		uint32_t length = outlined_length(word_list_at(words, n), &outline);

		if (length == 0)
			continue;
		outlines[next[length]] = outline;
		numbers[next[length]++] = n;
	}
	list->outlines = outlines;
	list->numbers = numbers;
}

/* In one piece of memory, the outlines behind the list, and the numbers behind them. */
static void *
make(const void *arg)
{
	const struct word_list *words = arg;
	struct outline_list *list;
	uint64_t *outlines;

	list = malloc(sizeof(*list) + words->count * (sizeof(uint64_t) + sizeof(uint32_t)));
	if (list == NULL)
		return NULL;
	outlines = (uint64_t *)(void *)(list + 1);
	fill(list, words, outlines, (uint32_t *)(void *)(outlines + words->count));
	return list;
}

const struct outline_list *
outlines_of_names(const struct charindex *ci)
{
	struct word_list words = word_list_of_names(ci);

	return word_list_table(&words, LAZY_OUTLINES, 0, make);
}

const struct outline_list *
outlines_of_dictionary(const struct dictionary *dictionary)
{
	struct word_list words = word_list_of_dictionary(dictionary);

	return word_list_table(&words, LAZY_OUTLINES, 0, make);
}
