/* outlines.c - the outlines of words, by their length, or in their order. */
#include "outlines.h"

#include <stdlib.h>
#include <unicode/utf8.h>

#include "ascii.h"
#include "fold.h"
#include "word_list.h"

uint64_t
outline_letter(uint32_t code_point)
{
	uint32_t c = code_point < 0x80 ? (unsigned char)ascii_lower((char)code_point) : code_point;

	return (uint64_t)1 << (c & 63);
}

uint32_t
outline_of_letters(uint64_t letters)
{
	return (uint32_t)(letters | letters >> 32);
}

static uint32_t
outline_of(struct charindex_text word, uint32_t *length)
{
	const uint8_t *s = (const uint8_t *)word.bytes;
	uint64_t letters = 0;
	size_t at = 0;

	for (*length = 0; at < word.length; ++*length) {
		UChar32 c;

		U8_NEXT_OR_FFFD(s, at, word.length, c);
		letters |= outline_letter((uint32_t)c);
	}
	return outline_of_letters(letters);
}

/* The length of the word, if it has an outline, else 0. */
static uint32_t
outlined_length(struct charindex_text word, uint32_t *outline)
{
	uint32_t length;

	*outline = outline_of(word, &length);
	return length > OUTLINE_MAX_LENGTH || (length > 0 && word.bytes[0] == FOLD_PLAIN) ? 0 : length;
}

/* Sorts by counting: the words of each length, then where these begin, then what goes there. */
static void
fill(struct outline_list *list, const struct word_list *words, uint32_t *outlines,
    uint32_t *numbers)
{
	uint32_t next[OUTLINE_MAX_LENGTH + 1] = { 0 }, begin = 0;
	uint32_t outline;

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
	uint32_t *outlines;

	list = malloc(sizeof(*list) + words->count * 2 * sizeof(uint32_t));
	if (list == NULL)
		return NULL;
	outlines = (uint32_t *)(void *)(list + 1);
	fill(list, words, outlines, outlines + words->count);
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

static struct charindex_text
without_mark(struct charindex_text word)
{
	size_t mark = word.length > 0 && word.bytes[0] == FOLD_PLAIN;

	return (struct charindex_text){ word.bytes + mark, word.length - mark };
}

static void *
make_in_order(const void *arg)
{
	const struct word_list *words = arg;
	uint32_t *outlines = malloc((words->count + (size_t)1) * sizeof(*outlines)), length;

	for (uint32_t n = 0; outlines != NULL && n < words->count; n++)
		outlines[n] = outline_of(without_mark(word_list_at(words, n)), &length);
	return outlines;
}

const uint32_t *
outlines_in_order(const struct dictionary *dictionary)
{
	struct word_list words = word_list_of_dictionary(dictionary);

	return word_list_table(&words, LAZY_OUTLINES_IN_ORDER, dictionary->number, make_in_order);
}
