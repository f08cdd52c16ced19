/* trigrams.c - for each value that three bytes are hashed to, a bit for each block of words:
 *
 *     block        0 1 2 3 4 ...
 *     "ANC"        0 1 0 0 1
 *     "NCE"        1 1 0 0 0
 *     "DANCE" may be in 1 only
 *
 * It spares the reading of all words, which was a third of what a wide answer costs. */
#include "trigrams.h"

#include <stdlib.h>

#include "word_list.h"

/* Values of the hash: in a block stand some 300 of all runs of three bytes. */
#define HASH_BITS 12

/* Words of a block; the last one may have fewer. */
#define BLOCK 64

/* What so many ask for without them costs as much as making them. */
#define PATIENCE 16

struct trigrams {
	uint32_t numbers; /* of 64 blocks, for each value */
	uint64_t bits[];
};

static uint32_t
hash_of(const char *three)
{
	const unsigned char *c = (const unsigned char *)three;
	uint32_t bytes = c[0] | (uint32_t)c[1] << 8 | (uint32_t)c[2] << 16;

	return bytes * 2654435761u >> (32 - HASH_BITS);
}

static void
add_word(struct trigrams *trigrams, uint32_t n, struct charindex_text word)
{
	uint32_t block = n / BLOCK;

	for (size_t i = 0; i + 3 <= word.length; i++)
		trigrams->bits[(size_t)hash_of(word.bytes + i) * trigrams->numbers + block / 64] |=
		    (uint64_t)1 << block % 64;
}

static void *
make(const void *arg)
{
	const struct word_list *words = arg;
	uint32_t numbers = words->count / BLOCK / 64 + 1;
	struct trigrams *made =
	    calloc(1, sizeof(*made) + ((size_t)numbers << HASH_BITS) * sizeof(made->bits[0]));

	if (made == NULL)
		return NULL;
	made->numbers = numbers;
	for (uint32_t n = 0; n < words->count; n++)
		add_word(made, n, word_list_at(words, n));
	return made;
}

const struct trigrams *
trigrams_of_names(const struct charindex *ci)
{
	struct word_list words = word_list_of_names(ci);

	return word_list_table(&words, LAZY_TRIGRAMS, PATIENCE, make);
}

const struct trigrams *
trigrams_of_dictionary(const struct dictionary *dictionary)
{
	struct word_list words = word_list_of_dictionary(dictionary);

	return word_list_table(&words, LAZY_TRIGRAMS, PATIENCE, make);
}

/* Which of the 64 blocks from number 64 * `n` on have all the runs of three. */
static uint64_t
have_all(const struct trigrams *trigrams, uint32_t n, const char *word, size_t length)
{
	uint64_t bits = UINT64_MAX;

	for (size_t i = 0; i + 3 <= length && bits != 0; i++)
		bits &= trigrams->bits[(size_t)hash_of(word + i) * trigrams->numbers + n];
	return bits;
}

/* The first block from number `block` on that has them all; UINT32_MAX if there is none. */
static uint32_t
next_block(const struct trigrams *trigrams, uint32_t block, const char *word, size_t length)
{
	uint64_t wanted = UINT64_MAX << block % 64;

	for (uint32_t n = block / 64; n < trigrams->numbers; n++) {
		uint64_t bits = have_all(trigrams, n, word, length) & wanted;

		if (bits != 0)
			return n * 64 + (uint32_t)__builtin_ctzll(bits);
		wanted = UINT64_MAX;
	}
	return UINT32_MAX;
}

bool
trigrams_next(const struct trigrams *trigrams, const char *word, size_t length, uint32_t count,
    struct trigrams_range *range)
{
	uint32_t block;

	if (range->end >= count)
		return false;
	if (trigrams == NULL || length < 3) {
		*range = (struct trigrams_range){ range->end, count };
		return true;
	}
	block = next_block(trigrams, range->end / BLOCK, word, length);
	if (block == UINT32_MAX)
		return false;
	range->first = block * BLOCK;
	range->end = count - range->first < BLOCK ? count : range->first + BLOCK;
	return true;
}
