/* typo.c - near words: every word is looked at, but most are ruled out by their length and by which
 * characters they have at all. */
#include "typo.h"

#include <string.h>
#include <unicode/utf8.h>

#include "ascii.h"
#include "lower_bound.h"
#include "match_names.h"
#include "near_outlines.h"
#include "outlines.h"
#include "word_sets.h"

/* Characters of a word that can be corrected, and from how many on it is a long one. */
enum { MAX_LENGTH = 24, LEAST_LENGTH = 3, LONG_LENGTH = 6 };

/* Characters that both words have between which a space is missing. */
#define LEAST_HALF 2

/* What it counts to take the next word of a dictionary, and to see that it is another. */
#define WORK_OF_WALK 5

/* Edits at most. */
#define MOST_EDITS 2

_Static_assert(MAX_LENGTH + MOST_EDITS <= OUTLINE_MAX_LENGTH,
    "all words near to one have outlines");

/* A word as code points. */
struct letters {
	uint32_t count;
	uint64_t present; /* the bits of its letters (outlines.h) */
	uint32_t c[MAX_LENGTH];
};

struct candidate {
	unsigned distance;
	uint32_t commonness; /* rows that have it */
	struct charindex_text text;
	size_t split; /* bytes before the space that is missing; 0: none is */
	bool slip;    /* letters are swapped, or doubled, or not */
	bool same_start;
};

struct search {
	const struct letters *wanted;
	bool ascii;    /* the word is */
	unsigned most; /* edits, of those that are still of interest */
	uint64_t work;
	uint32_t count;
	struct candidate best[TYPO_MAX];
};

static uint32_t
lower(uint32_t c)
{
	return c < 0x80 ? (unsigned char)ascii_lower((char)c) : c;
}

static bool
letters_of(const char *text, size_t length, struct letters *letters)
{
	const uint8_t *s = (const uint8_t *)text;
	size_t at = 0;

	letters->count = 0;
	letters->present = 0;
	while (at < length) {
		UChar32 c;

		if (letters->count == MAX_LENGTH)
			return false;
		U8_NEXT_OR_FFFD(s, at, length, c);
		letters->c[letters->count] = lower((uint32_t)c);
		letters->present |= outline_letter(letters->c[letters->count++]);
	}
	return true;
}

