/* typo.c - hides how near words are found: every word is looked at, but most are ruled out by
 * their length and by which characters they have at all. */
#include "typo.h"

#include <string.h>
#include <unicode/utf8.h>

#include "dictionary.h"
#include "mark.h"

/* Characters of a word that can be corrected, and from how many on it is a long one. */
enum { MAX_LENGTH = 24, LEAST_LENGTH = 3, LONG_LENGTH = 6 };

/* A word as code points. */
struct letters {
	uint32_t count;
	size_t bytes;
	uint64_t present; /* a bit for each character, by its lowest six bits */
	uint32_t c[MAX_LENGTH];
};

struct candidate {
	unsigned distance;
	uint32_t commonness; /* rows that have it */
	struct charindex_text text;
	bool same_start;
};

struct search {
	const struct letters *wanted;
	unsigned most; /* edits, fewer once some are known that take fewer */
	uint32_t count;
	struct candidate best[TYPO_MAX];
};

static uint32_t
lower(uint32_t c)
{
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

static bool
letters_of(const char *text, size_t length, struct letters *letters)
{
	const uint8_t *s = (const uint8_t *)text;
	size_t at = 0;

	letters->count = 0;
	letters->bytes = length;
	letters->present = 0;
	while (at < length) {
		UChar32 c;

		if (letters->count == MAX_LENGTH)
			return false;
		U8_NEXT_OR_FFFD(s, at, length, c);
		letters->c[letters->count] = lower((uint32_t)c);
		letters->present |= (uint64_t)1 << (letters->c[letters->count++] & 63);
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

	return difference <= most &&
	    (unsigned)__builtin_popcountll(a->present & ~b->present) <= most &&
	    (unsigned)__builtin_popcountll(b->present & ~a->present) <= most;
}

static bool
is_better(const struct candidate *a, const struct candidate *b)
{
	if (a->distance != b->distance)
		return a->distance < b->distance;
	if (a->same_start != b->same_start)
		return a->same_start;
	return a->commonness > b->commonness;
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
		if (same_text(search->best[i].text, candidate->text)) {
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

static void
consider(struct search *search, struct charindex_text text, uint32_t commonness)
{
	struct candidate candidate = { .commonness = commonness, .text = text };
	struct letters letters;

	/* four bytes are the most that a character has */
	if (text.length + 4u * search->most < search->wanted->bytes ||
	    text.length > search->wanted->bytes + 4u * search->most || text.length == 0 ||
	    text.bytes[0] == FOLD_PLAIN || !letters_of(text.bytes, text.length, &letters) ||
	    !may_be_near(search->wanted, &letters, search->most))
		return;
	candidate.distance = distance(search->wanted, &letters);
	candidate.same_start = letters.c[0] == search->wanted->c[0];
	if (candidate.distance > search->most)
		return;
	keep(search, &candidate);
	/* if there is a nearer one, those that are farther are not asked for */
	search->most = candidate.distance;
}

static void
consider_all(struct search *search, const struct charindex *ci, const struct evaluation *evaluation)
{
	struct dictionary dictionary;

	for (uint32_t n = 0; n < ci->term_count; n++) {
		struct charindex_word word = charindex_word(ci, n);

		/* names are ASCII */
		if (word.length <= search->wanted->count + search->most &&
		    word.length + search->most >= search->wanted->count)
			consider(search, (struct charindex_text){ word.text, word.length }, word.row_count);
	}
	for (uint32_t n = 0; dictionary_get(ci, n, &dictionary); n++) {
		if (dictionary.kind == DICTIONARY_DEFINITIONS || !mark_is_asked(&dictionary, evaluation))
			continue;
		for (uint32_t i = 0; i < dictionary.term_count; i++)
			consider(search, dictionary_word(&dictionary, i), dictionary_postings(&dictionary, i).count);
	}
}

static void
give(const struct search *search, struct typo *typo)
{
	typo->count = 0;
	for (uint32_t i = 0; i < search->count && search->best[i].distance <= search->most; i++) {
		struct charindex_text text = search->best[i].text;

		for (size_t n = 0; n < text.length; n++)
			typo->word[i].text[n] = (char)lower((unsigned char)text.bytes[n]);
		typo->word[i].length = text.length;
		typo->count++;
	}
}

void
typo_correct(const struct charindex *ci, const char *word, size_t length,
    const struct evaluation *evaluation, struct typo *typo)
{
	struct letters wanted;
	struct search search = { .wanted = &wanted };

	typo->count = 0;
	if (!letters_of(word, length, &wanted))
		return;
	search.most = wanted.count < LEAST_LENGTH ? 0 : wanted.count < LONG_LENGTH ? 1 : 2;
	consider_all(&search, ci, evaluation);
	if (search.count > 0 && search.best[0].distance == 0)
		search.count = 1;
	give(&search, typo);
}
