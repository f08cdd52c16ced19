/* singular.c - English plurals: a table of endings, and one of words that have none of them. Nothing
 * tells whether a word is one, so that what comes out is looked for besides the word, and most often
 * not found. */
#include "singular.h"

#include <string.h>

struct ending {
	const char *plural, *singular;
	size_t least; /* letters that stand before it at least */
};

/* clang-format off */
static const struct ending endings[] = {
	{ "ss", "ss", 0 }, { "us", "us", 0 }, { "is", "is", 0 },	/* none */
	{ "ies", "y", 2 }, { "oes", "o", 2 }, { "ches", "ch", 1 }, { "shes", "sh", 1 }, { "sses", "ss", 1 },
	{ "xes", "x", 1 }, { "lves", "lf", 1 }, { "aves", "af", 1 }, { "ives", "ife", 1 }, { "s", "", 2 },
	{ "men", "man", 0 }, { "children", "child", 0 }, { "people", "person", 0 }, { "feet", "foot", 0 },
	{ "teeth", "tooth", 0 }, { "geese", "goose", 0 }, { "mice", "mouse", 0 }, { "dice", "die", 0 },
};
/* clang-format on */

static const struct ending *
ending_of(const char *word, size_t length)
{
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t size = strlen(endings[i].plural);

		if (length >= size + endings[i].least &&
		    memcmp(word + length - size, endings[i].plural, size) == 0)
			return &endings[i];
	}
	return NULL;
}

/* Appends a word to `out`, whose bytes have room for no more than those of a text. */
static bool
append(struct folded *out, const char *word, size_t length, const char *ending)
{
	size_t size = strlen(ending), all = length + size;

	if (out->used + all > sizeof(out->bytes))
		return false;
	memcpy(out->bytes + out->used, word, length);
	memcpy(out->bytes + out->used + length, ending, size);
	out->word[out->count++] =
	    (struct folded_word){ .offset = (uint16_t)out->used, .length = (uint16_t)all };
	out->used += all;
	return true;
}

bool
singular_words(const struct folded_words *words, struct folded *out)
{
	bool any = false;

	out->count = 0;
	out->used = 0;
	out->ascii = false;
	for (uint32_t i = 0; i < words->count; i++) {
		const char *word = words->bytes + words->word[i].offset;
		size_t length = words->word[i].length;
		const struct ending *ending = ending_of(word, length);
		size_t stem = ending != NULL ? length - strlen(ending->plural) : length;

		if (!append(out, word, stem, ending != NULL ? ending->singular : ""))
			return false;
		any |= ending != NULL && strcmp(ending->plural, ending->singular) != 0;
	}
	return any;
}
