/* outlines.c - made when they are first needed, and then shared: a server whose clients make no mistakes
 * never has them. */
#include "outlines.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <unicode/utf8.h>

#include "ascii.h"
#include "dictionary.h"

struct outlines {
	uint32_t dictionaries;
	_Atomic(uint64_t *) of[]; /* the names, then each dictionary; NULL: not yet */
};

struct outlines *
outlines_new(uint32_t dictionaries)
{
	struct outlines *outlines =
	    calloc(1, sizeof(*outlines) + (dictionaries + (size_t)1) * sizeof(outlines->of[0]));

	if (outlines != NULL)
		outlines->dictionaries = dictionaries;
	return outlines;
}

void
outlines_free(struct outlines *outlines)
{
	if (outlines == NULL)
		return;
	for (uint32_t n = 0; n <= outlines->dictionaries; n++)
		free(atomic_load(&outlines->of[n]));
	free(outlines);
}

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

/* Another thread may have made them meanwhile: they are the same, and one is enough. */
static const uint64_t *
publish(_Atomic(uint64_t *) *place, uint64_t *made)
{
	uint64_t *theirs = NULL;

	if (atomic_compare_exchange_strong(place, &theirs, made))
		return made;
	free(made);
	return theirs;
}

const uint64_t *
outlines_of_names(const struct charindex *ci)
{
	uint64_t *made = atomic_load(&ci->outlines->of[0]);

	if (made != NULL)
		return made;
	made = malloc((ci->term_count + (size_t)1) * sizeof(*made));
	for (uint32_t n = 0; made != NULL && n < ci->term_count; n++) {
		struct charindex_word word = charindex_word(ci, n);

		made[n] = outline_of(word.text, word.length);
	}
	return made != NULL ? publish(&ci->outlines->of[0], made) : NULL;
}

const uint64_t *
outlines_of_dictionary(const struct dictionary *dictionary, uint32_t n)
{
	struct outlines *outlines = dictionary->ci->outlines;
	uint64_t *made = atomic_load(&outlines->of[n + 1]);

	if (made != NULL)
		return made;
	made = malloc((dictionary->term_count + (size_t)1) * sizeof(*made));
	for (uint32_t i = 0; made != NULL && i < dictionary->term_count; i++) {
		struct charindex_text word = dictionary_word(dictionary, i);

		made[i] = outline_of(word.bytes, word.length);
	}
	return made != NULL ? publish(&outlines->of[n + 1], made) : NULL;
}
