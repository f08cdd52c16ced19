/* tiers.c - hides in which order sources are asked until one answers. One table says so. */
#include "tiers.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicode/utf8.h>

#include "codeform.h"
#include "identify.h"
#include "typo.h"

/* Words of a plain query that are looked for in more than exact form, and that are corrected. */
enum { MAX_LOOSE_WORDS = 6, MAX_CORRECTED_WORDS = 4, MAX_WORDS = 24 };

/* The shortest word, in bytes, that is looked for inside others without having been asked to. */
enum { LEAST_INSIDE = 3, LEAST_PREFIX = 2 };

static const char english[] = "en";

/* The languages of keywords that are asked: the client's own, and English. */
static void
set_languages(const struct tiers *tiers, struct evaluation *evaluation, bool own_only)
{
	const char *own = tiers->query->language[0] != '\0' ? tiers->query->language :
	    tiers->settings->language[0] != '\0' ? tiers->settings->language : english;

	evaluation->languages[0] = own;
	evaluation->languages[1] = own_only ? NULL : english;
}

static bool
take(const struct tiers *tiers, struct evaluator *evaluator, uint32_t count, bool ranked,
    enum charindex_source source)
{
	tiers->found->source = source;
	return found_take(tiers->found, evaluator, count, ranked);
}

/* ---- code forms, and text that has been pasted ------------------------------------------------- */

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The next word of the query, which white space ends. */
static bool
next_word(const char **at, const char *end, size_t *length)
{
	const char *word = *at;

	while (word < end && is_space(*word))
		word++;
	*at = word;
	while (word < end && !is_space(*word))
		word++;
	*length = (size_t)(word - *at);
	return *length > 0;
}

static bool
take_range(const struct tiers *tiers, uint32_t first, uint32_t last)
{
	struct evaluator evaluator;

	if (!evaluator_init(&evaluator, tiers->ci))
		return false;
	return take(tiers, &evaluator, evaluate_range(&evaluator, first, last), false,
	    CHARINDEX_BY_CODE);
}

/* Identifies code points as if they were a text, so that sequences are recognised. */
static bool
take_points(const struct tiers *tiers, const struct code_points *points)
{
	char *text = malloc(4 * points->count + 1);
	size_t length = 0;
	bool done = true;

	if (text == NULL)
		return false;
	tiers->found->source = CHARINDEX_BY_CODE;
	for (uint32_t i = 0; i <= points->count && done; i++) {
		bool whole = i < points->count && (points->point[i] & ~0x7FFu) != 0xD800;

		if (whole) {
			U8_APPEND_UNSAFE((uint8_t *)text, length, points->point[i]);
			continue;
		}
		done = identify_text(tiers->found, text, length, CHARINDEX_BY_CODE);
		length = 0;
		if (done && i < points->count)
			done = found_add_code(tiers->found, points->point[i], CHARINDEX_BY_CODE);
	}
	free(text);
	return done;
}

static bool
say_wrong_code(const struct tiers *tiers, const char *word, size_t length, enum codeform form)
{
	static const char *const what[] = {
		[CODEFORM_BEYOND] = "is no code point: the last is U+10FFFF",
		[CODEFORM_ENTITY] = "is no entity of HTML; mind capitals and small letters",
		[CODEFORM_MANY] = "is one code point more than the 1024 that a query may have",
	};

	/* where it stands in the whole query */
	word = memmem(tiers->whole, tiers->whole_length, word, length);
	found_say_wrong(tiers->found, tiers->whole, word, length, what[form]);
	return true;
}

