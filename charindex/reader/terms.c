/* terms.c - the words of all terms are one text, in which a term is where it begins. */
#include "index.h"
#include "lower_bound.h"

uint32_t
index_term_at(const struct charindex *ci, uint32_t low, uint32_t offset)
{
	uint32_t after = low + 1;

	LOWER_BOUND_NEAR(after, ci->term_count, i, le32toh(ci->terms[i].word_offset) <= offset);
	return after - 1;
}
