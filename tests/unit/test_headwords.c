/* test_headwords.c - looking headwords up, against looking at each of them: all names, and all
 * records of a vocabulary. */
#include <stdio.h>
#include <string.h>

#include "bytes.h"
#include "charindex.h"
#include "unit.h"
#include "unit_index.h"

/* ---- the model: words with a blank between them, in one string --------------------------- */

/* " white chess rook ": ASCII only. False if the text has anything else. */
static bool
spaced(const char *text, size_t length, char out[512])
{
	size_t used = 0;

	out[used++] = ' ';
	for (size_t i = 0; i < length && used < 500; i++) {
		char c = text[i];

		if ((unsigned char)c >= 0x80)
			return false;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		if ((c < 'a' || c > 'z') && (c < '0' || c > '9'))
			c = ' ';
		if (c != ' ' || out[used - 1] != ' ')
			out[used++] = c;
	}
	if (out[used - 1] != ' ')
		out[used++] = ' ';
	out[used] = '\0';
	return true;
}

static bool
has_all_words(const char *headword, const char *wanted)
{
	char copy[512], word[512], *rest = copy, *next;

	strcpy(copy, wanted);
	while ((next = strsep(&rest, " ")) != NULL) {
		if (*next == '\0')
			continue;
		snprintf(word, sizeof(word), " %s ", next);
		if (strstr(headword, word) == NULL)
			return false;
	}
	return true;
}

static bool
ends_with(const char *text, const char *end)
{
	size_t a = strlen(text), b = strlen(end);

	return a >= b && strcmp(text + a - b, end) == 0;
}

/* Both are spaced(). */
static bool
agrees(enum charindex_matching matching, const char *headword, const char *wanted)
{
	char inner[512];

	snprintf(inner, sizeof(inner), "%.*s", (int)strlen(wanted) - 2, wanted + 1);
	switch (matching) {
	case CHARINDEX_MATCH_EXACT:
		return strcmp(headword, wanted) == 0;
	case CHARINDEX_MATCH_PREFIX:
		return strncmp(headword + 1, inner, strlen(inner)) == 0;
	case CHARINDEX_MATCH_SUFFIX:
		return ends_with(headword, wanted + 1);
	case CHARINDEX_MATCH_SUBSTRING:
		return strstr(headword, inner) != NULL;
	case CHARINDEX_MATCH_WORDS:
		return has_all_words(headword, wanted);
	case CHARINDEX_MATCH_FIRST:
		return strncmp(headword, wanted, strlen(wanted)) == 0;
	case CHARINDEX_MATCH_LAST:
		return ends_with(headword, wanted);
	case CHARINDEX_MATCHING_COUNT:
		break;
	}
	return false;
}

/* All headwords of all vocabularies, in their order. */
struct headword {
	enum charindex_vocabulary vocabulary;
	uint32_t row;
	struct charindex_text text;
	char *spaced; /* owned */
};

static struct headword *headwords;
static size_t headword_count, headword_capacity;

static void
add(enum charindex_vocabulary vocabulary, uint32_t row, struct charindex_text text)
{
	char copy[512];

	if (vocabulary == CHARINDEX_VOCABULARY_COUNT || !spaced(text.bytes, text.length, copy))
		return;
	if (headword_count == headword_capacity) {
		headword_capacity = 2 * headword_capacity + 1024;
		headwords = realloc(headwords, headword_capacity * sizeof(*headwords));
		ck_assert_ptr_nonnull(headwords);
	}
	headwords[headword_count++] = (struct headword){ vocabulary, row, text, strdup(copy) };
}

