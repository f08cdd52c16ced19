/* fold.c - text becomes folded words. ICU does NFKC_Casefold, whose results for what it knows no
 * later version may change, and the segmentation of what is written without spaces; what
 * characters are is in fold_table.h. Text that is ASCII takes a short way. */
#include "fold.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#include "ascii.h"
#include "fold_table.h"

/* ---- ASCII ------------------------------------------------------------------------ */

static char
lower_word_character(char c)
{
	return ascii_is_letter(c) || ascii_is_digit(c) ? ascii_lower(c) : 0;
}

static void
fold_ascii(struct folded *folded, const char *text, size_t length)
{
	char word[FOLD_MAX_WORD + 1];
	size_t used = 0;

	for (size_t i = 0; i <= length; i++) {
		char c = i < length ? lower_word_character(text[i]) : 0;

		if (c == 0) {
			folded_add(folded, word, used, false);
			used = 0;
		} else if (used < sizeof(word)) {
			word[used++] = c; /* one more than a word may have, and it is left out */
		}
	}
}

/* ---- all else --------------------------------------------------------------------- */

/* Characters of UTF-16 that may have to be worked on: the longest text, folded. */
enum { MAX_UTF16 = 8192 };

/* A text on its way into words. */
struct folding {
	struct folder *folder;
	struct folded *folded;
	enum fold_runs runs;
};

/* Katakana are written as the hiragana of the same sound: who looks for a word types either. */
static UChar
fold_kana(UChar c)
{
	enum {
		FIRST = 0x30A1,
		LAST = 0x30F6,
		FIRST_MARK = 0x30FD,
		LAST_MARK = 0x30FE,
		DISTANCE = 0x60
	};

	return (c >= FIRST && c <= LAST) || (c >= FIRST_MARK && c <= LAST_MARK) ? (UChar)(c - DISTANCE)
	                                                                        : c;
}

static void
add_utf16(struct folded *folded, const UChar *word, int32_t length, bool run)
{
	UChar kana[FOLD_MAX_WORD];
	char utf8[FOLD_MAX_WORD];
	UErrorCode status = U_ZERO_ERROR;
	int32_t bytes;

	if (length > FOLD_MAX_WORD)
		return;
	for (int32_t i = 0; i < length; i++)
		kana[i] = fold_kana(word[i]);
	u_strToUTF8(utf8, sizeof(utf8), &bytes, kana, length, &status);
	if (U_SUCCESS(status))
		folded_add(folded, utf8, (size_t)bytes, run);
}

/* Adds the words of a run as ICU's dictionaries find them: false if they cannot be had. */
static bool
segment(struct folding *folding, const UChar *run, int32_t length)
{
	struct folder *folder = folding->folder;
	struct folded *folded = folding->folded;
	UErrorCode status = U_ZERO_ERROR;
	int32_t begin = 0, end;

	if (folder->words == NULL)
		folder->words = ubrk_open(UBRK_WORD, "", run, length, &status);
	else
		ubrk_setText(folder->words, run, length, &status);
	folder->no_memory |= status == U_MEMORY_ALLOCATION_ERROR;
	if (U_FAILURE(status))
		return false;
	while ((end = ubrk_next(folder->words)) != UBRK_DONE) {
		if (begin > 0 && folding->runs == FOLD_BOTH && end == length &&
		    folded->count < FOLD_MAX_WORDS)
			add_utf16(folded, run, length, true);
		add_utf16(folded, run + begin, end - begin, false);
		begin = end;
	}
	return true;
}

/* Adds a word, or the words of a run, which is none if it is of one character. */
static bool
add_run(struct folding *folding, const UChar *run, int32_t length, bool run_on)
{
	if (run_on && folding->runs != FOLD_RUNS && length > (U16_IS_LEAD(run[0]) ? 2 : 1))
		return segment(folding, run, length);
	add_utf16(folding->folded, run, length, false);
	return true;
}

static bool
split_utf16(struct folding *folding, const UChar *text, int32_t length)
{
	int32_t begin = 0, at = 0, next = 0;
	bool in_word = false, run_on = false;

	while (at <= length) {
		unsigned class = 0;
		UChar32 c;

		if (at < length) {
			U16_NEXT(text, next, length, c);
			class = fold_class_of((uint32_t)c);
		}
		if (class != 0) {
			if (!in_word)
				begin = at;
			run_on |= (class & FOLD_RUN_ON) != 0;
			in_word = true;
		} else if (in_word) {
			if (!add_run(folding, text + begin, at - begin, run_on))
				return false;
			in_word = run_on = false;
		}
		if (at == length)
			break;
		at = next;
	}
	return true;
}

