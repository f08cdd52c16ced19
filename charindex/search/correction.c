/* correction.c - of the choices that there are, one for each word, the one whose best row, with what its
 * edits cost, costs least: of what may have been meant, people most often mean what comes first
 * when it is asked for. */
#include "correction.h"

#include <string.h>

#include "noise.h"
#include "typo.h"

/* Choices that are tried; what all that is tried may count as work, the less the more words there are
 * that cost something each; and what it counts to look for a word in the languages of the client, and
 * in any. */
#define MAX_TRIES 24
#define MOST_WORK 600000
#define WORK_OF_WORD 1000
#define WORK_OF_FOREIGN_WORD 8000

/* The words with their corrections, and which one of each is tried. */
struct correcting {
	const struct correcting_place *place;
	const struct folded_words *words;
	struct typo typos[CORRECTION_MAX_WORDS];
	uint32_t chosen[CORRECTION_MAX_WORDS];
	uint32_t order[CORRECTION_MAX_WORDS]; /* of the words' bytes, so that theirs does not matter */
	struct correction *best;
};

static uint64_t
work_of(const struct prepared *prepared, const struct evaluator *evaluator)
{
	return prepared->hits->work + evaluator_work(evaluator);
}

uint64_t
correction_deadline(const struct prepared *prepared, const struct evaluator *evaluator)
{
	return work_of(prepared, evaluator) + MOST_WORK / (prepared->words.count + 1);
}

static bool
is_over(const struct correcting_place *place)
{
	return work_of(place->prepared, place->evaluator) >= place->until;
}

static void
set_order(struct correcting *correcting)
{
	for (uint32_t i = 0; i < correcting->words->count; i++) {
		uint32_t at = i;

		for (; at > 0 && folded_is_before(correcting->words, i, correcting->order[at - 1]); at--)
			correcting->order[at] = correcting->order[at - 1];
		correcting->order[at] = i;
	}
}

/* The next choice of corrections, likelier words going first: false after the last. */
static bool
next_choice(struct correcting *correcting)
{
	for (uint32_t n = correcting->words->count; n-- > 0;) {
		uint32_t i = correcting->order[n];

		if (++correcting->chosen[i] < correcting->typos[i].count)
			return true;
		correcting->chosen[i] = 0;
	}
	return false;
}

/* Adds a word: false if there is no room. */
static bool
add_word(struct correction *correction, const char *word, size_t length)
{
	size_t used = correction->length;

	if (length + 1 > sizeof(correction->text) - used)
		return false;
	if (used > 0)
		correction->text[used++] = ' ';
	memcpy(correction->text + used, word, length);
	correction->length = used + length;
	return true;
}

/* The query with the chosen words, and what their edits cost: false if it is too long. */
static bool
write_choice(const struct correcting *correcting, struct correction *correction)
{
	correction->length = correction->cost = 0;
	for (uint32_t i = 0; i < correcting->words->count; i++) {
		const struct typo *typo = &correcting->typos[i];
		uint32_t chosen = correcting->chosen[i];

		if (!add_word(correction, typo->word[chosen].text, typo->word[chosen].length))
			return false;
		correction->cost += typo->word[chosen].cost;
	}
	return true;
}

/* Leaves out words that join others, of which a name need not have any, unless they are all. */
static struct folded_words
without_joining(const struct folded_words *words, struct folded_word left[FOLD_MAX_WORDS])
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < words->count; i++)
		if (!noise_joins(words->bytes + words->word[i].offset, words->word[i].length))
			left[count++] = words->word[i];
	return count > 0 ? (struct folded_words){ words->bytes, left, count } : *words;
}

bool
correction_words(const struct correction *correction, struct folded *folded)
{
	return fold_text(folded, correction->text, correction->length, FOLD_SEGMENTS);
}