static enum charindex_vocabulary
vocabulary_of(const struct charindex_record *record)
{
	switch (record->kind) {
	case CHARINDEX_RECORD_SEQUENCE:
	case CHARINDEX_RECORD_CONTROL:
	case CHARINDEX_RECORD_FIGMENT:
		return CHARINDEX_NAMES;
	case CHARINDEX_RECORD_SHORT_NAME:
	case CHARINDEX_RECORD_KEYWORD:
		return strcmp(record->language, "en") == 0 ? CHARINDEX_KEYWORDS
		                                           : CHARINDEX_VOCABULARY_COUNT;
	default:
		return record->kind > CHARINDEX_RECORD_KEYWORD ? CHARINDEX_VOCABULARY_COUNT
		                                               : CHARINDEX_ALIASES;
	}
}

static void
take_record(void *arg, const struct charindex_record *record)
{
	add(vocabulary_of(record), *(const uint32_t *)arg, record->text);
}

/* Is it the name of an ideograph, whose number no list is kept for? */
static bool
is_numbered(const struct charindex_row *row)
{
	char number[16];
	size_t length = (size_t)snprintf(number, sizeof(number), "-%04X", (unsigned)row->code_point);

	return row->name.length > length &&
	    memcmp(row->name.bytes + row->name.length - length, number, length) == 0;
}

static void
gather(void)
{
	struct charindex_info info;

	unit_index_open();
	info = charindex_info(unit_index);
	for (uint32_t row = 0; row < info.row_count + info.extra_count; row++) {
		struct charindex_label label;
		struct charindex_row known;

		charindex_row(unit_index, row, 0, &known, &label);
		if (row < info.row_count && !is_numbered(&known))
			add(CHARINDEX_NAMES, row, known.name);
		charindex_records(unit_index, row, take_record, &row);
	}
}

static void
forget(void)
{
	while (headword_count > 0)
		free(headwords[--headword_count].spaced);
	free(headwords);
	unit_index_close();
}

static bool
same(struct charindex_text a, struct charindex_text b)
{
	return a.length == b.length && memcmp(a.bytes, b.bytes, a.length) == 0;
}

static void
look_at_each(enum charindex_vocabulary vocabulary, enum charindex_matching matching,
    const char *wanted, struct bytes *found)
{
	const struct headword *last = NULL;

	for (size_t i = 0; i < headword_count; i++) {
		const struct headword *headword = &headwords[i];

		if (headword->vocabulary != vocabulary || !agrees(matching, headword->spaced, wanted))
			continue;
		/* what is recorded twice of a row is given once */
		if (last == NULL || last->row != headword->row || !same(last->text, headword->text))
			bytes_printf(found, "%u %.*s\n", (unsigned)headword->row, (int)headword->text.length,
			    headword->text.bytes);
		last = headword;
	}
}

/* ---- what is found ----------------------------------------------------------------------- */

static bool
take(void *arg, const struct charindex_headword *headword)
{
	struct charindex_label label;
	struct charindex_row row;
	char ascii[512];

	charindex_row(unit_index, headword->row, 0, &row, &label);
	if (spaced(headword->text.bytes, headword->text.length, ascii) &&
	    !(is_numbered(&row) && row.name.length == headword->text.length))
		bytes_printf(arg, "%u %.*s\n", (unsigned)headword->row, (int)headword->text.length,
		    headword->text.bytes);
	return true;
}

static void
look_up(enum charindex_vocabulary vocabulary, enum charindex_matching matching, const char *text,
    bool (*take_one)(void *, const struct charindex_headword *), void *arg)
{
	struct charindex_lookup lookup = { vocabulary, "en", matching, text, strlen(text), take_one,
		arg };

	ck_assert_int_eq(charindex_look_up(unit_index, &lookup), CHARINDEX_OK);
}

static const char *const texts[] = { "rook", "white chess rook", "White_Chess-Rook", "ook",
	"te chess ro", "heart", "heart e", "sign", "o-e", "oe", "keycap", "flag: f", "line feed",
	"nbsp", "lt", "smiling face with", "e", "xyzzy", "chess white", "bel", "woman: medium" };