/* If every word is a code form, answers with what they stand for. */
static bool
tier_codes(const struct tiers *tiers)
{
	const char *at = tiers->text, *end = at + tiers->length;
	struct code_points points = { .count = 0 };
	uint32_t first = 0, last = 0, words = 0;
	bool range = false;
	size_t length;

	for (; next_word(&at, end, &length); at += length, words++) {
		enum codeform form = codeform_read(tiers->ci, at, length, &points, &first, &last);
		uint32_t bare;

		if (form == CODEFORM_NONE && codeform_is_bare(at, length, true, &bare) &&
		    points.count < CODEFORM_MAX_POINTS)
			points.point[points.count++] = bare;
		else if (form == CODEFORM_NONE || (form == CODEFORM_RANGE && words > 0) || range)
			return true;
		else if (form == CODEFORM_RANGE)
			range = true;
		else if (form != CODEFORM_POINTS)
			return say_wrong_code(tiers, at, length, form);
	}
	if (range)
		return take_range(tiers, first, last);
	return points.count == 0 || take_points(tiers, &points);
}

/* "CJK UNIFIED IDEOGRAPH-4E00": names that end in the code point, which for ideographs is no
 * word of theirs. */
static bool
tier_numbered_name(const struct tiers *tiers)
{
	const char *end = tiers->text + tiers->length, *hyphen = memrchr(tiers->text, '-', tiers->length);
	struct charindex_label label;
	struct charindex_row row;
	uint32_t code_point;

	if (hyphen == NULL || !codeform_is_bare(hyphen + 1, (size_t)(end - hyphen) - 1, false, &code_point))
		return true;
	charindex_row(tiers->ci, charindex_row_of(tiers->ci, code_point), code_point, &row, &label);
	if (row.name.length != tiers->length || strncasecmp(row.name.bytes, tiers->text, tiers->length) != 0)
		return true;
	tiers->found->source = CHARINDEX_BY_NAME;
	return found_add_code(tiers->found, code_point, CHARINDEX_BY_WHOLE_NAME);
}

static bool
tier_text(const struct tiers *tiers)
{
	uint32_t letter;
	/* one letter may be a word, and is meant as one where a language is named */
	bool word = tiers->query->language[0] != '\0' &&
	    identify_is_one_letter(tiers->ci, tiers->text, tiers->length, &letter);

	if (word || !identify_is_pasted(tiers->ci, tiers->text, tiers->length))
		return true;
	tiers->found->source = CHARINDEX_BY_TEXT;
	return identify_text(tiers->found, tiers->text, tiers->length, CHARINDEX_BY_TEXT);
}

/* ---- words -------------------------------------------------------------------------------------- */

/* A tier that looks for all words in some places, more loosely from one to the next. */
struct word_tier {
	enum charindex_source source;
	unsigned sources;
	bool own_language; /* only, not English */
	bool exact, prefixes, insides;
	bool ranked;
};

static const struct word_tier word_tiers[] = {
	{ CHARINDEX_BY_NAME, QUERY_NAMES, false, true, false, false, false },
	{ CHARINDEX_BY_ALIAS, QUERY_NAMES | QUERY_ALIASES, false, true, false, false, true },
	{ CHARINDEX_BY_KEYWORD, QUERY_NAMES | QUERY_ALIASES | QUERY_KEYWORDS, true, true, false, false, true },
	{ CHARINDEX_BY_KEYWORD, QUERY_NAMES | QUERY_ALIASES | QUERY_KEYWORDS, false, true, false, false, true },
	{ CHARINDEX_BY_DEFINITION, QUERY_ANY, false, true, false, false, true },
	{ CHARINDEX_BY_PREFIX, QUERY_NAMES | QUERY_ALIASES | QUERY_KEYWORDS, false, true, true, false, true },
	{ CHARINDEX_BY_SUBSTRING, QUERY_NAMES | QUERY_ALIASES | QUERY_KEYWORDS, false, true, true, true, true },
};

enum { KEYWORD_TIER = 3, EXACT_TIERS = 5, WORD_TIERS = sizeof(word_tiers) / sizeof(word_tiers[0]) };

static struct evaluation
evaluation_of(const struct tiers *tiers, const struct word_tier *tier)
{
	struct evaluation evaluation = {
		.sources = tier->sources,
		.exact = tier->exact,
		.prefixes = tier->prefixes,
		.insides = tier->insides,
	};

	set_languages(tiers, &evaluation, tier->own_language);
	return evaluation;
}

