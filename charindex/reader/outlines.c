/* outlines.c - one number for each word. */
#include "outlines.h"

#include <stdlib.h>
#include <unicode/utf8.h>

#include "ascii.h"
#include "dictionary.h"
#include "lazy.h"

uint64_t
outline_bit(uint32_t code_point)
{
	uint32_t c = code_point < 0x80 ? (unsigned char)ascii_lower((char)code_point) : code_point;

	return (uint64_t)1 << (c & 63);
}

static uint64_t
outline_of(const char *text, size_t length)
{
	const uint8_t *s = (const uint8_t *)text;
	uint64_t outline = 0;
	size_t at = 0;

	while (at < length) {
		UChar32 c;

		U8_NEXT_OR_FFFD(s, at, length, c);
		outline |= outline_bit((uint32_t)c);
	}
	return outline;
}

static void *
make_of_names(const void *arg)
{
	const struct charindex *ci = arg;
	uint64_t *made = malloc((ci->term_count + (size_t)1) * sizeof(*made));

	for (uint32_t n = 0; made != NULL && n < ci->term_count; n++) {
		struct charindex_word word = charindex_word(ci, n);

		made[n] = outline_of(word.text, word.length);
	}
	return made;
}

static void *
make_of_dictionary(const void *arg)
{
	const struct dictionary *dictionary = arg;
	uint64_t *made = malloc((dictionary->term_count + (size_t)1) * sizeof(*made));

	for (uint32_t n = 0; made != NULL && n < dictionary->term_count; n++) {
		struct charindex_text word = dictionary_word(dictionary, n);

		made[n] = outline_of(word.bytes, word.length);
	}
	return made;
}

const uint64_t *
outlines_of_names(const struct charindex *ci)
{
	return lazy_get(ci->lazy, LAZY_OUTLINES, LAZY_NAMES, 0, make_of_names, ci);
}

const uint64_t *
outlines_of_dictionary(const struct dictionary *dictionary)
{
	return lazy_get(dictionary->ci->lazy, LAZY_OUTLINES, LAZY_DICTIONARY(dictionary->number), 0,
	    make_of_dictionary, dictionary);
}
