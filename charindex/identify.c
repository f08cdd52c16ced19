/* identify.c - hides how sequences are recognised: extra rows are in the order of their text,
 * so the longest that a text begins with is found by halving. */
#include "identify.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "extra.h"
#include "mark.h"

static struct charindex_text
sequence_text(const struct charindex *ci, uint32_t row)
{
	struct charindex_label label;
	struct charindex_text text = extra_row_text(ci, row);
	const char *begin = memchr(text.bytes, '\t', text.length), *end;

	(void)label;
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

/* The last of the rows from `low` to `high` whose text is not above the first `length` bytes at
 * `text`; `low` - 1 if there is none. */
static uint32_t
last_not_above(const struct charindex *ci, uint32_t low, uint32_t high, const char *text,
    size_t length)
{
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		struct charindex_text row = sequence_text(ci, middle);
		size_t n = common_length(row, text, length);
		bool above = n < row.length &&
		    (n == length || (unsigned char)row.bytes[n] > (unsigned char)text[n]);

		if (above)
			high = middle;
		else
			low = middle + 1;
	}
	return low - 1;
}

/* The longest sequence that the text, whose first character is `c`, begins with: its row, and
 * *size; CHARINDEX_NO_ROW if there is none. */
static uint32_t
find_sequence(const struct charindex *ci, uint32_t c, const char *text, size_t length, size_t *size)
{
	uint32_t end = extra_all_rows(ci);
	uint32_t low = mark_first_row(ci, ci->row_count, end, c);
	uint32_t high = mark_first_row(ci, low, end, c + 1);

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

bool
identify_text(struct charindex_found *found, const char *text, size_t length,
    enum charindex_source source)
{
	const uint8_t *s = (const uint8_t *)text;
	size_t at = 0, sequence_end = 0;

	while (at < length) {
		size_t begin = at, size;
		uint32_t row;
		UChar32 c;

		U8_NEXT(s, at, length, c);
		if (c < 0)
			continue;
		row = begin >= sequence_end ?
		    find_sequence(found->ci, (uint32_t)c, text + begin, length - begin, &size) :
		    CHARINDEX_NO_ROW;
		if (row != CHARINDEX_NO_ROW) {
			sequence_end = begin + size;
			if (!found_add_row(found, row, source))
				return false;
		}
		if (!found_add_code(found, (uint32_t)c, source))
			return false;
	}
	return true;
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
		if (u_hasBinaryProperty(c, UCHAR_VARIATION_SELECTOR) || c == 0x20E3)
			return true;
	}
	return letters == 0 || (bases == 1 && length > 1);
}
