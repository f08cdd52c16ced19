/* reference.c - hides how names are taken apart without the code under test. */
#include "reference.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define MAX_WORDS 16 /* of a row */

/* The number of a word, by halving; words are in byte order. */
static uint16_t
find_word(const struct charindex *ci, const char *text, size_t length)
{
	uint32_t low = 0, high = charindex_info(ci).term_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		struct charindex_word word = charindex_word(ci, middle);
		int order = memcmp(word.text, text, word.length < length ? word.length : length);

		if (order == 0 && word.length == length)
			return (uint16_t)middle;
		if (order < 0 || (order == 0 && word.length < length))
			low = middle + 1;
		else
			high = middle;
	}
	ck_abort_msg("the index has no word %.*s", (int)length, text);
}

static void
add_word(uint16_t *words, uint32_t *count, uint16_t word)
{
	for (uint32_t i = 0; i < *count; i++)
		if (words[i] == word)
			return;
	UNIT_HOLDS(*count < MAX_WORDS);
	words[(*count)++] = word;
}

static bool
has_prefix(const char *name, size_t length, const char *prefix)
{
	return length > strlen(prefix) && memcmp(name, prefix, strlen(prefix)) == 0;
}

/* Sets the words of a name and returns how many there are. */
static uint32_t
split_name(const struct charindex *ci, const char *name, size_t length, uint16_t *words)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	const char *end = name + length;
	uint32_t limit = UINT32_MAX, count = 0;

	if (has_prefix(name, length, "CJK UNIFIED IDEOGRAPH-") ||
	    has_prefix(name, length, "CJK COMPATIBILITY IDEOGRAPH-"))
		limit = 3;
	while (name < end && count < limit) {
		const char *begin = name;

		while (name < end && strchr(letters, *name) != NULL)
			name++;
		if (name > begin)
			add_word(words, &count, find_word(ci, begin, (size_t)(name - begin)));
		else
			name++;
	}
	return count;
}

static const char *
row_text(const struct charindex *ci, uint32_t row, size_t *length)
{
	uint32_t offset = index_row_offset(ci, row);

	*length = index_row_offset(ci, row + 1) - offset;
	return ci->text + offset;
}

void
reference_init(struct reference *reference, const struct charindex *ci)
{
	uint32_t row_count = charindex_info(ci).row_count, word_count = 0;

	UNIT_HOLDS(charindex_info(ci).term_count <= UINT16_MAX);
	reference->ci = ci;
	reference->row_count = row_count;
	reference->first_word = calloc(row_count + 1, sizeof(reference->first_word[0]));
	reference->words = calloc(row_count, MAX_WORDS * sizeof(reference->words[0]));
	UNIT_HOLDS(reference->first_word != NULL && reference->words != NULL);
	for (uint32_t row = 0; row < row_count; row++) {
		size_t length;
		const char *text = row_text(ci, row, &length), *tab = memrchr(text, '\t', length);
		uint32_t count;

		UNIT_HOLDS(tab != NULL);
		count = split_name(ci, tab + 1, (size_t)(text + length - 2 - (tab + 1)),
		    reference->words + word_count);
		UNIT_HOLDS(count > 0);
		word_count += count;
		reference->first_word[row + 1] = word_count;
	}
}

void
reference_release(struct reference *reference)
{
	free(reference->first_word);
	free(reference->words);
}

const uint16_t *
reference_words(const struct reference *reference, uint32_t row, uint32_t *count)
{
	*count = reference->first_word[row + 1] - reference->first_word[row];
	return reference->words + reference->first_word[row];
}

static bool
has_all(const uint16_t *words, uint32_t count, const uint16_t *wanted, uint32_t wanted_count)
{
	for (uint32_t i = 0; i < wanted_count; i++) {
		uint32_t n = 0;

		while (n < count && words[n] != wanted[i])
			n++;
		if (n == count)
			return false;
	}
	return true;
}

void
reference_answer(const struct reference *reference, const uint16_t *words, uint32_t word_count,
    struct bytes *rows)
{
	for (uint32_t row = 0; row < reference->row_count; row++) {
		uint32_t count;
		const uint16_t *row_words = reference_words(reference, row, &count);

		if (has_all(row_words, count, words, word_count)) {
			size_t length;
			const char *text = row_text(reference->ci, row, &length);

			bytes_add(rows, text, length);
		}
	}
}