/* Takes the choice if it is better than those before it. */
static void
try_choice(struct correcting *correcting)
{
	struct evaluator *evaluator = correcting->place->evaluator;
	struct correction correction;
	struct folded folded;
	struct folded_word left[FOLD_MAX_WORDS];
	struct folded_words words;
	uint32_t rows;

	if (!write_choice(correcting, &correction) || correction.cost >= correcting->best->cost ||
	    !correction_words(&correction, &folded))
		return;
	words = folded_all(&folded);
	words = without_joining(&words, left);
	evaluator->work += words.count *
	    (correcting->place->scope->any_language ? WORK_OF_FOREIGN_WORD : WORK_OF_WORD);
	rows = evaluate_words(evaluator, &words, correcting->place->scope);
	if (rows == 0)
		return;
	evaluator->work += 3 * (uint64_t)rows;
	correction.cost += hits_least_cost(evaluator->ci, &evaluator->result, 0);
	if (correction.cost < correcting->best->cost)
		*correcting->best = correction;
}

static void
try_choices(struct correcting *correcting)
{
	memset(correcting->chosen, 0, sizeof(correcting->chosen));
	for (int tries = 0; tries < MAX_TRIES && !is_over(correcting->place); tries++) {
		try_choice(correcting);
		if (!next_choice(correcting))
			break;
	}
}

/* What the word may be; words that only say that a character is looked for are what they are. */
static const struct typo *
look_up(struct correcting *correcting, uint32_t i, bool known_too)
{
	const struct folded_words *words = correcting->words;
	const char *word = words->bytes + words->word[i].offset;
	size_t length = words->word[i].length;
	struct typo *typo = &correcting->typos[i];

	if (noise_is(word, length))
		typo_leave(word, length, typo);
	else
		typo_correct(correcting->place->prepared->ci, word, length, correcting->place->scope,
		    known_too, typo);
	correcting->place->prepared->hits->work += typo->work;
	return typo;
}

static void
init(struct correcting *correcting, const struct correcting_place *place, unsigned below,
    struct correction *correction)
{
	correcting->place = place;
	correcting->words = &place->prepared->words;
	correcting->best = correction;
	correction->length = 0;
	correction->cost = below;
	set_order(correcting);
}

bool
correction_of_unknown(const struct correcting_place *place, unsigned below,
    struct correction *correction)
{
	struct correcting correcting;
	bool all_known = true, all_near = true;

	correction->length = 0;
	if (place->prepared->words.count >
	    (place->scope->any_language ? CORRECTION_MAX_FOREIGN_WORDS : CORRECTION_MAX_WORDS))
		return true;
	init(&correcting, place, below, correction);
	for (uint32_t i = 0; i < correcting.words->count && all_near; i++) {
		const struct typo *typo;

		if (is_over(place))
			return true;
		typo = look_up(&correcting, i, false);
		all_near = typo->count > 0;
		all_known &= typo->known;
	}
	if (all_near && !all_known)
		try_choices(&correcting);
	return !all_known;
}

void
correction_of_known(const struct correcting_place *place, unsigned below,
    struct correction *correction)
{
	struct correcting correcting;

	init(&correcting, place, below, correction);
	if (correcting.words->count > CORRECTION_MAX_KNOWN_WORDS)
		return;
	for (uint32_t i = 0; i < correcting.words->count; i++)
		look_up(&correcting, i, false);
	for (uint32_t i = 0; i < correcting.words->count && !is_over(place); i++) {
		struct typo own = correcting.typos[i];

		if (correcting.words->word[i].length < CORRECTION_LEAST_LENGTH)
			continue;
		if (look_up(&correcting, i, true)->count > 0)
			try_choices(&correcting);
		correcting.typos[i] = own;
	}
}

void
correction_of_each(const struct correcting_place *place, const struct scope *known, unsigned below,
    struct correction *correction)
{
	const struct folded_words *words = &place->prepared->words;
	struct prepared one = *place->prepared;
	struct correcting_place at = { &one, place->evaluator, place->scope, place->until };
	bool any = false;

	correction->length = correction->cost = 0;
	if (words->count > CORRECTION_MAX_WORDS)
		return;
	for (uint32_t i = 0; i < words->count; i++) {
		struct correction own = { .length = 0 };
		bool added;

		one.words = (struct folded_words){ words->bytes, words->word + i, 1 };
		if (evaluate_words(at.evaluator, &one.words, known) == 0)
			correction_of_unknown(&at, below, &own);
		added = own.length > 0
		    ? add_word(correction, own.text, own.length)
		    : add_word(correction, words->bytes + words->word[i].offset, words->word[i].length);
		any |= own.length > 0;
		if (!added)
			break;
	}
	if (!any)
		correction->length = 0;
}
