/* naive.c - hides UTF-8, white space and words, without the tables of the library. */
#include "naive.h"

#include <unicode/uchar.h>
#include <unicode/ustring.h>

#include "charindex.h"
#include "fuzz.h"

uint32_t
naive_character(const char *text, const char *end, size_t *size)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char first = (unsigned char)*text;
	size_t length = first < 0x80 ? 1
	    : first < 0xC0           ? 0
	    : first < 0xE0           ? 2
	    : first < 0xF0           ? 3
	    : first < 0xF8           ? 4
	                             : 0;
	uint32_t c = length == 1 ? first : length == 0 ? 0 : first & (0x7Fu >> length);

	*size = 1;
	if (length == 0 || (size_t)(end - text) < length)
		return UINT32_MAX;
	for (size_t i = 1; i < length; i++) {
		if (((unsigned char)text[i] & 0xC0) != 0x80)
			return UINT32_MAX;
		c = c << 6 | ((unsigned char)text[i] & 0x3F);
	}
	if (c < least[length] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
		return UINT32_MAX;
	*size = length;
	return c;
}

bool
naive_is_utf8(const char *text, size_t length)
{
	const char *end = text + length;
	size_t size;

	for (; text < end; text += size)
		if (naive_character(text, end, &size) == UINT32_MAX)
			return false;
	return true;
}

/* ---- white space --------------------------------------------------------------- */

bool
naive_is_space(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} spaces[] = {
		{ 0x09, 0x0D },
		{ 0x1C, 0x20 },
		{ 0x85, 0x85 },
		{ 0xA0, 0xA0 },
		{ 0x1680, 0x1680 },
		{ 0x2000, 0x200A },
		{ 0x2028, 0x2029 },
		{ 0x202F, 0x202F },
		{ 0x205F, 0x205F },
		{ 0x3000, 0x3000 },
	};

	for (size_t i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++)
		if (c >= spaces[i].first && c <= spaces[i].last)
			return true;
	return false;
}

const char *
naive_strip(const char *text, size_t *length)
{
	const char *end = text + *length, *begin = NULL, *after = text;
	size_t size;

	for (const char *at = text; at < end; at += size) {
		if (naive_is_space(naive_character(at, end, &size)))
			continue;
		if (begin == NULL)
			begin = at;
		after = at + size;
	}
	if (begin == NULL)
		begin = after = end;
	*length = (size_t)(after - begin);
	return begin;
}

/* ---- words --------------------------------------------------------------------- */

static bool
is_word_character(const struct charindex *ci, uint32_t c)
{
	if (c < 0x80)
		return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
		    (c >= 'a' && c <= 'z');
	return c <= 0x10FFFF && (U_MASK(charindex_category(ci, c)) & (U_GC_L_MASK | U_GC_N_MASK)) != 0;
}

/* Writes the upper case of `length` bytes of valid UTF-8 to `out`, by way of UTF-16;
 * returns how many bytes. No character becomes longer than thrice what it was. */
static size_t
put_upper_case(const char *word, size_t length, char *out)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t units = 0, upper_units, bytes = 0;
	UChar *wide = malloc((length + 1) * sizeof(*wide));
	UChar *upper = malloc((3 * length + 1) * sizeof(*upper));

	FUZZ_HOLDS(wide != NULL && upper != NULL);
	u_strFromUTF8(wide, (int32_t)length, &units, word, (int32_t)length, &status);
	upper_units = u_strToUpper(upper, (int32_t)(3 * length), wide, units, "", &status);
	u_strToUTF8(out, (int32_t)(3 * length), &bytes, upper, upper_units, &status);
	FUZZ_HOLDS(U_SUCCESS(status));
	free(wide);
	free(upper);
	return (size_t)bytes;
}

void
naive_words_of(struct naive_words *words, const struct charindex *ci, const char *query,
    size_t length)
{
	const char *end = query + length, *begin = NULL;
	size_t size, used = 0;

	*words = (struct naive_words){ .text = malloc(4 * length + 1) };
	FUZZ_HOLDS(words->text != NULL);
	for (const char *at = query; at <= end; at += size) {
		bool inside = at < end && is_word_character(ci, naive_character(at, end, &size));

		if (at == end)
			size = 1;
		if (inside && begin == NULL)
			begin = at;
		if (inside || begin == NULL)
			continue;
		used += put_upper_case(begin, (size_t)(at - begin), words->text + used);
		words->text[used++] = '\0';
		words->count++;
		begin = NULL;
	}
}

void
naive_words_release(struct naive_words *words)
{
	free(words->text);
	*words = (struct naive_words){ 0 };
}

/* The part of a name that has words: of an ideograph, all but its code point. */
static size_t
length_with_words(const char *name, size_t length)
{
	static const char *const prefixes[] = {
		"CJK UNIFIED IDEOGRAPH-",
		"CJK COMPATIBILITY IDEOGRAPH-",
	};

	for (int i = 0; i < 2; i++)
		if (strlen(prefixes[i]) < length && strncmp(name, prefixes[i], strlen(prefixes[i])) == 0)
			return strlen(prefixes[i]);
	return length;
}

/* A letter of a name, which is ASCII, in upper case; 0 for what separates words. */
static char
word_letter(char c)
{
	if (c >= 'a' && c <= 'z')
		return (char)(c - 'a' + 'A');
	return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ? c : '\0';
}

static bool
name_has(const char *name, size_t length, const char *word)
{
	for (size_t begin = 0; begin < length; begin++) {
		size_t i = 0;

		if (begin > 0 && word_letter(name[begin - 1]) != '\0')
			continue;
		while (begin + i < length && word[i] != '\0' && word_letter(name[begin + i]) == word[i])
			i++;
		if (word[i] == '\0' && (begin + i == length || word_letter(name[begin + i]) == '\0'))
			return true;
	}
	return false;
}

bool
naive_row_matches(const char *row, size_t length, const struct naive_words *words)
{
	const char *end = row + length - strlen("\r\n"), *name = row, *word = words->text;

	while (end[-1] != '\t' && memchr(name, '\t', (size_t)(end - name)) != NULL)
		name = (const char *)memchr(name, '\t', (size_t)(end - name)) + 1;
	length = length_with_words(name, (size_t)(end - name));
	for (size_t i = 0; i < words->count; i++) {
		if (!name_has(name, length, word))
			return false;
		word += strlen(word) + 1;
	}
	return words->count > 0;
}
