/* frequent.c - hides how the most frequent words are picked out. */
#include <string.h>

#include "index.h"
#include "lower_bound.h"

static uint32_t
frequency(const struct charindex *ci, uint32_t term)
{
	return le32toh(ci->terms[term].row_count);
}

/* The place of a term among `count` more or equally frequent ones before, less frequent ones
 * after it. */
static uint32_t
place_of(const struct charindex *ci, const uint32_t *numbers, uint32_t count, uint32_t term)
{
	uint32_t low = 0;

	LOWER_BOUND(low, count, i, frequency(ci, numbers[i]) >= frequency(ci, term));
	return low;
}

uint32_t
charindex_frequent_words(const struct charindex *ci, uint32_t *numbers, uint32_t most)
{
	uint32_t count = 0;

	for (uint32_t term = 0; term < ci->term_count; term++) {
		uint32_t place = place_of(ci, numbers, count, term);

		if (place == most)
			continue;
		if (count < most)
			count++;
		memmove(&numbers[place + 1], &numbers[place], (count - 1 - place) * sizeof(*numbers));
		numbers[place] = term;
	}
	return count;
}