static bool
has_short_word(const struct folded *words, size_t least)
{
	for (uint32_t i = 0; i < words->count; i++)
		if (words->word[i].length < least)
			return true;
	return false;
}

static bool
is_worth_it(const struct word_tier *tier, const struct folded *words)
{
	if (tier->prefixes && words->count > MAX_LOOSE_WORDS)
		return false;
	return !has_short_word(words, tier->insides ? LEAST_INSIDE : tier->prefixes ? LEAST_PREFIX : 1);
}

/* Tries the word tiers from `first` to before `end`: what the first that has any rows found is
 * taken. */
static bool
try_words(const struct tiers *tiers, const struct folded *words, int first, int end)
{
	struct evaluator evaluator;

	if (!evaluator_init(&evaluator, tiers->ci))
		return false;
	for (int i = first; i < end; i++) {
		const struct word_tier *tier = &word_tiers[i];
		struct evaluation evaluation = evaluation_of(tiers, tier);
		uint32_t rows;

		if (!is_worth_it(tier, words))
			continue;
		rows = evaluate_words(&evaluator, words, &evaluation);
		if (rows > 0)
			return take(tiers, &evaluator, rows, tier->ranked, tier->source);
	}
	evaluator_release(&evaluator);
	return true;
}

/* ---- typos ---------------------------------------------------------------------------------------- */

/* The words with their corrections, and which one of each is tried. */
struct correcting {
	const struct tiers *tiers;
	const struct folded *words;
	struct typo typos[MAX_CORRECTED_WORDS];
	uint32_t chosen[MAX_CORRECTED_WORDS];
	uint32_t order[MAX_CORRECTED_WORDS]; /* of the words' bytes, so that theirs does not matter */
};

/* None of the words is left out. */
#define ALL_WORDS UINT32_MAX

/* The corrected query without one of its words: true if it fits. */
static bool
write_corrected(const struct correcting *correcting, uint32_t without)
{
	struct charindex_found *found = correcting->tiers->found;

	found->corrected_length = 0;
	for (uint32_t i = 0; i < correcting->words->count; i++) {
		const struct typo *typo = &correcting->typos[i];
		size_t length = typo->word[correcting->chosen[i]].length;

		if (i == without)
			continue;
		if (found->corrected_length + length + 1 > sizeof(found->corrected))
			return false;
		if (found->corrected_length > 0)
			found->corrected[found->corrected_length++] = ' ';
		memcpy(found->corrected + found->corrected_length, typo->word[correcting->chosen[i]].text, length);
		found->corrected_length += length;
	}
	return true;
}

static bool
is_before(const struct folded *words, uint32_t a, uint32_t b)
{
	const struct folded_word *x = &words->word[a], *y = &words->word[b];
	size_t common = x->length < y->length ? x->length : y->length;
	int order = memcmp(words->bytes + x->offset, words->bytes + y->offset, common);

	return order < 0 || (order == 0 && x->length < y->length);
}

