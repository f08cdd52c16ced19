/* identify.c - hides how sequences are recognised: extra rows are in the order of their text,
 * so the longest that a text begins with is found by halving. */
#include "identify.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "binary_property.h"
#include "lower_bound.h"

static struct charindex_text
sequence_text(const struct charindex *ci, uint32_t row)
{
	struct charindex_text text = extra_row_text(ci, row);
	const char *begin = memchr(text.bytes, '\t', text.length), *end;

	if (begin == NULL)
		return (struct charindex_text){ "", 0 };
	begin++;
	end = memchr(begin, '\t', (size_t)(text.bytes + text.length - begin));
	return (struct charindex_text){ begin, end != NULL ? (size_t)(end - begin) : 0 };
}

static size_t
common_length(struct charindex_text a, const char *b, size_t length)
{
	size_t n = 0;

	while (n < a.length && n < length && a.bytes[n] == b[n])
		n++;
	return n;
}

static bool
is_above(const struct charindex *ci, uint32_t row, const char *text, size_t length)
{
	struct charindex_text sequence = sequence_text(ci, row);
	size_t n = common_length(sequence, text, length);

	return n < sequence.length &&
	    (n == length || (unsigned char)sequence.bytes[n] > (unsigned char)text[n]);
}

/* The last of the rows from `low` to `high` whose text is not above the first `length` bytes at
 * `text`; `low` - 1 if there is none. */
static uint32_t
last_not_above(const struct charindex *ci, uint32_t low, uint32_t high, const char *text,
    size_t length)
{
	LOWER_BOUND(low, high, i, !is_above(ci, i, text, length));
	return low - 1;
}

/* The longest sequence that the text, whose first character is `c`, begins with: its row, and
 * *size; CHARINDEX_NO_ROW if there is none. */
static uint32_t
find_sequence(const struct charindex *ci, uint32_t c, const char *text, size_t length, size_t *size)
{
	uint32_t end = extra_all_rows(ci);
	uint32_t low = extra_first_row(ci, ci->row_count, end, c);
	uint32_t high = extra_first_row(ci, low, end, c + 1);

	while (low < high && length > 0) {
		uint32_t row = last_not_above(ci, low, high, text, length);
		struct charindex_text sequence;

		if (row < low || row >= high)
			break;
		sequence = sequence_text(ci, row);
		if (sequence.length > 0 && common_length(sequence, text, length) == sequence.length) {
			*size = sequence.length;
			return row;
		}
		/* what is shorter agrees with what this one does */
		length = common_length(sequence, text, length);
		high = row;
	}
	return CHARINDEX_NO_ROW;
}

uint32_t
identify_sequence(const struct charindex *ci, const char *text, size_t length)
{
	uint32_t row;
	size_t at = 0, size;
	UChar32 c;

	if (length == 0)
		return CHARINDEX_NO_ROW;
	U8_NEXT_OR_FFFD((const uint8_t *)text, at, length, c);
	row = find_sequence(ci, (uint32_t)c, text, length, &size);
	return row != CHARINDEX_NO_ROW && size == length ? row : CHARINDEX_NO_ROW;
}

/* ---- sequences that have been shortened ------------------------------------------------- */

#define EMOJI_SELECTOR "\xEF\xB8\x8F" /* U+FE0F */

static bool
continues_with(const char *text, size_t length, const char *next)
{
	return length >= strlen(next) && memcmp(text, next, strlen(next)) == 0;
}

/* Is U+FE0F missing after `c`, which a joiner stands before, or `rest` after? UTS #51 calls such
 * sequences minimally or not qualified; the index has them as they should be. */
static bool
needs_selector(const struct charindex *ci, uint32_t c, bool joined, const char *rest, size_t length)
{
	static const char joiner[] = "\xE2\x80\x8D", keycap[] = "\xE2\x83\xA3";

	return binary_is(ci, BINARY_EMOJI, c) && !binary_is(ci, BINARY_EMOJI_PRESENTATION, c) &&
	    !continues_with(rest, length, EMOJI_SELECTOR) &&
	    (joined || continues_with(rest, length, joiner) || continues_with(rest, length, keycap));
}

