/* stage_partial.c - where no row has all the words: those that some row has together and that say
 * most, which the rarest do. */
#include <stdlib.h>

#include "extra.h"
#include "noise.h"
#include "row_set.h"
#include "stage.h"

/* Words of a query of which some are left out; and how many, the rarest first, are tried as the one
 * that is kept. */
enum { MAX_PARTIAL_WORDS = 12, MAX_STARTS = 4 };

struct partial {
	const struct prepared *prepared;
	struct evaluator evaluator;
	struct scope scope;
	unsigned weight[MAX_PARTIAL_WORDS];
	uint32_t order[MAX_PARTIAL_WORDS]; /* of the words that any row has, the rarest first */
	uint32_t count;                    /* of those */
	/* The rows of each word, so that it is looked for once, and those of the words that have been chosen:
	 * looking for it with each set that is tried would cost such a query a fifth more. */
	struct row_set rows[MAX_PARTIAL_WORDS], together, tried;
	uint8_t *memory; /* owned, of all of these */
};

static struct scope
scope_of(const struct prepared *prepared)
{
	struct scope scope = step_scope(prepared, STEP_KEYWORDS);

	scope.sources |= QUERY_CROWD;
	scope.any_language = prepared->words.count <= STAGE_MAX_LOOSE_WORDS;
	return scope;
}

/* ---- rows --------------------------------------------------------------------------------------- */

/* False if there is no memory. */
static bool
init_rows(struct partial *partial)
{
	uint32_t rows = partial->evaluator.rows, words = partial->prepared->words.count;
	size_t size = row_set_size(rows);

	partial->memory = malloc((words + 2) * size);
	if (partial->memory == NULL)
		return false;
	for (uint32_t i = 0; i < words; i++)
		row_set_init(&partial->rows[i], rows, partial->memory + i * size);
	row_set_init(&partial->together, rows, partial->memory + words * size);
	row_set_init(&partial->tried, rows, partial->memory + (words + 1) * size);
	return true;
}

/* Those rows of a block that are no sequences with skin tones. */
static uint64_t
without_tones(const struct charindex *ci, uint32_t block, uint64_t rows)
{
	for (uint64_t bits = rows; bits != 0; bits &= bits - 1) {
		uint32_t row = block * SCORE_BLOCK + (uint32_t)__builtin_ctzll(bits);

		if (row >= ci->row_count && (extra_rank(ci, row).flags & CHARINDEX_IS_TONED) != 0)
			rows &= ~(bits & -bits);
	}
	return rows;
}

/* How many rows there are, until there are `enough`: those with skin tones count only if a word asks for
 * them. */
static uint32_t
count_rows(struct partial *partial, const struct row_set *set, bool tones, uint32_t enough)
{
	const struct charindex *ci = partial->evaluator.ci;
	uint32_t count = 0;

	for (uint32_t block = 0; count < enough && row_set_next(set, block, &block); block++) {
		uint64_t rows = set->rows[block];

		if (!tones && block >= ci->row_count / SCORE_BLOCK)
			rows = without_tones(ci, block, rows);
		count += (uint32_t)__builtin_popcountll(rows);
		partial->evaluator.work++;
	}
	return count;
}

static bool
wants_tones(const struct partial *partial, uint32_t i)
{
	const struct folded_words *words = &partial->prepared->words;

	return evaluate_wants_tones(words->bytes + words->word[i].offset, words->word[i].length);
}

/* In how many rows the word stands. */
static uint32_t
find_rows(struct partial *partial, uint32_t i)
{
	const struct folded_words *words = &partial->prepared->words;
	struct row_set *rows = &partial->rows[i];

	if (!evaluate_word(&partial->evaluator, words->bytes + words->word[i].offset,
	        words->word[i].length, &partial->scope))
		return 0;
	row_set_take(rows, &partial->evaluator.word);
	return count_rows(partial, rows, wants_tones(partial, i), UINT32_MAX);
}

/* ---- words -------------------------------------------------------------------------------------- */

/* What all characters are is not what is looked for, however rare the word; nor what has been said. */
static bool
says_something(const struct folded_words *words, uint32_t i)
{
	const char *word = words->bytes + words->word[i].offset;
	size_t length = words->word[i].length;

	return !noise_is(word, length) && !folded_among(words, i, word, length);
}

