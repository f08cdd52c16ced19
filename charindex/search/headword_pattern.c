/* headword_pattern.c - headwords are compared word by word, as they have been folded. One that is
 * ASCII, as all names are, is compared where it lies. */
#include "headword_pattern.h"

#include <string.h>

#include "ascii.h"

/* Words of a headword that are looked at: no name has so many. */
#define MAX_WORDS 64

struct headword_words {
	uint32_t count;
	struct charindex_text word[MAX_WORDS];
};

/* What each way to match asks for. */
struct matching {
	bool begins; /* the first word of the pattern is that of the headword */
	bool ends;   /* and the last one */
	bool opens_left, opens_right;
};

static const struct matching matchings[CHARINDEX_MATCHING_COUNT] = {
	[CHARINDEX_MATCH_EXACT] = { .begins = true, .ends = true },
	[CHARINDEX_MATCH_PREFIX] = { .begins = true, .opens_right = true },
	[CHARINDEX_MATCH_SUFFIX] = { .ends = true, .opens_left = true },
	[CHARINDEX_MATCH_SUBSTRING] = { .opens_left = true, .opens_right = true },
	[CHARINDEX_MATCH_WORDS] = { .begins = false },
	[CHARINDEX_MATCH_FIRST] = { .begins = true },
	[CHARINDEX_MATCH_LAST] = { .ends = true },
};

bool
headword_pattern_init(struct headword_pattern *pattern, enum charindex_matching matching,
    const char *text, size_t length)
{
	pattern->matching = matching;
	return fold_text(&pattern->words, text, length, FOLD_SEGMENTS) && pattern->words.count > 0 &&
	    pattern->words.count <= MAX_WORDS;
}

bool
headword_pattern_opens_left(const struct headword_pattern *pattern, uint32_t n)
{
	return n == 0 && matchings[pattern->matching].opens_left;
}

bool
headword_pattern_opens_right(const struct headword_pattern *pattern, uint32_t n)
{
	return n == pattern->words.count - 1 && matchings[pattern->matching].opens_right;
}

static bool
same_letters(const char *text, const char *folded, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (ascii_lower(text[i]) != folded[i])
			return false;
	return true;
}

bool
headword_pattern_agrees(const struct headword_pattern *pattern, uint32_t n,
    struct charindex_text word)
{
	struct charindex_text wanted = headword_pattern_word(pattern, n);
	bool left = headword_pattern_opens_left(pattern, n),
	     right = headword_pattern_opens_right(pattern, n);
	size_t rest, at;

	if (word.length < wanted.length)
		return false;
	rest = word.length - wanted.length;
	for (at = right || !left ? 0 : rest; at <= rest; at++) {
		if (!right && at != rest)
			return false;
		if (same_letters(word.bytes + at, wanted.bytes, wanted.length))
			return true;
		if (!left)
			break;
	}
	return false;
}

static bool
is_letter_or_digit(char c)
{
	return ascii_is_digit(c) || ascii_is_letter(c);
}

/* The words of ASCII text where they lie, at most `most`: false if there is other text in it. */
static bool
split_ascii(struct headword_words *words, struct charindex_text text, uint32_t most)
{
	const char *at = text.bytes, *end = at + text.length;

	words->count = 0;
	while (at < end && words->count < most) {
		const char *begin = at;

		while (at < end && is_letter_or_digit(*at))
			at++;
		if (at > begin)
			words->word[words->count++] = (struct charindex_text){ begin, (size_t)(at - begin) };
		else if ((unsigned char)*at++ >= 0x80)
			return false;
	}
	return true;
}

static bool
is_plain_start(struct charindex_text text)
{
	return text.length > 0 && (unsigned char)text.bytes[0] < 0x80;
}

/* `folded` is where words go that have to be folded first. */
static bool
split(struct headword_words *words, struct folded *folded, struct folder *folder,
    struct charindex_text text, uint32_t most)
{
	if (is_plain_start(text) && split_ascii(words, text, most))
		return true;
	if (!folder_fold(folder, folded, text.bytes, text.length, FOLD_SEGMENTS) ||
	    folded->count > MAX_WORDS)
		return false;
	words->count = folded->count;
	for (uint32_t i = 0; i < folded->count; i++)
		words->word[i] = (struct charindex_text){ folded->bytes + folded->word[i].offset,
			folded->word[i].length };
	return true;
}

static bool
has_words(const struct headword_pattern *pattern, const struct headword_words *words)
{
	for (uint32_t n = 0; n < pattern->words.count; n++) {
		uint32_t i = 0;

		while (i < words->count && !headword_pattern_agrees(pattern, n, words->word[i]))
			i++;
		if (i == words->count)
			return false;
	}
	return true;
}

static bool
agrees_at(const struct headword_pattern *pattern, const struct headword_words *words, uint32_t at)
{
	for (uint32_t n = 0; n < pattern->words.count; n++)
		if (!headword_pattern_agrees(pattern, n, words->word[at + n]))
			return false;
	return true;
}

/* Do the last letters differ, so that it need not be taken apart? There are names by the hundred
 * thousand that differ in nothing but a number at their end. */
static bool
ends_otherwise(const struct headword_pattern *pattern, struct charindex_text headword)
{
	struct charindex_text word = headword_pattern_word(pattern, pattern->words.count - 1);
	char last = headword.length > 0 ? headword.bytes[headword.length - 1] : '\0';

	return matchings[pattern->matching].ends && is_letter_or_digit(last) &&
	    ascii_lower(last) != word.bytes[word.length - 1];
}

bool
headword_pattern_matches(const struct headword_pattern *pattern, struct folder *folder,
    struct charindex_text headword)
{
	const struct matching *matching = &matchings[pattern->matching];
	uint32_t count = pattern->words.count, last;
	struct headword_words words;
	struct folded folded;

	if (ends_otherwise(pattern, headword))
		return false;
	/* of one that has to begin so, no more is read than can decide */
	if (!split(&words, &folded, folder, headword, matching->begins ? count + 1 : MAX_WORDS))
		return false;
	if (pattern->matching == CHARINDEX_MATCH_WORDS)
		return has_words(pattern, &words);
	if (words.count < count || (matching->begins && matching->ends && words.count > count))
		return false;
	last = matching->begins ? 0 : words.count - count;
	for (uint32_t at = matching->ends ? last : 0; at <= last; at++)
		if (agrees_at(pattern, &words, at))
			return true;
	return false;
}
