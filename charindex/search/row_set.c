/* row_set.c - sets of rows combined, block by block of those that are touched. */
#include "row_set.h"

_Static_assert(SCORE_BLOCK == 64, "a bit for each row");

size_t
row_set_size(uint32_t rows)
{
	uint32_t words = score_map_words(rows);

	/* of `touched`, and of all that these can say to be touched */
	return (words + (size_t)words * 64) * sizeof(uint64_t);
}

void
row_set_init(struct row_set *set, uint32_t rows, void *memory)
{
	set->words = score_map_words(rows);
	set->touched = memory;
	set->rows = set->touched + set->words;
	memset(set->touched, 0, set->words * sizeof(*set->touched));
}

void
row_set_take(struct row_set *set, const struct score_map *map)
{
	memcpy(set->touched, map->touched, set->words * sizeof(*set->touched));
	for (uint32_t block = 0; row_set_next(set, block, &block); block++)
		set->rows[block] = score_map_rows_of(map, block);
}

void
row_set_and(struct row_set *into, const struct row_set *a, const struct row_set *b)
{
	for (uint32_t n = 0; n < into->words; n++) {
		uint64_t bits = a->touched[n] & b->touched[n];

		into->touched[n] = 0;
		for (; bits != 0; bits &= bits - 1) {
			uint32_t block = n * 64 + (uint32_t)__builtin_ctzll(bits);
			uint64_t rows = a->rows[block] & b->rows[block];

			into->rows[block] = rows;
			into->touched[n] |= rows != 0 ? bits & -bits : 0;
		}
	}
}

bool
row_set_next(const struct row_set *set, uint32_t from, uint32_t *block)
{
	return score_map_next_bit(set->touched, set->words, from, block);
}