/* A copy of the text with the selectors that are missing, of *out_length bytes, which the caller
 * frees. NULL without memory. */
static char *
qualify(const struct charindex *ci, const char *text, size_t length, size_t *out_length)
{
	enum { SELECTOR_SIZE = sizeof(EMOJI_SELECTOR) - 1 };
	const uint8_t *s = (const uint8_t *)text;
	char *out = malloc(length + length * SELECTOR_SIZE + 1);
	bool joined = false;
	size_t at = 0, used = 0;

	while (out != NULL && at < length) {
		size_t begin = at;
		UChar32 c;

		U8_NEXT(s, at, length, c);
		memcpy(out + used, text + begin, at - begin);
		used += at - begin;
		if (c >= 0 && needs_selector(ci, (uint32_t)c, joined, text + at, length - at)) {
			memcpy(out + used, EMOJI_SELECTOR, SELECTOR_SIZE);
			used += SELECTOR_SIZE;
		}
		joined = c == 0x200D;
	}
	*out_length = used;
	return out;
}

/* Adds the sequences and the characters of `text`, which is `whole` but for selectors. */
static bool
identify(struct hits *hits, const char *text, size_t length, const char *whole, size_t whole_length,
    enum charindex_source source)
{
	const uint8_t *s = (const uint8_t *)text;
	size_t at = 0, whole_at = 0, sequence_end = 0;

	hits->work += WORK_OF_FOLDING(length);
	while (at < length) {
		size_t begin = at, size = 0;
		uint32_t row = CHARINDEX_NO_ROW;
		UChar32 c;

		U8_NEXT(s, at, length, c);
		if (c >= 0 && whole_at >= sequence_end)
			row = find_sequence(hits->ci, (uint32_t)c, whole + whole_at, whole_length - whole_at,
			    &size);
		if (row != CHARINDEX_NO_ROW) {
			sequence_end = whole_at + size;
			if (!hits_add_row(hits, row, source))
				return false;
		}
		if (c >= 0 && !hits_add_code(hits, (uint32_t)c, source))
			return false;
		whole_at += at - begin;
		if (continues_with(whole + whole_at, whole_length - whole_at, EMOJI_SELECTOR) &&
		    !continues_with(text + at, length - at, EMOJI_SELECTOR))
			whole_at += strlen(EMOJI_SELECTOR);
	}
	return true;
}

bool
identify_text(struct hits *hits, const char *text, size_t length, enum charindex_source source)
{
	size_t whole_length;
	char *whole = qualify(hits->ci, text, length, &whole_length);
	bool done = whole != NULL && identify(hits, text, length, whole, whole_length, source);

	free(whole);
	return done;
}

bool
identify_is_one_letter(const struct charindex *ci, const char *text, size_t length,
    uint32_t *letter)
{
	size_t at = 0;
	UChar32 c;

	U8_NEXT((const uint8_t *)text, at, length, c);
	if (c < 0 || at != length)
		return false;
	*letter = (uint32_t)c;
	return (U_MASK(charindex_category(ci, *letter)) & (U_GC_L_MASK | U_GC_N_MASK)) != 0;
}

bool
identify_is_pasted(const struct charindex *ci, const char *text, size_t length)
{
	const uint8_t *s = (const uint8_t *)text;
	uint32_t letters = 0, bases = 0;
	size_t at = 0;
	UChar32 c;

	while (at < length) {
		uint32_t mask;

		U8_NEXT(s, at, length, c);
		if (c < 0)
			continue;
		mask = U_MASK(charindex_category(ci, (uint32_t)c));
		letters += (mask & (U_GC_L_MASK | U_GC_N_MASK)) != 0;
		bases += (mask & U_GC_M_MASK) == 0;
		if (c >= 0x80 && (mask & (U_GC_S_MASK | U_GC_C_MASK)) != 0 && c != 0x200C && c != 0x200D)
			return true;
		if (binary_is(ci, BINARY_VARIATION_SELECTOR, (uint32_t)c) || c == 0x20E3)
			return true;
	}
	return letters == 0 || bases == 1;
}