/* Writes the ligature of French as the two letters that it is, and that are typed: returns the
 * length of the text then; -1 if there is no room. */
static int32_t
write_out_ligatures(UChar *text, int32_t length, int32_t room)
{
	enum { LIGATURE_OE = 0x0153 };

	for (int32_t at = 0; at < length; at++) {
		if (text[at] != LIGATURE_OE)
			continue;
		if (length == room)
			return -1;
		memmove(text + at + 2, text + at + 1, (size_t)(length - at - 1) * sizeof(*text));
		text[at++] = 'o';
		text[at] = 'e';
		length++;
	}
	return length;
}

/* Room for two texts, which is kept: NULL without memory. */
static UChar *
utf16_of(struct folder *folder)
{
	if (folder->utf16 == NULL)
		folder->utf16 = malloc(2 * MAX_UTF16 * sizeof(UChar));
	folder->no_memory |= folder->utf16 == NULL;
	return folder->utf16;
}

static bool
fold_any(struct folding *folding, const char *text, size_t length)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *casefold = unorm2_getNFKCCasefoldInstance(&status);
	UChar *utf16 = utf16_of(folding->folder), *folded;
	int32_t utf16_length, folded_length = 0;

	if (utf16 == NULL)
		return false;
	folded = utf16 + MAX_UTF16;
	u_strFromUTF8WithSub(utf16, MAX_UTF16, &utf16_length, text, (int32_t)length, ' ', NULL,
	    &status);
	if (U_SUCCESS(status))
		folded_length = unorm2_normalize(casefold, utf16, utf16_length, folded, MAX_UTF16, &status);
	if (U_FAILURE(status)) /* if there is no room, the length is what would be needed */
		return false;
	folded_length = write_out_ligatures(folded, folded_length, MAX_UTF16);
	return folded_length >= 0 && split_utf16(folding, folded, folded_length);
}

/* ---- pieces ------------------------------------------------------------------------- */

/* Nothing that is before the character at `i` has to do with what is after it: it is ASCII and of
 * no word, and no mark combines with it (those that could are U+0300 to U+037F). */
static bool
is_between(const char *text, size_t i, size_t length)
{
	return (unsigned char)text[i] < 0x80 && lower_word_character(text[i]) == 0 &&
	    (i + 1 == length || ((unsigned char)text[i + 1] & 0xFE) != 0xCC);
}

/* Takes the pieces between such characters, so that ICU is asked about few. */
static bool
fold_pieces(struct folding *folding, const char *text, size_t length)
{
	size_t begin = 0;
	bool ascii = true, done = true;

	for (size_t i = 0; i <= length && done; i++) {
		if (i < length && !is_between(text, i, length)) {
			ascii &= (unsigned char)text[i] < 0x80;
			continue;
		}
		if (ascii)
			fold_ascii(folding->folded, text + begin, i - begin);
		else
			done = fold_any(folding, text + begin, i - begin);
		begin = i + 1;
		ascii = true;
	}
	return done;
}

bool
folder_fold(struct folder *folder, struct folded *folded, const char *text, size_t length,
    enum fold_runs runs)
{
	struct folding folding = { folder, folded, runs };
	bool done = true;

	folded->count = 0;
	folded->used = 0;
	folded->ascii = ascii_is_text(text, length);
	if (folded->ascii)
		fold_ascii(folded, text, length);
	else
		done = length <= INT32_MAX && fold_pieces(&folding, text, length);
	if (folded->count == FOLD_MAX_WORDS)
		done = false;
	if (!done)
		folded->count = 0;
	return done;
}

void
folder_release(struct folder *folder)
{
	if (folder->words != NULL)
		ubrk_close(folder->words);
	free(folder->utf16);
	*folder = (struct folder){ 0 };
}

bool
fold_text(struct folded *folded, const char *text, size_t length, enum fold_runs runs)
{
	struct folder folder = { 0 };
	bool done = folder_fold(&folder, folded, text, length, runs);

	folder_release(&folder);
	return done;
}
