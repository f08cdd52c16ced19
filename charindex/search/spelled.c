/* spelled.c - tables of numbers and of vowels. */
#include "spelled.h"

#include <string.h>

#include "ascii.h"

static bool
append(struct folded *out, const char *word, size_t length)
{
	if (length > sizeof(out->bytes) - out->used || out->count == FOLD_MAX_WORDS)
		return false;
	memcpy(out->bytes + out->used, word, length);
	out->word[out->count++] =
	    (struct folded_word){ .offset = (uint16_t)out->used, .length = (uint16_t)length };
	out->used += length;
	return true;
}

/* ---- numbers -------------------------------------------------------------------------------- */

static bool
append_string(struct folded *out, const char *word)
{
	return append(out, word, strlen(word));
}

static bool
append_number(struct folded *out, unsigned number)
{
	static const char *const small[] = { "zero", "one", "two", "three", "four", "five", "six",
		"seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
		"sixteen", "seventeen", "eighteen", "nineteen" };
	static const char *const tens[] = { "", "", "twenty", "thirty", "forty", "fifty", "sixty",
		"seventy", "eighty", "ninety" };

	if (number >= 1000)
		return append_number(out, number / 1000) && append_string(out, "thousand");
	if (number >= 100)
		return append_number(out, number / 100) && append_string(out, "hundred");
	if (number < 20)
		return append_string(out, small[number]);
	return append_string(out, tens[number / 10]) &&
	    (number % 10 == 0 || append_string(out, small[number % 10]));
}

/* A number as names spell them: up to 99, and whole hundreds and thousands. */
static bool
read_number(const char *word, size_t length, unsigned *number)
{
	enum { MOST_DIGITS = 6 };

	*number = 0;
	if (length > MOST_DIGITS || (length > 1 && word[0] == '0'))
		return false;
	for (size_t i = 0; i < length; i++) {
		if (!ascii_is_digit(word[i]))
			return false;
		*number = *number * 10 + (unsigned)(word[i] - '0');
	}
	if (*number >= 1000)
		return *number % 1000 == 0 && *number / 1000 < 100;
	return length > 0 && (*number < 100 || *number % 100 == 0);
}

/* ---- syllables ------------------------------------------------------------------------------ */

/* Vowels of Pinyin, and what they are with each tone, from 1. */
static const struct {
	const char *vowel, *toned[4];
} vowels[] = {
	{ "a", { "\u0101", "\u00E1", "\u01CE", "\u00E0" } },
	{ "e", { "\u0113", "\u00E9", "\u011B", "\u00E8" } },
	{ "i", { "\u012B", "\u00ED", "\u01D0", "\u00EC" } },
	{ "o", { "\u014D", "\u00F3", "\u01D2", "\u00F2" } },
	{ "u", { "\u016B", "\u00FA", "\u01D4", "\u00F9" } },
	{ "\u00FC", { "\u01D6", "\u01D8", "\u01DA", "\u01DC" } },
	{ "v", { "\u01D6", "\u01D8", "\u01DA", "\u01DC" } },
};

#define VOWELS ((int)(sizeof(vowels) / sizeof(vowels[0])))

/* The vowel that stands at the place: VOWELS if there is none. */
static unsigned
vowel_at(const char *at, const char *end)
{
	unsigned n = 0;

	while (n < VOWELS &&
	    ((size_t)(end - at) < strlen(vowels[n].vowel) ||
	        memcmp(at, vowels[n].vowel, strlen(vowels[n].vowel)) != 0))
		n++;
	return n;
}

/* Where the tone is written: at an a or e, the o of ou, or else the last vowel. NULL: nowhere. */
static const char *
place_of_tone(const char *word, const char *end)
{
	const char *last = NULL;

	for (const char *at = word; at < end; at++) {
		if (*at == 'a' || *at == 'e' || (*at == 'o' && at + 1 < end && at[1] == 'u'))
			return at;
		if (vowel_at(at, end) < VOWELS)
			last = at;
	}
	return last;
}

/* "xiao4", without its tone. */
static bool
is_syllable(const char *word, size_t length)
{
	enum { MOST_LETTERS = 7 };

	if (length < 3 || length > MOST_LETTERS + 1 || word[length - 1] < '1' || word[length - 1] > '4')
		return false;
	for (size_t i = 0; i + 1 < length; i++)
		if ((word[i] < 'a' || word[i] > 'z') && vowel_at(word + i, word + length) == VOWELS &&
		    (i == 0 || vowel_at(word + i - 1, word + length) == VOWELS))
			return false;
	return true;
}

static bool
append_syllable(struct folded *out, const char *word, size_t length)
{
	const char *end = word + length - 1, *place = place_of_tone(word, end);
	unsigned vowel = vowel_at(place, end);
	const char *toned = vowels[vowel].toned[*end - '1'],
	           *rest = place + strlen(vowels[vowel].vowel);
	char syllable[32];
	size_t size = 0;

	memcpy(syllable, word, (size_t)(place - word));
	size += (size_t)(place - word);
	memcpy(syllable + size, toned, strlen(toned));
	size += strlen(toned);
	memcpy(syllable + size, rest, (size_t)(end - rest));
	return append(out, syllable, size + (size_t)(end - rest));
}

enum spelled
spelled_words(const struct folded_words *words, struct folded *out)
{
	enum spelled spelled = SPELLED_NOTHING;
	bool room = true;

	out->count = 0;
	out->used = 0;
	out->ascii = false;
	for (uint32_t i = 0; i < words->count && room; i++) {
		const char *word = words->bytes + words->word[i].offset;
		size_t length = words->word[i].length;
		unsigned number;

		if (read_number(word, length, &number)) {
			room = append_number(out, number);
			spelled = spelled == SPELLED_NOTHING ? SPELLED_NUMBERS : spelled;
		} else if (is_syllable(word, length) && place_of_tone(word, word + length - 1) != NULL) {
			room = append_syllable(out, word, length);
			spelled = SPELLED_READINGS;
		} else {
			room = append(out, word, length);
		}
	}
	return room ? spelled : SPELLED_NOTHING;
}
