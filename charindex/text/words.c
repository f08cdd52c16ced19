/* words.c - hides what a word is: runs of letters, numbers and `_`, which is what
 * Python's \w matches, in upper case. ASCII is done by table, the rest by ICU. */
#include "words.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

/* The upper-case form of each ASCII word character, 0 for all else. */
/* clang-format off */
static const char ascii_word[256] = {
	['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6',
	['7'] = '7', ['8'] = '8', ['9'] = '9', ['_'] = '_',
	['A'] = 'A', ['B'] = 'B', ['C'] = 'C', ['D'] = 'D', ['E'] = 'E', ['F'] = 'F', ['G'] = 'G',
	['H'] = 'H', ['I'] = 'I', ['J'] = 'J', ['K'] = 'K', ['L'] = 'L', ['M'] = 'M', ['N'] = 'N',
	['O'] = 'O', ['P'] = 'P', ['Q'] = 'Q', ['R'] = 'R', ['S'] = 'S', ['T'] = 'T', ['U'] = 'U',
	['V'] = 'V', ['W'] = 'W', ['X'] = 'X', ['Y'] = 'Y', ['Z'] = 'Z',
	['a'] = 'A', ['b'] = 'B', ['c'] = 'C', ['d'] = 'D', ['e'] = 'E', ['f'] = 'F', ['g'] = 'G',
	['h'] = 'H', ['i'] = 'I', ['j'] = 'J', ['k'] = 'K', ['l'] = 'L', ['m'] = 'M', ['n'] = 'N',
	['o'] = 'O', ['p'] = 'P', ['q'] = 'Q', ['r'] = 'R', ['s'] = 'S', ['t'] = 'T', ['u'] = 'U',
	['v'] = 'V', ['w'] = 'W', ['x'] = 'X', ['y'] = 'Y', ['z'] = 'Z',
};
/* clang-format on */

static char
upper_ascii_word(char c)
{
	return ascii_word[(unsigned char)c];
}

static bool
is_word_category(const struct charindex *ci, UChar32 c)
{
	return c >= 0 &&
	    (U_MASK(charindex_category(ci, (uint32_t)c)) & (U_GC_L_MASK | U_GC_N_MASK)) != 0;
}

/* The bytes of the word character at `text`, which is not ASCII, or 0 if it is none. */
static size_t
word_character_beyond_ascii(const struct charindex *ci, const char *text, const char *end)
{
	const uint8_t *s = (const uint8_t *)text;
	size_t i = 0, length = (size_t)(end - text);
	UChar32 c;

	if (ci == NULL)
		return 0;
	U8_NEXT(s, i, length, c);
	return is_word_category(ci, c) ? i : 0;
}

/* The bytes of the word character at `text`, or 0 if there is none. */
static inline size_t
word_character(const struct charindex *ci, const char *text, const char *end)
{
	if (text == end)
		return 0;
	if ((unsigned char)*text < 0x80)
		return upper_ascii_word(*text) != 0;
	return word_character_beyond_ascii(ci, text, end);
}

/* What separates words: one character, or one bad byte sequence. */
static inline size_t
separator(const char *text, const char *end)
{
	const uint8_t *s = (const uint8_t *)text;
	size_t i = 0, length = (size_t)(end - text);

	U8_FWD_1(s, i, length);
	return i;
}

/* The word from `begin` on, which has other than ASCII in it or is very long. */
static const char *
read_any_word(const struct word_reader *reader, const char *begin, struct word *word)
{
	UErrorCode status = U_ZERO_ERROR;
	const char *end = begin;
	size_t step;
	int32_t length;

	while ((step = word_character(reader->ci, end, reader->end)) > 0)
		end += step;
	if (reader->ci == NULL) {
		word->length = FORMAT_MAX_WORD + 1;
		return end;
	}
	length = ucasemap_utf8ToUpper(reader->ci->casemap, word->text, FORMAT_MAX_WORD, begin,
	    (int32_t)(end - begin), &status);
	word->length = U_FAILURE(status) ? FORMAT_MAX_WORD + 1 : (size_t)length;
	if (word->length <= FORMAT_MAX_WORD)
		word->hash = format_hash(word->text, word->length);
	return end;
}

bool
word_reader_next(struct word_reader *reader, struct word *word)
{
	const char *text = reader->text, *end = reader->end, *begin;
	uint32_t hash = FORMAT_HASH_START;
	size_t length, most;
	char upper;

	while (text < end && word_character(reader->ci, text, end) == 0)
		text += separator(text, end);
	begin = reader->text = text;
	if (text == end)
		return false;
	memset(word->text, 0, FORMAT_PREFIX);
	most = end - begin < FORMAT_MAX_WORD ? (size_t)(end - begin) : FORMAT_MAX_WORD;
	for (length = 0; length < most && (upper = upper_ascii_word(begin[length])) != 0; length++) {
		word->text[length] = upper;
		hash = format_hash_byte(hash, (unsigned char)upper);
	}
	if (word_character(reader->ci, begin + length, end) > 0) {
		reader->text = read_any_word(reader, begin, word);
	} else {
		word->length = length;
		word->hash = format_hash_end(hash);
		reader->text = begin + length;
	}
	return true;
}

static const char *const ideograph_prefixes[] = {
	"CJK UNIFIED IDEOGRAPH-",
	"CJK COMPATIBILITY IDEOGRAPH-",
};

size_t
words_indexed_length(const char *name, size_t length)
{
	for (size_t i = 0; i < sizeof(ideograph_prefixes) / sizeof(ideograph_prefixes[0]); i++) {
		size_t prefix = strlen(ideograph_prefixes[i]);

		if (length > prefix && memcmp(name, ideograph_prefixes[i], prefix) == 0)
			return prefix;
	}
	return length;
}
