/* stage_partial.c - where no row has all the words: those that some row has together and that say
 * most, which the rarest do. */
#include "noise.h"
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
	uint32_t apart[MAX_STARTS * MAX_PARTIAL_WORDS]; /* sets of words that no row has together */
	uint32_t apart_count;
};

static struct scope
scope_of(const struct prepared *prepared)
{
	struct scope scope = step_scope(prepared, STEP_KEYWORDS);

	scope.sources |= QUERY_CROWD;
	scope.any_language = prepared->words.count <= STAGE_MAX_LOOSE_WORDS;
	return scope;
}

/* In how many rows words with these numbers stand together. */
static uint32_t
count_rows(struct partial *partial, const uint32_t *numbers, uint32_t count)
{
	const struct folded_words *all = &partial->prepared->words;
	struct folded_word some[MAX_PARTIAL_WORDS];
	struct folded_words words = { all->bytes, some, count };

	for (uint32_t i = 0; i < count; i++)
		some[i] = all->word[numbers[i]];
	return evaluate_words(&partial->evaluator, &words, &partial->scope);
}

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
		uint32_t rows = says_something(words, i) ? count_rows(partial, &i, 1) : 0;
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

/* Is it known that no row has all words of the set? One with more words may have some, for with `skin`
 * among them sequences with tones count. */
static bool
are_apart(const struct partial *partial, uint32_t set)
{
	uint32_t n = 0;

	while (n < partial->apart_count && partial->apart[n] != set)
		n++;
	return n < partial->apart_count;
}

/* Has any row all the words, which are those of the set? The same ones come again from another start,
 * and are not looked for twice, which was 4 % of a query without an answer. */
static bool
stand_together(struct partial *partial, const uint32_t *numbers, uint32_t count, uint32_t set)
{
	if (are_apart(partial, set))
		return false;
	if (count_rows(partial, numbers, count) > 0)
		return true;
	partial->apart[partial->apart_count++] = set;
	return false;
}

/* Words that some row has together, number `first` of the order among them, a rarer word going before
 * those that do not stand beside it: a bit for each, and what they say together. */
static uint32_t
choose_with(struct partial *partial, uint32_t first, unsigned *weight)
{
	uint32_t kept[MAX_PARTIAL_WORDS] = { partial->order[first] }, count = 1;
	uint32_t set = 1u << kept[0];

	*weight = partial->weight[kept[0]];
	for (uint32_t n = 0; n < partial->count; n++) {
		if (n == first)
			continue;
		kept[count] = partial->order[n];
		if (!stand_together(partial, kept, count + 1, set | 1u << kept[count]))
			continue;
		*weight += partial->weight[kept[count]];
		set |= 1u << kept[count++];
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

bool
stage_partial(const struct prepared *prepared)
{
	struct partial partial = { .prepared = prepared, .scope = scope_of(prepared) };
	uint32_t set;

	if (prepared->words.count < 2 || prepared->words.count > MAX_PARTIAL_WORDS)
		return true;
	if (!evaluator_init(&partial.evaluator, prepared->ci))
		return false;
	set_order(&partial);
	set = choose(&partial);
	prepared->hits->work += evaluator_work(&partial.evaluator);
	evaluator_release(&partial.evaluator);
	return set == 0 || answer(prepared, set);
}
