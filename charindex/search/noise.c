/* noise.c - the tables of words that people add to what they look for: what all characters are, and
 * what joins words. */
#include "noise.h"

#include <string.h>

/* clang-format off */
static const char *const words[] = {
	"emoji", "emojis", "emoticon", "symbol", "symbols", "icon", "icons", "sign", "signs",
	"character", "characters", "char", "glyph", "unicode", "a", "an",
	/* German */
	"zeichen", "schriftzeichen", "der", "die", "das", "ein", "eine",
	/* French */
	"symbole", "caract\u00E8re", "ic\u00F4ne", "signe", "le", "la", "un", "une", "de", "du",
	/* Spanish, Portuguese, Italian */
	"s\u00EDmbolo", "icono", "\u00EDcone", "signo", "car\u00E1cter", "simbolo", "icona", "segno", "el", "il",
	"del", "della", "di", "do", "da",
	/* Dutch, Polish, Turkish, Vietnamese */
	"symbool", "teken", "znak", "simge", "simgesi", "sembol\u00FC",
	/* Russian, Ukrainian */
	"\u0437\u043D\u0430\u043A", "\u0441\u0438\u043C\u0432\u043E\u043B", "\u0437\u043D\u0430\u0447\u043E\u043A",
	"\u044D\u043C\u043E\u0434\u0437\u0438", "\u044D\u043C\u043E\u0434\u0436\u0438",
	/* Japanese, folded to hiragana, Chinese, Korean */
	"\u8A18\u53F7", "\u7D75\u6587\u5B57", "\u306E", "\u7B26\u53F7", "\u7B26\u865F", "\u8868\u60C5", "\u56FE\u6807",
	"\u7684", "\uAE30\uD638", "\uC774\uBAA8\uC9C0",
};

/* No syllables of any script are called so. */
static const char *const joining[] = { "the", "for", "of" };
/* clang-format on */

#define COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))

static bool
is_one_of(const char *const *table, size_t count, const char *word, size_t length)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(table[i]) == length && memcmp(table[i], word, length) == 0)
			return true;
	return false;
}

bool
noise_joins(const char *word, size_t length)
{
	return is_one_of(joining, COUNT_OF(joining), word, length);
}

bool
noise_is(const char *word, size_t length)
{
	return is_one_of(words, COUNT_OF(words), word, length) || noise_joins(word, length);
}
