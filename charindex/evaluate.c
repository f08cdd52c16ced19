/* evaluate.c - hides how words, phrases and filters become scores. */
#include "evaluate.h"

#include <stdlib.h>
#include <string.h>

#include "dictionary.h"
#include "mark.h"
#include "phrase.h"

/* ---- maps -------------------------------------------------------------------------------- */

/* So many bytes are worked on at a time that the compiler makes a few instructions of it. */
enum { BLOCK = 64 };

static void
map_and(uint8_t *into, const uint8_t *other, uint32_t size)
{
	for (uint32_t at = 0; at < size; at += BLOCK)
		for (int i = 0; i < BLOCK; i++)
			into[at + (uint32_t)i] = into[at + (uint32_t)i] > other[at + (uint32_t)i] ?
			    into[at + (uint32_t)i] : other[at + (uint32_t)i];
}

static void
map_or(uint8_t *into, const uint8_t *other, uint32_t size)
{
	for (uint32_t at = 0; at < size; at += BLOCK)
		for (int i = 0; i < BLOCK; i++)
			into[at + (uint32_t)i] = into[at + (uint32_t)i] < other[at + (uint32_t)i] ?
			    into[at + (uint32_t)i] : other[at + (uint32_t)i];
}

static void
map_not(uint8_t *map, uint32_t size)
{
	for (uint32_t at = 0; at < size; at += BLOCK)
		for (int i = 0; i < BLOCK; i++)
			map[at + (uint32_t)i] = map[at + (uint32_t)i] == NO_MATCH ? 0 : NO_MATCH;
}

bool
evaluator_init(struct evaluator *evaluator, const struct charindex *ci)
{
	uint32_t rows = extra_all_rows(ci), size = (rows + BLOCK - 1) / BLOCK * BLOCK;

	*evaluator = (struct evaluator){ .ci = ci, .rows = rows, .size = size };
	evaluator->result = malloc((size_t)4 * size + 1);
	if (evaluator->result == NULL)
		return false;
	evaluator->alternative = evaluator->result + size;
	evaluator->clause = evaluator->alternative + size;
	evaluator->word = evaluator->clause + size;
	return true;
}

void
evaluator_keep_result(struct evaluator *evaluator)
{
	uint8_t *result = realloc(evaluator->result, evaluator->size + 1);

	if (result != NULL) /* making it smaller need not succeed */
		evaluator->result = result;
}

void
evaluator_release(struct evaluator *evaluator)
{
	free(evaluator->result);
	evaluator->result = NULL;
}

/* ---- words ---------------------------------------------------------------------------------- */

/* Marks the rows that have the word, in evaluator->word. */
static void
evaluate_word(struct evaluator *evaluator, const char *word, size_t length,
    const struct evaluation *evaluation)
{
	struct marking marking = { .ci = evaluator->ci, .map = evaluator->word };
	char plain[FOLD_MAX_WORD + 1] = { FOLD_PLAIN };
	size_t plain_length;

	memset(evaluator->word, NO_MATCH, evaluator->size);
	mark_word(&marking, word, length, evaluation);
	if (marking.marked)
		return;
	/* accents do not matter where the exact form finds nothing */
	plain_length = fold_plain(word, length, plain + 1);
	if (plain_length > 0) {
		mark_word(&marking, plain + 1, plain_length, evaluation);
	} else {
		memcpy(plain + 1, word, length < FOLD_MAX_WORD ? length : FOLD_MAX_WORD);
		plain_length = length;
	}
	if (plain_length < FOLD_MAX_WORD)
		mark_word(&marking, plain, plain_length + 1, evaluation);
}

static bool
is_tone_word(const char *word, size_t length)
{
	static const char *const words[] = { "tone", "tones", "skin", "toned" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i]) == length && memcmp(words[i], word, length) == 0)
			return true;
	return false;
}

/* Narrows `into` to the rows that have all the words. */
static void
and_words(struct evaluator *evaluator, uint8_t *into, const struct folded *words,
    const struct evaluation *evaluation)
{
	for (uint32_t i = 0; i < words->count; i++) {
		const char *word = words->bytes + words->word[i].offset;
		size_t length = words->word[i].length;

		evaluator->tones_wanted |= is_tone_word(word, length);
		evaluate_word(evaluator, word, length, evaluation);
		map_and(into, evaluator->word, evaluator->size);
	}
}

/* Sequences with skin tones stand behind the one without, unless they are asked for; what is
 * behind the last row is no row. */
static uint32_t
finish(struct evaluator *evaluator)
{
	uint32_t count = 0;

	memset(evaluator->result + evaluator->rows, NO_MATCH, evaluator->size - evaluator->rows);
	if (!evaluator->tones_wanted)
		for (uint32_t row = evaluator->ci->row_count; row < evaluator->rows; row++)
			if ((extra_rank(evaluator->ci, row).flags & CHARINDEX_IS_TONED) != 0)
				evaluator->result[row] = NO_MATCH;
	for (uint32_t at = 0; at < evaluator->size; at += BLOCK) {
		uint32_t in_block = 0;

		for (int i = 0; i < BLOCK; i++)
			in_block += evaluator->result[at + (uint32_t)i] != NO_MATCH;
		count += in_block;
	}
	return count;
}