static void
set_order(struct correcting *correcting)
{
	for (uint32_t i = 0; i < correcting->words->count; i++) {
		uint32_t at = i;

		for (; at > 0 && is_before(correcting->words, i, correcting->order[at - 1]); at--)
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

/* Has any row all the words, in all that the exact tiers look at? Corrections are many, and few of
 * them are in one row. False if there is no memory. */
static bool
count_rows(const struct tiers *tiers, const struct folded *words, uint32_t *rows)
{
	struct evaluation evaluation = evaluation_of(tiers, &word_tiers[EXACT_TIERS - 1]);
	struct evaluator evaluator;

	if (!evaluator_init(&evaluator, tiers->ci))
		return false;
	*rows = evaluate_words(&evaluator, words, &evaluation);
	evaluator_release(&evaluator);
	return true;
}

/* Names have been asked already, and all corrections are ranked together, so that the tiers are
 * those from keywords on, to before `end`. False if there is no memory. */
static bool
try_corrected(const struct correcting *correcting, uint32_t without, int end)
{
	const struct tiers *tiers = correcting->tiers;
	struct folded words;
	uint32_t rows;

	if (!write_corrected(correcting, without) ||
	    !fold_text(&words, tiers->found->corrected, tiers->found->corrected_length, FOLD_SEGMENTS))
		return true;
	if (!count_rows(tiers, &words, &rows))
		return false;
	return rows == 0 || try_words(tiers, &words, KEYWORD_TIER, end);
}

static bool
try_choices(struct correcting *correcting)
{
	enum { MAX_TRIES = 6 };

	for (int tries = 0; tries < MAX_TRIES; tries++) {
		if (!try_corrected(correcting, ALL_WORDS, EXACT_TIERS))
			return false;
		if (correcting->tiers->found->count > 0 || !next_choice(correcting))
			break;
	}
	return true;
}

/* Where every word is known, but no row has them all: leaves out the commonest, which
 * says least, or another if that does not help. */
static bool
try_fewer_words(struct correcting *correcting)
{
	enum { MAX_TRIES = 2 };
	uint32_t count = correcting->words->count;

	for (uint32_t tries = 0; tries < MAX_TRIES && tries < count && count > 1; tries++) {
		uint32_t commonest = correcting->order[0];

		for (uint32_t n = 1; n < count; n++)
			if (correcting->typos[correcting->order[n]].commonness >
			    correcting->typos[commonest].commonness)
				commonest = correcting->order[n];
		if (!try_corrected(correcting, commonest, KEYWORD_TIER + 1))
			return false;
		if (correcting->tiers->found->count > 0)
			break;
		correcting->typos[commonest].commonness = 0;
	}
	return true;
}

static bool
correct(struct correcting *correcting)
{
	const struct tiers *tiers = correcting->tiers;
	const struct folded *words = correcting->words;
	struct evaluation evaluation = evaluation_of(tiers, &word_tiers[KEYWORD_TIER]);
	bool all_known = true;

	for (uint32_t i = 0; i < words->count; i++) {
		typo_correct(tiers->ci, words->bytes + words->word[i].offset, words->word[i].length,
		    &evaluation, &correcting->typos[i]);
		if (correcting->typos[i].count == 0)
			return true;
		all_known &= correcting->typos[i].known;
	}
	return all_known ? try_fewer_words(correcting) : try_choices(correcting);
}

static bool
tier_typos(const struct tiers *tiers, const struct folded *words)
{
	struct correcting *correcting;
	bool done;

	if (words->count > MAX_CORRECTED_WORDS)
		return true;
	correcting = calloc(1, sizeof(*correcting));
	if (correcting == NULL)
		return false;
	correcting->tiers = tiers;
	correcting->words = words;
	set_order(correcting);
	done = correct(correcting);
	if (tiers->found->count == 0)
		tiers->found->corrected_length = 0;
	free(correcting);
	return done;
}

/* ---- the modes -------------------------------------------------------------------------------------- */

/* Where nothing else has an answer: text in another script is shown for what it is, and letters
 * may be digits. */
static bool
tier_last(const struct tiers *tiers)
{
	bool ascii = true;
	uint32_t code_point;

	for (size_t i = 0; i < tiers->length; i++)
		ascii &= (unsigned char)tiers->text[i] < 0x80;
	if (!ascii) {
		tiers->found->source = CHARINDEX_BY_TEXT;
		return identify_text(tiers->found, tiers->text, tiers->length, CHARINDEX_BY_TEXT);
	}
	if (!codeform_is_bare(tiers->text, tiers->length, false, &code_point))
		return true;
	tiers->found->source = CHARINDEX_BY_CODE;
	return found_add_code(tiers->found, code_point, CHARINDEX_BY_CODE);
}

/* Has the query been answered, or found wrong? */
static bool
settled(const struct tiers *tiers)
{
	return tiers->found->count > 0 || tiers->found->column > 0;
}

bool
tiers_auto(const struct tiers *tiers)
{
	struct folded words;
	bool usable;

	if (!tier_codes(tiers))
		return false;
	if (!settled(tiers) && !tier_numbered_name(tiers))
		return false;
	if (!settled(tiers) && !tier_text(tiers))
		return false;
	if (settled(tiers))
		return true;
	usable = fold_text(&words, tiers->text, tiers->length, FOLD_SEGMENTS) && words.count > 0 &&
	    words.count <= MAX_WORDS;
	if (usable && !try_words(tiers, &words, 0, WORD_TIERS))
		return false;
	if (usable && !settled(tiers) && !tier_typos(tiers, &words))
		return false;
	return settled(tiers) || tier_last(tiers);
}

bool
tiers_wide(const struct tiers *tiers)
{
	struct evaluation evaluation = { .sources = QUERY_ANY, .exact = true };
	struct evaluator evaluator;
	struct folded words;
	uint32_t rows, letter;
	bool one_letter = identify_is_one_letter(tiers->ci, tiers->text, tiers->length, &letter);

	if (!tier_codes(tiers))
		return false;
	if (!settled(tiers) && !tier_numbered_name(tiers))
		return false;
	if (!settled(tiers) && !one_letter && !tier_text(tiers))
		return false;
	if (settled(tiers))
		return true;
	if (!fold_text(&words, tiers->text, tiers->length, FOLD_SEGMENTS) || words.count == 0 ||
	    words.count > MAX_WORDS)
		return tier_last(tiers);
	set_languages(tiers, &evaluation, false);
	evaluation.prefixes = words.count <= MAX_LOOSE_WORDS && !has_short_word(&words, LEAST_PREFIX);
	evaluation.insides = evaluation.prefixes && !has_short_word(&words, LEAST_INSIDE);
	if (!evaluator_init(&evaluator, tiers->ci))
		return false;
	rows = evaluate_words(&evaluator, &words, &evaluation);
	if (one_letter)
		rows += evaluate_one_more(&evaluator, charindex_row_of(tiers->ci, letter), CHARINDEX_BY_TEXT);
	if (!take(tiers, &evaluator, rows, true, CHARINDEX_SOURCE_COUNT))
		return false;
	if (!settled(tiers) && !tier_typos(tiers, &words))
		return false;
	return settled(tiers) || tier_last(tiers);
}

bool
tiers_query(const struct tiers *tiers)
{
	unsigned said = tiers->query->sources;
	bool wide = tiers->settings->mode == CHARINDEX_WIDE, once = said != 0 || wide;
	struct evaluator evaluator;

	if (!evaluator_init(&evaluator, tiers->ci))
		return false;
	/* names first, then more, unless the query says where to look */
	for (int i = 0; i < (once ? 1 : EXACT_TIERS); i++) {
		const struct word_tier *tier = &word_tiers[i];
		struct evaluation evaluation = evaluation_of(tiers, tier);
		uint32_t rows;

		if (once)
			evaluation.sources = said != 0 ? said : QUERY_ANY;
		rows = evaluate_query(&evaluator, tiers->query, &evaluation);
		if (rows > 0)
			return take(tiers, &evaluator, rows, wide || (tier->ranked && !once),
			    once ? CHARINDEX_SOURCE_COUNT : tier->source);
	}
	evaluator_release(&evaluator);
	return true;
}

bool
tiers_classic(const struct tiers *tiers)
{
	struct charindex_search search, counting;
	struct charindex_run run;
	uint32_t count = 0;

	charindex_search_init(&search, tiers->ci, tiers->text, tiers->length);
	counting = search;
	while (charindex_search_next(&counting, UINT32_MAX, &run))
		count += run.count;
	if (!found_reserve(tiers->found, count))
		return false;
	while (charindex_search_next(&search, UINT32_MAX, &run))
		for (uint32_t i = 0; i < run.count; i++)
			if (!found_add_row(tiers->found, run.first + i, CHARINDEX_BY_NAME))
				return false;
	return true;
}