START_TEST(finds_what_looking_at_each_finds)
{
	enum charindex_vocabulary vocabulary = (enum charindex_vocabulary)(_i % CHARINDEX_DEFINITIONS);
	const char *text = texts[_i / CHARINDEX_DEFINITIONS];

	for (unsigned m = 0; m < CHARINDEX_MATCHING_COUNT; m++) {
		struct bytes found = { 0 }, expected = { 0 };
		char wanted[512];

		ck_assert(spaced(text, strlen(text), wanted));
		bytes_add_string(&expected, "");
		bytes_add_string(&found, "");
		look_at_each(vocabulary, m, wanted, &expected);
		look_up(vocabulary, m, text, take, &found);
		bytes_must_be(text, found.data, found.length, expected.data, expected.length);
		bytes_release(&found);
		bytes_release(&expected);
	}
}
END_TEST

/* ---- the rest ---------------------------------------------------------------------------- */

static bool
take_text(void *arg, const struct charindex_headword *headword)
{
	bytes_printf(arg, "%.*s|", (int)headword->text.length, headword->text.bytes);
	return true;
}

static void
must_find(enum charindex_vocabulary vocabulary, enum charindex_matching matching, const char *text,
    const char *expected)
{
	struct bytes found = { 0 };

	bytes_add_string(&found, "");
	look_up(vocabulary, matching, text, take_text, &found);
	bytes_must_be(text, found.data, found.length, expected, strlen(expected));
	bytes_release(&found);
}

START_TEST(knows_the_numbers_of_ideographs)
{
	must_find(CHARINDEX_NAMES, CHARINDEX_MATCH_EXACT, "cjk unified ideograph-4e00",
	    "CJK UNIFIED IDEOGRAPH-4E00|");
	must_find(CHARINDEX_NAMES, CHARINDEX_MATCH_LAST, "9fff", "CJK UNIFIED IDEOGRAPH-9FFF|");
	must_find(CHARINDEX_NAMES, CHARINDEX_MATCH_PREFIX, "cjk unified ideograph 4e0f",
	    "CJK UNIFIED IDEOGRAPH-4E0F|");
}
END_TEST

START_TEST(gives_words_of_definitions_once_and_their_rows_when_exact)
{
	must_find(CHARINDEX_DEFINITIONS, CHARINDEX_MATCH_SUFFIX, "rook", "brook|rook|");
	must_find(CHARINDEX_DEFINITIONS, CHARINDEX_MATCH_EXACT, "rook", "rook|rook|");
	must_find(CHARINDEX_DEFINITIONS, CHARINDEX_MATCH_EXACT, "rook crow", "");
}
END_TEST

START_TEST(folds_what_is_not_ascii)
{
	must_find(CHARINDEX_NAMES, CHARINDEX_MATCH_SUFFIX, "\u00C5LAND Islands",
	    "flag: \u00C5land Islands|");
}
END_TEST

static bool
take_first(void *arg, const struct charindex_headword *headword)
{
	(void)headword;
	++*(unsigned *)arg;
	return false;
}

START_TEST(stops_when_it_is_told_to)
{
	for (unsigned v = 0; v < CHARINDEX_VOCABULARY_COUNT; v++)
		for (unsigned m = 0; m < CHARINDEX_MATCHING_COUNT; m++) {
			unsigned count = 0;

			look_up(v, m, "heart", take_first, &count);
			UNIT_HOLDS(count <= 1);
		}
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_unchecked_fixture(tests, gather, forget);
	tcase_add_loop_test(tests, finds_what_looking_at_each_finds, 0,
	    (int)UNIT_COUNT(texts) * CHARINDEX_DEFINITIONS);
	tcase_add_test(tests, knows_the_numbers_of_ideographs);
	tcase_add_test(tests, gives_words_of_definitions_once_and_their_rows_when_exact);
	tcase_add_test(tests, folds_what_is_not_ascii);
	tcase_add_test(tests, stops_when_it_is_told_to);
}

UNIT_MAIN("headwords", add_tests)
