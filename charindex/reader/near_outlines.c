/* near_outlines.c - outlines compared with one, sixteen at a time: hardly any is near. */
#include "near_outlines.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

uint32_t
near_outline_plain(const uint32_t *outlines, uint32_t at, uint32_t end, uint32_t outline,
    unsigned most)
{
	while (at < end && !are_sets_near(outlines[at], outline, most))
		at++;
	return at;
}

#ifdef __SSE2__

/* Outlines of a register, and those that are looked at together. */
enum { LANES = 4, TOGETHER = 4 * LANES };

/* All but `most` members of each set. */
static inline __m128i
without_few(__m128i sets, unsigned most)
{
	for (; most > 0; most--)
		sets = _mm_and_si128(sets, _mm_add_epi32(sets, _mm_set1_epi32(-1)));
	return sets;
}

/* Lanes of ones where the outline is near. */
static inline __m128i
near_lanes(const uint32_t *outlines, __m128i wanted, unsigned most)
{
	__m128i sets = _mm_loadu_si128((const __m128i *)(const void *)outlines);
	__m128i more = without_few(_mm_andnot_si128(wanted, sets), most);
	__m128i less = without_few(_mm_andnot_si128(sets, wanted), most);

	return _mm_cmpeq_epi32(_mm_or_si128(more, less), _mm_setzero_si128());
}

static inline bool
any_is_near(const uint32_t *outlines, __m128i wanted, unsigned most)
{
	__m128i near = _mm_setzero_si128();

	for (int i = 0; i < TOGETHER; i += LANES)
		near = _mm_or_si128(near, near_lanes(outlines + i, wanted, most));
	return _mm_movemask_epi8(near) != 0;
}

/* With a number that the compiler knows, so that nothing is counted. */
static inline uint32_t
skip(const uint32_t *outlines, uint32_t at, uint32_t end, uint32_t outline, unsigned most)
{
	__m128i wanted = _mm_set1_epi32((int)outline);

	while (end - at >= TOGETHER && !any_is_near(outlines + at, wanted, most))
		at += TOGETHER;
	return at;
}

uint32_t
near_outline(const uint32_t *outlines, uint32_t at, uint32_t end, uint32_t outline, unsigned most)
{
	if (at < end && most == 1)
		at = skip(outlines, at, end, outline, 1);
	else if (at < end && most == 2)
		at = skip(outlines, at, end, outline, 2);
	return near_outline_plain(outlines, at, end, outline, most);
}

#else

uint32_t
near_outline(const uint32_t *outlines, uint32_t at, uint32_t end, uint32_t outline, unsigned most)
{
	return near_outline_plain(outlines, at, end, outline, most);
}

#endif