uint32_t
evaluate_words(struct evaluator *evaluator, const struct folded *words,
    const struct evaluation *evaluation)
{
	struct marking marking = { .ci = evaluator->ci, .map = evaluator->result };

	evaluator->tones_wanted = false;
	memset(evaluator->result, words->count > 0 ? 0 : NO_MATCH, evaluator->size);
	and_words(evaluator, evaluator->result, words, evaluation);
	mark_whole(&marking, words, evaluation);
	return finish(evaluator);
}

/* ---- queries --------------------------------------------------------------------------------- */

/* These mark rows in evaluator->clause. Those whose first code point is from `first` to `last`:
 * sequences have the properties of their first, but are not meant when it is named. */
static void
mark_codes(struct evaluator *evaluator, uint32_t first, uint32_t last, uint8_t score)
{
	const struct charindex *ci = evaluator->ci;

	/* both kinds of rows ascend by code point */
	for (uint32_t row = mark_first_row(ci, 0, ci->row_count, first);
	     row < ci->row_count && extra_row_code(ci, row) <= last; row++)
		evaluator->clause[row] = score;
	for (uint32_t row = mark_first_row(ci, ci->row_count, evaluator->rows, first);
	     row < evaluator->rows && extra_row_code(ci, row) <= last; row++)
		if ((extra_rank(ci, row).flags & CHARINDEX_IS_SEQUENCE) == 0 || score == 0)
			evaluator->clause[row] = score;
}

static void
mark_filter(struct evaluator *evaluator, const struct property_filter *filter)
{
	uint32_t entries = extra_entries(evaluator->ci, SECTION_PROPERTIES);

	for (uint32_t n = 0; n < entries; n++)
		if (property_filter_holds(evaluator->ci, filter, n))
			mark_codes(evaluator, property_begin(evaluator->ci, n),
			    property_begin(evaluator->ci, n + 1) - 1, 0);
}

static void
mark_flag(struct evaluator *evaluator, uint8_t flag)
{
	evaluator->tones_wanted |= (flag & CHARINDEX_IS_TONED) != 0;
	for (uint32_t row = 0; row < evaluator->rows; row++)
		if ((extra_rank(evaluator->ci, row).flags & flag) != 0)
			evaluator->clause[row] = 0;
}

/* Marks the rows that have all the words of the clause, in evaluator->clause. */
static void
mark_clause_words(struct evaluator *evaluator, const struct clause *clause,
    const struct evaluation *evaluation)
{
	struct evaluation own = *evaluation;
	struct folded words;

	if (clause->kind != CLAUSE_WORDS) {
		own.exact = false;
		own.prefixes = clause->kind == CLAUSE_PREFIX;
		own.insides = clause->kind == CLAUSE_INSIDE;
	}
	fold_text(&words, clause->text, clause->length, false);
	memset(evaluator->clause, words.count > 0 ? 0 : NO_MATCH, evaluator->size);
	and_words(evaluator, evaluator->clause, &words, &own);
}

static void
and_clause(struct evaluator *evaluator, const struct clause *clause,
    const struct evaluation *evaluation)
{
	uint8_t *map = evaluator->clause;

	memset(map, NO_MATCH, evaluator->size);
	switch (clause->kind) {
	case CLAUSE_WORDS:
	case CLAUSE_PREFIX:
	case CLAUSE_INSIDE:
		mark_clause_words(evaluator, clause, evaluation);
		break;
	case CLAUSE_PHRASE:
		phrase_mark(evaluator->ci, map, clause->text, clause->length, evaluation);
		break;
	case CLAUSE_FILTER:
		mark_filter(evaluator, &clause->filter);
		break;
	case CLAUSE_FLAG:
		mark_flag(evaluator, clause->flag);
		break;
	case CLAUSE_CODES:
		mark_codes(evaluator, clause->codes.first, clause->codes.last, CHARINDEX_BY_CODE);
		break;
	}
	if (clause->negated)
		map_not(map, evaluator->size);
	map_and(evaluator->alternative, map, evaluator->size);
}

uint32_t
evaluate_query(struct evaluator *evaluator, const struct query *query,
    const struct evaluation *evaluation)
{
	evaluator->tones_wanted = false;
	memset(evaluator->result, NO_MATCH, evaluator->size);
	for (uint32_t n = 0; n < query->alternative_count; n++) {
		bool any = false;

		memset(evaluator->alternative, 0, evaluator->size);
		for (uint32_t i = 0; i < query->clause_count; i++)
			if (query->clause[i].alternative == n) {
				and_clause(evaluator, &query->clause[i], evaluation);
				any = true;
			}
		if (any)
			map_or(evaluator->result, evaluator->alternative, evaluator->size);
	}
	return finish(evaluator);
}

uint32_t
evaluate_range(struct evaluator *evaluator, uint32_t first, uint32_t last)
{
	evaluator->tones_wanted = false;
	memset(evaluator->clause, NO_MATCH, evaluator->size);
	mark_codes(evaluator, first, last, CHARINDEX_BY_CODE);
	memcpy(evaluator->result, evaluator->clause, evaluator->size);
	return finish(evaluator);
}

uint32_t
evaluate_one_more(struct evaluator *evaluator, uint32_t row, enum charindex_source score)
{
	uint8_t before;

	if (row >= evaluator->rows)
		return 0;
	before = evaluator->result[row];
	if (before > score)
		evaluator->result[row] = (uint8_t)score;
	return before == NO_MATCH;
}
