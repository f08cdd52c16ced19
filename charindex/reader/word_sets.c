/* word_sets.c - for each value that words are hashed to, a bit for each dictionary that has such a one.
 *
 * A binary search in each dictionary was a quarter of what a wide answer costs, and half of the cost of
 * finding that no language has a word. To make the table takes as long as some hundred words that are
 * looked for without it, so that a program that asks once does not, and others add one dictionary to it
 * with each word: nobody waits for all. */
#include "word_sets.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "hash.h"
#include "lazy.h"

/* Words that are looked for before it is begun; and words for each value of the hash. */
#define PATIENCE 64
#define WORDS_OF_VALUE 16

struct word_sets {
	atomic_bool complete;
	atomic_flag busy; /* a thread adds the dictionary with number `next` */
	uint32_t next;
	uint32_t mask;    /* values - 1 */
	uint32_t numbers; /* of 64 bits, for each value */
	uint64_t bits[];
};

static uint32_t
lesser_power(uint32_t n)
{
	uint32_t power = 1;

	while (power <= n / 2)
		power *= 2;
	return power;
}

static void *
make(const void *arg)
{
	const struct charindex *ci = arg;
	uint32_t values = 2 * lesser_power(extra_entries(ci, SECTION_LEXEMES) / WORDS_OF_VALUE);
	uint32_t numbers = extra_entries(ci, SECTION_DICTIONARIES) / 64 + 1;
	struct word_sets *made =
	    calloc(1, sizeof(*made) + (size_t)values * numbers * sizeof(made->bits[0]));

	if (made == NULL)
		return NULL;
	atomic_flag_clear(&made->busy);
	made->mask = values - 1;
	made->numbers = numbers;
	return made;
}

static uint64_t *
set_at(struct word_sets *sets, const char *word, size_t length)
{
	uint64_t hash = hash_bytes(HASH_BEGIN, word, length);

	return sets->bits + (size_t)((hash ^ hash >> 32) & sets->mask) * sets->numbers;
}

static void
add_dictionary(struct word_sets *sets, const struct dictionary *dictionary)
{
	uint32_t n = dictionary->number;

	for (uint32_t i = 0; i < dictionary->term_count; i++) {
		struct charindex_text word = dictionary_word(dictionary, i);

		set_at(sets, word.bytes, word.length)[n / 64] |= (uint64_t)1 << n % 64;
	}
}

/* Adds one more dictionary, unless another thread is at it. */
static void
go_on(struct word_sets *sets, const struct charindex *ci)
{
	struct dictionary dictionary;

	if (atomic_flag_test_and_set(&sets->busy))
		return;
	if (dictionary_get(ci, sets->next, &dictionary)) {
		add_dictionary(sets, &dictionary);
		sets->next++;
	} else {
		atomic_store(&sets->complete, true);
	}
	atomic_flag_clear(&sets->busy);
}

const uint64_t *
word_set_of(const struct charindex *ci, const char *word, size_t length)
{
	struct word_sets *sets = lazy_get(ci->lazy, LAZY_WORD_SETS, LAZY_NAMES, PATIENCE, make, ci);

	if (sets == NULL)
		return NULL;
	if (atomic_load(&sets->complete))
		return set_at(sets, word, length);
	go_on(sets, ci);
	return NULL;
}

bool
word_set_next(const struct charindex *ci, const uint64_t *set, uint32_t *n, struct dictionary *out)
{
	uint32_t count = extra_entries(ci, SECTION_DICTIONARIES);

	while (set != NULL && *n < count && (set[*n / 64] >> *n % 64 & 1) == 0)
		++*n;
	return dictionary_get(ci, *n, out);
}
