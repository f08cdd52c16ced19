/* fold_variant.c - folded words as they are typed by those who have no accents on their keys. */
#include "fold_variant.h"

#include <stdbool.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#include "ascii.h"
#include "fold.h"
#include "fold_table.h"

/* Letters that are typed as others but have no decomposition that says so. */
static const struct {
	uint16_t letter;
	char plain[3];
} plain_letters[] = {
	{ 0x00E6, "ae" },
	{ 0x00F0, "d" },
	{ 0x00F8, "o" },
	{ 0x00FE, "th" },
	{ 0x0111, "d" },
	{ 0x0127, "h" },
	{ 0x0131, "i" },
	{ 0x0142, "l" },
	{ 0x0167, "t" },
};

/* What a character is without its accent, "" if it is one; NULL if it has none. */
static const char *
plain_of(UChar32 c)
{
	if ((fold_class_of((uint32_t)c) & FOLD_ACCENT) != 0)
		return "";
	for (size_t i = 0; i < sizeof(plain_letters) / sizeof(plain_letters[0]); i++)
		if (plain_letters[i].letter == (uint32_t)c)
			return plain_letters[i].plain;
	return NULL;
}

/* Writes the decomposed word without accents to `out`, which has room for twice its length:
 * returns the length, 0 if there is no accent. */
static int32_t
drop_accents(const UChar *word, int32_t length, UChar *out)
{
	bool dropped = false;
	int32_t kept = 0;
	UChar32 c;

	for (int32_t at = 0; at < length;) {
		const char *plain;

		U16_NEXT(word, at, length, c);
		plain = plain_of(c);
		dropped |= plain != NULL;
		if (plain == NULL)
			U16_APPEND_UNSAFE(out, kept, c);
		for (; plain != NULL && *plain != '\0'; plain++)
			out[kept++] = (UChar)*plain;
	}
	return dropped ? kept : 0;
}

size_t
fold_plain(const char *word, size_t length, char *out)
{
	UChar utf16[4 * FOLD_MAX_WORD], decomposed[2 * FOLD_MAX_WORD];
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfd = unorm2_getNFDInstance(&status);
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
	int32_t n, kept, bytes = 0;

	if (ascii_is_text(word, length))
		return 0;
	u_strFromUTF8(utf16, 2 * FOLD_MAX_WORD, &n, word, (int32_t)length, &status);
	if (U_FAILURE(status))
		return 0;
	n = unorm2_normalize(nfd, utf16, n, decomposed, 2 * FOLD_MAX_WORD, &status);
	if (U_FAILURE(status))
		return 0;
	kept = drop_accents(decomposed, n, utf16);
	if (kept == 0)
		return 0;
	n = unorm2_normalize(nfc, utf16, kept, decomposed, 2 * FOLD_MAX_WORD, &status);
	if (U_SUCCESS(status))
		u_strToUTF8(out, FOLD_MAX_WORD, &bytes, decomposed, n, &status);
	return U_SUCCESS(status) ? (size_t)bytes : 0;
}

size_t
fold_written_out(const char *word, size_t length, char *out)
{
	/* all have two bytes in UTF-8 and are written out as two letters */
	/* clang-format off */
	static const char letters[][2][3] = {
		{ "\xC3\xA4", "ae" }, { "\xC3\xA5", "aa" }, { "\xC3\xB6", "oe" }, { "\xC3\xB8", "oe" }, { "\xC3\xBC", "ue" },
	};
	/* clang-format on */
	bool found = false;

	memcpy(out, word, length);
	for (size_t at = 0; at + 1 < length; at++)
		for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++)
			if (memcmp(out + at, letters[i][0], 2) == 0) {
				memcpy(out + at, letters[i][1], 2);
				found = true;
			}
	return found ? length : 0;
}