static unsigned
least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* The edits between two words: optimal string alignment, row by row. */
static unsigned
distance(const struct letters *a, const struct letters *b)
{
	unsigned rows[3][MAX_LENGTH + 1];
	unsigned *before = rows[0], *last = rows[1], *row = rows[2];

	for (uint32_t j = 0; j <= b->count; j++)
		last[j] = j;
	for (uint32_t i = 1; i <= a->count; i++) {
		unsigned *oldest = before;

		row[0] = i;
		for (uint32_t j = 1; j <= b->count; j++) {
			bool same = a->c[i - 1] == b->c[j - 1];

			row[j] = least(least(last[j], row[j - 1]) + 1, last[j - 1] + !same);
			if (i > 1 && j > 1 && a->c[i - 1] == b->c[j - 2] && a->c[i - 2] == b->c[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		before = last;
		last = row;
		row = oldest;
	}
	return last[b->count];
}

/* Can words with these characters be `most` edits from each other? */
static bool
may_be_near(const struct letters *a, const struct letters *b, unsigned most)
{
	uint32_t difference = a->count > b->count ? a->count - b->count : b->count - a->count;

	return difference <= most && are_sets_near(a->present, b->present, most);
}

/* Some edits are likelier than others: the word need not be as common then. */
static uint64_t
likelihood(const struct candidate *candidate)
{
	enum { SLIP = 64 };

	return (uint64_t)candidate->commonness * (candidate->slip ? SLIP : 1);
}

static bool
is_better(const struct candidate *a, const struct candidate *b)
{
	if (a->distance != b->distance)
		return a->distance < b->distance;
	if ((a->split > 0) != (b->split > 0))
		return a->split == 0;
	if (a->same_start != b->same_start)
		return a->same_start;
	return likelihood(a) > likelihood(b);
}

static bool
same_text(struct charindex_text a, struct charindex_text b)
{
	if (a.length != b.length)
		return false;
	for (size_t i = 0; i < a.length; i++)
		if (lower((unsigned char)a.bytes[i]) != lower((unsigned char)b.bytes[i]))
			return false;
	return true;
}

static void
keep(struct search *search, const struct candidate *candidate)
{
	uint32_t at;

	for (uint32_t i = 0; i < search->count; i++)
		if (search->best[i].split == candidate->split &&
		    same_text(search->best[i].text, candidate->text)) {
			search->best[i].commonness += candidate->commonness;
			return;
		}
	for (at = search->count; at > 0 && is_better(candidate, &search->best[at - 1]); at--)
		if (at < TYPO_MAX)
			search->best[at] = search->best[at - 1];
	if (at < TYPO_MAX)
		search->best[at] = *candidate;
	search->count += search->count < TYPO_MAX;
}

/* Each ASCII character that the wanted word has nowhere takes an edit: are there more of them than
 * edits? Most words are ruled out after a few of their bytes. */
static bool
has_too_many_others(const struct search *search, struct charindex_text text)
{
	uint64_t present = search->wanted->present;
	unsigned left = search->most;

	for (size_t i = 0; i < text.length; i++) {
		uint32_t c = lower((unsigned char)text.bytes[i]);

		if (c < 0x80 && (present >> (c & 63) & 1) == 0 && left-- == 0)
			return true;
	}
	return false;
}

/* Most words are ruled out here, by little work: a word in ASCII is as long as its bytes, and
 * any other character in the place of one has at most three bytes more. */
static bool
is_out_of_question(const struct search *search, struct charindex_text text)
{
	uint32_t count = search->wanted->count, most = search->most;
	size_t longest = search->ascii ? count + 4 * (size_t)most : 4 * (size_t)(count + most);

	return text.length == 0 || text.length + most < count || text.length > longest ||
	    text.bytes[0] == FOLD_PLAIN || has_too_many_others(search, text);
}

/* Of words one edit from each other: is it two letters swapped, or a letter doubled in one? */
static bool
is_slip(const struct letters *a, const struct letters *b)
{
	const struct letters *longer = a->count > b->count ? a : b, *shorter = longer == a ? b : a;
	uint32_t at = 0;

	if (a->count == b->count)
		return a->present == b->present;
	while (at < shorter->count && longer->c[at] == shorter->c[at])
		at++;
	return at > 0 && longer->c[at] == longer->c[at - 1];
}

static void
consider(struct search *search, struct charindex_text text, uint32_t commonness)
{
	struct candidate candidate = { .commonness = commonness, .text = text };
	struct letters letters;

	if (is_out_of_question(search, text) || !letters_of(text.bytes, text.length, &letters) ||
	    !may_be_near(search->wanted, &letters, search->most))
		return;
	candidate.distance = distance(search->wanted, &letters);
	search->work += search->wanted->count * letters.count;
	candidate.slip = is_slip(search->wanted, &letters);
	candidate.same_start = letters.c[0] == search->wanted->c[0] || candidate.slip;
	if (candidate.distance > search->most || candidate.distance == 0)
		return;
	keep(search, &candidate);
	/* what is farther away than the best is no longer asked for */
	search->most = candidate.distance;
}

/* The words that are not too long or too short. */
static uint32_t
first_near(struct search *search, const struct outline_list *list, uint32_t *end)
{
	uint32_t length = search->wanted->count, most = search->most;
	uint32_t first = list->of_length[length > most ? length - most : 0];

	*end = list->of_length[length + most + 1];
	search->work += *end - first;
	return first;
}

/* The next word, from `at` on, whose outline is near enough; `end` if there is none. */
static uint32_t
next_near(const struct search *search, const uint32_t *outlines, uint32_t at, uint32_t end)
{
	return near_outline(outlines, at, end, outline_of_letters(search->wanted->present),
	    search->most);
}

static void
consider_names(struct search *search, const struct charindex *ci)
{
	const struct outline_list *list = outlines_of_names(ci);
	uint32_t at, end;

	if (list == NULL)
		return;
	at = first_near(search, list, &end);
	for (; (at = next_near(search, list->outlines, at, end)) < end; at++) {
		struct charindex_word word = charindex_word(ci, list->numbers[at]);

		consider(search, (struct charindex_text){ word.text, word.length }, word.row_count);
	}
}

static void
consider_words(struct search *search, const struct dictionary *dictionary,
    const struct outline_list *list)
{
	uint32_t at, end;

	if (list == NULL)
		return;
	at = first_near(search, list, &end);
	for (; (at = next_near(search, list->outlines, at, end)) < end; at++)
		consider(search, dictionary_word(dictionary, list->numbers[at]),
		    dictionary_postings(dictionary, list->numbers[at]).count);
}

static bool
begins_at(const struct dictionary *dictionary, uint32_t n, const char *begin, size_t length)
{
	struct charindex_text word = dictionary_word(dictionary, n);

	return match_begins(word.bytes, word.length, begin, length);
}

/* The number of the first word from `first` on that does not begin so. */
static uint32_t
end_of_beginning(const struct dictionary *dictionary, uint32_t first, const char *begin,
    size_t length)
{
	uint32_t end = first;

	LOWER_BOUND_NEAR(end, dictionary->term_count, i, begins_at(dictionary, i, begin, length));
	return end;
}

/* Those that begin as `begin` does. Their outlines, where they are known, spare the reading of most of
 * them, which would be a third of what a query without an answer costs. */
static void
consider_beginning(struct search *search, const struct dictionary *dictionary,
    const uint32_t *outlines, const char *begin, size_t length)
{
	uint32_t at = dictionary_first_word(dictionary, begin, length);
	uint32_t end = end_of_beginning(dictionary, at, begin, length);
	size_t marks = begin[0] == FOLD_PLAIN;

	search->work += (uint64_t)(end - at) * WORK_OF_WALK;
	for (; at < end; at++) {
		struct charindex_text word;

		if (outlines != NULL && (at = next_near(search, outlines, at, end)) == end)
			break;
		word = dictionary_word(dictionary, at);
		if (!match_begins(word.bytes, word.length, begin, length)) /* in a damaged index */
			continue;
		word.bytes += marks;
		word.length -= marks;
		if (!is_out_of_question(search, word))
			consider(search, word, dictionary_postings(dictionary, at).count);
	}
}

/* Those with the same first letter, with accents and without. */
static void
consider_same_start(struct search *search, const struct dictionary *dictionary,
    struct charindex_text word)
{
	const uint32_t *outlines = outlines_in_order(dictionary);
	char begin[1 + U8_MAX_LENGTH] = { FOLD_PLAIN };
	size_t length = 0;

	U8_FWD_1((const uint8_t *)word.bytes, length, word.length);
	memcpy(begin + 1, word.bytes, length);
	consider_beginning(search, dictionary, outlines, begin + 1, length);
	consider_beginning(search, dictionary, outlines, begin, length + 1);
}

static void
consider_all(struct search *search, const struct charindex *ci, struct charindex_text word,
    const struct scope *scope)
{
	struct dictionary dictionary;

	if ((scope->sources & QUERY_NAMES) != 0)
		consider_names(search, ci);
	for (uint32_t n = 0; dictionary_get(ci, n, &dictionary); n++) {
		if (dictionary.kind == DICTIONARY_DEFINITIONS || !scope_has(scope, &dictionary))
			continue;
		if (scope->any_language)
			consider_same_start(search, &dictionary, word);
		else
			consider_words(search, &dictionary, outlines_of_dictionary(&dictionary));
	}
}

/* How many rows and records have the word. */
static uint32_t
commonness_of(struct search *search, const struct charindex *ci, const char *word, size_t length,
    const struct scope *scope)
{
	uint32_t count = (scope->sources & QUERY_NAMES) != 0 ? match_name_count(ci, word, length) : 0;
	const uint64_t *set = word_set_of(ci, word, length);
	struct dictionary dictionary;

	for (uint32_t n = 0; word_set_next(ci, set, &n, &dictionary); n++) {
		uint32_t found;

		if (dictionary.kind == DICTIONARY_DEFINITIONS || !scope_has(scope, &dictionary))
			continue;
		found = dictionary_lookup(&dictionary, word, length).count;
		/* not if there is none, as most of these may be known to have none */
		search->work += found > 0 ? WORK_OF_LOOKUP : 0;
		count += found;
	}
	return count;
}

/* Is it a word but for its accents? */
static bool
lacks_accents(struct search *search, const struct charindex *ci, const char *word, size_t length,
    const struct scope *scope)
{
	char plain[FOLD_MAX_WORD] = { FOLD_PLAIN };

	if (length >= sizeof(plain))
		return false;
	memcpy(plain + 1, word, length);
	return commonness_of(search, ci, plain, length + 1, scope) > 0;
}

/* Two words between which the space is missing. */
static void
consider_splits(struct search *search, const struct charindex *ci, struct charindex_text word,
    const struct scope *scope)
{
	size_t at = 0;

	for (uint32_t before = 1; before + LEAST_HALF <= search->wanted->count; before++) {
		struct candidate candidate = { .distance = 1, .text = word, .same_start = true };
		uint32_t first, second;

		U8_FWD_1((const uint8_t *)word.bytes, at, word.length);
		if (before < LEAST_HALF)
			continue;
		first = commonness_of(search, ci, word.bytes, at, scope);
		if (first == 0)
			continue;
		second = commonness_of(search, ci, word.bytes + at, word.length - at, scope);
		candidate.split = at;
		candidate.commonness = first < second ? first : second;
		if (second == 0)
			continue;
		keep(search, &candidate);
		search->most = candidate.distance;
	}
}

/* In steps of rarity: a slip is likely, another first letter is not. */
static unsigned
cost_of_edits(const struct candidate *candidate)
{
	enum { EDIT = 2, SPLIT = 4, OTHER_START = 6 };

	if (candidate->distance == 0)
		return 0;
	if (candidate->split > 0)
		return SPLIT;
	return (candidate->slip ? 0 : EDIT) + (candidate->same_start ? 0 : OTHER_START);
}

/* Those that are as near as the nearest. */
static void
give(const struct search *search, struct typo *typo)
{
	for (uint32_t i = 0; i < search->count && search->best[i].distance == search->best[0].distance;
	     i++) {
		struct charindex_text text = search->best[i].text;
		size_t length = 0;

		typo->count++;
		for (size_t n = 0; n < text.length; n++) {
			if (n > 0 && n == search->best[i].split)
				typo->word[i].text[length++] = ' ';
			typo->word[i].text[length++] = (char)lower((unsigned char)text.bytes[n]);
		}
		typo->word[i].length = length;
		typo->word[i].cost = cost_of_edits(&search->best[i]);
	}
}

static void
search_near(struct search *search, const struct charindex *ci, struct charindex_text word,
    const struct scope *scope, bool known)
{
	search->most = search->wanted->count < LONG_LENGTH || known ? 1 : MOST_EDITS;
	if (!known && !scope->any_language)
		consider_splits(search, ci, word, scope);
	consider_all(search, ci, word, scope);
}

void
typo_correct(const struct charindex *ci, const char *word, size_t length, const struct scope *scope,
    bool known_too, struct typo *typo)
{
	struct candidate known = { .text = { word, length } };
	struct letters wanted;
	struct search search = { .wanted = &wanted };

	typo->count = 0;
	typo->known = false;
	typo->work = 0;
	if (!letters_of(word, length, &wanted))
		return;
	known.commonness = commonness_of(&search, ci, word, length, scope);
	typo->known = known.commonness > 0 || lacks_accents(&search, ci, word, length, scope);
	search.ascii = wanted.count == length;
	if (typo->known && !known_too)
		keep(&search, &known);
	else if ((known.commonness > 0 || !typo->known) && wanted.count >= LEAST_LENGTH)
		search_near(&search, ci, (struct charindex_text){ word, length }, scope, typo->known);
	typo->work = search.work;
	give(&search, typo);
}

void
typo_leave(const char *word, size_t length, struct typo *typo)
{
	typo->count = 1;
	typo->known = true;
	typo->work = 0;
	memcpy(typo->word[0].text, word, length);
	typo->word[0].length = length;
	typo->word[0].cost = 0;
}
