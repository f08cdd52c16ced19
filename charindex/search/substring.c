/* substring.c - a word looked for by its first and last byte, sixteen places at a time: that is
 * four times as fast as memmem() for words of a few letters. */
#include "substring.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "ascii.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

const char *
substring_find_plain(const char *at, const char *end, const char *word, size_t length)
{
	return memmem(at, (size_t)(end - at), word, length);
}

static bool
is_word_in_any_case(const char *at, const char *word, size_t length)
{
	size_t i = 0;

	while (i < length && ascii_lower(at[i]) == word[i])
		i++;
	return i == length;
}

const char *
substring_find_any_case_plain(const char *at, const char *end, const char *word, size_t length)
{
	for (; (size_t)(end - at) >= length; at++)
		if (is_word_in_any_case(at, word, length))
			return at;
	return NULL;
}

#ifdef __SSE2__

/* Bytes that are looked at together. */
#define PLACES 16

/* A bit for each of sixteen places that begins, and `length` - 1 bytes on ends, as the word does; the
 * bits of `fold` do not matter. */
static inline unsigned
places(const char *at, const char *word, size_t length, char fold)
{
	__m128i begins = _mm_loadu_si128((const __m128i *)(const void *)at);
	__m128i ends = _mm_loadu_si128((const __m128i *)(const void *)(at + length - 1));
	__m128i first = _mm_set1_epi8((char)(word[0] | fold));
	__m128i last = _mm_set1_epi8((char)(word[length - 1] | fold));
	__m128i folded = _mm_set1_epi8(fold);

	begins = _mm_cmpeq_epi8(_mm_or_si128(begins, folded), first);
	ends = _mm_cmpeq_epi8(_mm_or_si128(ends, folded), last);
	return (unsigned)_mm_movemask_epi8(_mm_and_si128(begins, ends));
}

const char *
substring_find(const char *at, const char *end, const char *word, size_t length)
{
	for (; (size_t)(end - at) >= PLACES + length - 1; at += PLACES)
		for (unsigned bits = places(at, word, length, 0); bits != 0; bits &= bits - 1) {
			const char *place = at + __builtin_ctz(bits);

			if (memcmp(place, word, length) == 0)
				return place;
		}
	return substring_find_plain(at, end, word, length);
}

/* Letters differ from their capitals in one bit; what else does is told apart afterwards. */
const char *
substring_find_any_case(const char *at, const char *end, const char *word, size_t length)
{
	for (; (size_t)(end - at) >= PLACES + length - 1; at += PLACES)
		for (unsigned bits = places(at, word, length, 'a' ^ 'A'); bits != 0; bits &= bits - 1) {
			const char *place = at + __builtin_ctz(bits);

			if (is_word_in_any_case(place, word, length))
				return place;
		}
	return substring_find_any_case_plain(at, end, word, length);
}

#else

const char *
substring_find(const char *at, const char *end, const char *word, size_t length)
{
	return substring_find_plain(at, end, word, length);
}

const char *
substring_find_any_case(const char *at, const char *end, const char *word, size_t length)
{
	return substring_find_any_case_plain(at, end, word, length);
}

#endif
