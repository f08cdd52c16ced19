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
#include "lower_bound.h"

static void
add_word(struct folded *folded, const char *word, size_t length, bool run)
{
	if (length == 0 || length > FOLD_MAX_WORD || folded->count == FOLD_MAX_WORDS ||
	    length > sizeof(folded->bytes) - folded->used)
		return;
	memcpy(folded->bytes + folded->used, word, length);
	folded->word[folded->count++] = (struct folded_word){
		.offset = (uint16_t)folded->used,
		.length = (uint16_t)length,
		.run = run,
	};
	folded->used += length;
}

/* ---- ASCII ------------------------------------------------------------------------ */

static char
lower_word_character(char c)
{
	return ascii_is_letter(c) || ascii_is_digit(c) ? ascii_lower(c) : 0;
}

static bool
is_ascii(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)text[i] >= 0x80)
			return false;
	return true;
}

static void
fold_ascii(struct folded *folded, const char *text, size_t length)
{
	char word[FOLD_MAX_WORD + 1];
	size_t used = 0;

	for (size_t i = 0; i <= length; i++) {
		char c = i < length ? lower_word_character(text[i]) : 0;

		if (c == 0) {
			add_word(folded, word, used, false);
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
		add_word(folded, utf8, (size_t)bytes, run);
}

/* What the table says of a character: FOLD_… */
static unsigned
class_of(UChar32 c)
{
	uint32_t low = 0;

	LOWER_BOUND(low, fold_range_count, i, fold_ranges[i].last < (uint32_t)c);
	return low < fold_range_count && fold_ranges[low].first <= (uint32_t)c ? fold_ranges[low].class
	                                                                       : 0;
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
			class = class_of(c);
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
	folded->ascii = is_ascii(text, length);
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

struct folded_words
folded_part(const struct folded *folded, uint32_t first, uint32_t count)
{
	return (struct folded_words){ folded->bytes, folded->word + first, count };
}

struct folded_words
folded_all(const struct folded *folded)
{
	return folded_part(folded, 0, folded->count);
}

bool
folded_same(const struct folded_words *a, uint32_t i, const struct folded_words *b, uint32_t j)
{
	return a->word[i].length == b->word[j].length &&
	    memcmp(a->bytes + a->word[i].offset, b->bytes + b->word[j].offset, a->word[i].length) == 0;
}

bool
folded_is_before(const struct folded_words *words, uint32_t a, uint32_t b)
{
	const struct folded_word *x = &words->word[a], *y = &words->word[b];
	size_t common = x->length < y->length ? x->length : y->length;
	int order = memcmp(words->bytes + x->offset, words->bytes + y->offset, common);

	return order < 0 || (order == 0 && x->length < y->length);
}

bool
folded_among(const struct folded_words *words, uint32_t count, const char *word, size_t length)
{
	for (uint32_t i = 0; i < count; i++)
		if (words->word[i].length == length &&
		    memcmp(words->bytes + words->word[i].offset, word, length) == 0)
			return true;
	return false;
}

uint32_t
folded_distinct(const struct folded *folded)
{
	struct folded_words all = folded_all(folded);
	uint32_t distinct = 0;

	for (uint32_t i = 0; i < all.count; i++)
		distinct += !folded_among(&all, i, all.bytes + all.word[i].offset, all.word[i].length);
	return distinct;
}

bool
folded_has(const struct folded *folded, const struct folded *words)
{
	struct folded_words all = folded_all(folded);

	for (uint32_t i = 0; i < words->count; i++)
		if (!folded_among(&all, all.count, words->bytes + words->word[i].offset,
		        words->word[i].length))
			return false;
	return true;
}

void
fold_append(struct folded *folded, const struct folded *other)
{
	for (uint32_t i = 0; i < other->count; i++)
		add_word(folded, other->bytes + other->word[i].offset, other->word[i].length,
		    other->word[i].run);
}

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
	if ((class_of(c) & FOLD_ACCENT) != 0)
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

	if (is_ascii(word, length))
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