/* What a word that so many rows have says of a row, in bits. */
static unsigned
weight_of(const struct partial *partial, uint32_t rows)
{
	unsigned bits = 0;

	for (uint32_t all = partial->evaluator.rows; all / 2 >= rows; all /= 2)
		bits++;
	return bits;
}

/* Of those that say as much, the one that is first by its bytes, so that the order of the query's
 * words does not matter. */
static bool
goes_before(const struct partial *partial, uint32_t a, uint32_t b)
{
	unsigned x = partial->weight[a], y = partial->weight[b];

	return x > y || (x == y && folded_is_before(&partial->prepared->words, a, b));
}

static void
set_order(struct partial *partial)
{
	const struct folded_words *words = &partial->prepared->words;

	for (uint32_t i = 0; i < words->count; i++) {
		uint32_t rows = says_something(words, i) ? find_rows(partial, i) : 0;
		uint32_t at = partial->count;

		if (rows == 0)
			continue;
		partial->weight[i] = weight_of(partial, rows);
		for (; at > 0 && goes_before(partial, i, partial->order[at - 1]); at--)
			partial->order[at] = partial->order[at - 1];
		partial->order[at] = i;
		partial->count++;
	}
}

/* Does any row have the word, and those that have been chosen? Then it is chosen too. */
static bool
choose_word(struct partial *partial, uint32_t i, bool *tones)
{
	bool wanted = *tones || wants_tones(partial, i);
	struct row_set others;

	row_set_and(&partial->tried, &partial->together, &partial->rows[i]);
	if (count_rows(partial, &partial->tried, wanted, 1) == 0)
		return false;
	others = partial->together;
	partial->together = partial->tried;
	partial->tried = others;
	*tones = wanted;
	return true;
}

/* Words that some row has together, number `first` of the order among them, a rarer word going before
 * those that do not stand beside it: a bit for each, and what they say together. */
static uint32_t
choose_with(struct partial *partial, uint32_t first, unsigned *weight)
{
	uint32_t word = partial->order[first], set = 1u << word;
	bool tones = wants_tones(partial, word);

	row_set_and(&partial->together, &partial->rows[word], &partial->rows[word]);
	*weight = partial->weight[word];
	for (uint32_t n = 0; n < partial->count; n++) {
		word = partial->order[n];
		if (n == first || !choose_word(partial, word, &tones))
			continue;
		*weight += partial->weight[word];
		set |= 1u << word;
	}
	return set;
}

/* Those that say most, or of two that say as much, those with the rarest word. */
static uint32_t
choose(struct partial *partial)
{
	uint32_t best = 0;
	unsigned most = 0;

	for (uint32_t first = 0; first < partial->count && first < MAX_STARTS; first++) {
		unsigned weight;
		uint32_t set = choose_with(partial, first, &weight);

		if (weight > most) {
			most = weight;
			best = set;
		}
	}
	return best;
}

/* Answers with the words of the set, in the order in which they were given. */
static bool
answer(const struct prepared *prepared, uint32_t set)
{
	const struct folded_words *all = &prepared->words;
	struct folded_word left[MAX_PARTIAL_WORDS];
	struct folded_words words = { all->bytes, left, 0 };
	bool done;

	for (uint32_t i = 0; i < all->count; i++) {
		if ((set >> i & 1) == 0)
			continue;
		if (!result_correct(prepared->result, all->bytes + all->word[i].offset,
		        all->word[i].length))
			break;
		left[words.count++] = all->word[i];
	}
	done = stage_other_words(prepared, &words);
	if (prepared->hits->count == 0)
		prepared->result->corrected.length = 0;
	return done;
}

/* The words that are kept. False if there is no memory. */
static bool
find_words(const struct prepared *prepared, uint32_t *set)
{
	struct partial partial = { .prepared = prepared, .scope = scope_of(prepared) };
	bool room;

	if (!evaluator_init(&partial.evaluator, prepared->ci))
		return false;
	room = init_rows(&partial);
	if (room) {
		set_order(&partial);
		*set = choose(&partial);
	}
	free(partial.memory);
	prepared->hits->work += evaluator_work(&partial.evaluator);
	evaluator_release(&partial.evaluator);
	return room;
}

bool
stage_partial(const struct prepared *prepared)
{
	uint32_t set = 0;

	if (prepared->words.count < 2 || prepared->words.count > MAX_PARTIAL_WORDS)
		return true;
	return find_words(prepared, &set) && (set == 0 || answer(prepared, set));
}
