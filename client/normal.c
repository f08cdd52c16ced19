/* normal.c - ICU knows which texts are in NFC. For a character that it does not know yet, it says
 * yes, and otherwise it says what every later one will: the stability policy holds that. */
#include "normal.h"

#include <stdbool.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

/* Code points that belong together at most; more are looked at in parts. */
#define MOST 64

/* No character below this has anything to do with those before it, or is another one in NFC. */
#define FIRST_COMBINING 0x300

static bool
is_normal(const UNormalizer2 *nfc, const uint32_t *text, size_t length)
{
	UChar units[2 * MOST];
	UErrorCode status = U_ZERO_ERROR;
	int32_t count = 0;

	for (size_t i = 0; i < length; i++)
		U16_APPEND_UNSAFE(units, count, text[i]);
	return unorm2_isNormalized(nfc, units, count, &status) || U_FAILURE(status);
}

/* How many characters belong together from the beginning of the text. */
static size_t
segment_length(const UNormalizer2 *nfc, const uint32_t *text, size_t length)
{
	size_t n = 1;

	while (n < length && n < MOST &&
	    (text[n] >= FIRST_COMBINING && !unorm2_hasBoundaryBefore(nfc, (UChar32)text[n])))
		n++;
	return n;
}

void
normal_find(const uint32_t *text, size_t length, void (*take)(void *arg, size_t at), void *arg)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);

	for (size_t at = 0, n; U_SUCCESS(status) && at < length; at += n) {
		n = segment_length(nfc, text + at, length - at);
		if ((n > 1 || text[at] >= FIRST_COMBINING) && !is_normal(nfc, text + at, n))
			take(arg, at + (n > 1));
	}
}
