/* test_character.c - all that is known of one row. */
#include <stdio.h>
#include <string.h>

#include "bytes.h"
#include "charindex.h"
#include "unit.h"
#include "unit_index.h"

/* Columns of a row with its properties and flags. */
static void
row_must_be(uint32_t row, uint32_t code_point, const char *expected)
{
	struct charindex_label label;
	struct charindex_row whole;
	struct bytes got = { 0 };

	charindex_row(unit_index, row, code_point, &whole, &label);
	bytes_printf(&got, "%.*s|%.*s|%.*s", (int)whole.codes.length, whole.codes.bytes,
	    (int)whole.text.length, whole.text.bytes, (int)whole.name.length, whole.name.bytes);
	for (int i = 0; i < CHARINDEX_PROPERTY_COUNT; i++)
		bytes_printf(&got, "|%.*s", (int)whole.property[i].length, whole.property[i].bytes);
	bytes_printf(&got, "|%X|%u", (unsigned)whole.code_point, whole.flags);
	bytes_must_be("row", got.data, got.length, expected, strlen(expected));
	bytes_release(&got);
}

static void
code_must_be(uint32_t code_point, const char *expected)
{
	row_must_be(charindex_row_of(unit_index, code_point), code_point, expected);
}

START_TEST(a_named_character)
{
	code_must_be(0x2657,
	    "U+2657|\u2657|WHITE CHESS BISHOP|So|Common|Miscellaneous Symbols|1.1|2657|0");
	code_must_be(0x1F600, "U+1F600|\U0001F600|GRINNING FACE|So|Common|Emoticons|6.1|1F600|2");
}
END_TEST

START_TEST(a_control_has_an_alias_and_no_character)
{
	code_must_be(0x0A, "U+000A||LINE FEED|Cc|Common|Basic Latin|1.1|A|8");
	code_must_be(0x85, "U+0085||NEXT LINE|Cc|Common|Latin-1 Supplement|1.1|85|8");
}
END_TEST

START_TEST(the_characters_of_a_control_are_had_where_they_are_escaped)
{
	static const struct {
		uint32_t code_point;
		const char *text;
		size_t length;
	} rows[] = { { 0, "\0", 1 }, { 0x0A, "\n", 1 }, { 0x85, "\xC2\x85", 2 },
		{ 0x2657, "\u2657", 3 }, { 0x0378, "", 0 }, { 0xD800, "", 0 } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct charindex_label label;
		struct charindex_row row;
		struct charindex_text text;
		char utf8[4];

		charindex_row(unit_index, charindex_row_of(unit_index, rows[i].code_point),
		    rows[i].code_point, &row, &label);
		text = charindex_row_text(&row, utf8);
		bytes_must_be("text", text.bytes, text.length, rows[i].text, rows[i].length);
	}
}
END_TEST

START_TEST(categories_have_names)
{
	ck_assert_str_eq(charindex_category_name((struct charindex_text){ "Lu", 2 }),
	    "Uppercase letter");
	ck_assert_str_eq(charindex_category_name((struct charindex_text){ "Cn", 2 }), "Unassigned");
	ck_assert_str_eq(charindex_category_name((struct charindex_text){ "Lu", 1 }), "Unknown");
	ck_assert_str_eq(charindex_category_name((struct charindex_text){ "Xx", 2 }), "Unknown");
}
END_TEST

START_TEST(what_has_no_name_has_a_label)
{
	code_must_be(0x0378, "U+0378||<unassigned-0378>|Cn||||378|0");
	code_must_be(0xE000, "U+E000|\uE000|<private-use-E000>|Co|Unknown|Private Use Area|1.1|E000|0");
	code_must_be(0xD800, "U+D800||<surrogate-D800>|Cs|Unknown|High Surrogates|2.0|D800|0");
	code_must_be(0xFFFF, "U+FFFF||<noncharacter-FFFF>|Cn||||FFFF|0");
	code_must_be(0x10FFFD,
	    "U+10FFFD|\U0010FFFD|<private-use-10FFFD>|Co|Unknown|Supplementary Private Use Area-B|2.0|10FFFD|0");
}
END_TEST

START_TEST(only_single_code_points_have_a_row_of_their_own)
{
	struct charindex_info info = charindex_info(unit_index);

	ck_assert_uint_lt(charindex_row_of(unit_index, 0x2657), info.row_count);
	ck_assert_uint_ge(charindex_row_of(unit_index, 0x0A), info.row_count);
	ck_assert_uint_lt(charindex_row_of(unit_index, '#'), info.row_count);
	ck_assert_uint_eq(charindex_row_of(unit_index, 0x0378), CHARINDEX_NO_ROW);
	ck_assert_uint_eq(charindex_row_of(unit_index, 0x110000), CHARINDEX_NO_ROW);
	ck_assert_uint_eq(charindex_row_of(unit_index, UINT32_MAX), CHARINDEX_NO_ROW);
}
END_TEST

/* ---- records ------------------------------------------------------------------------------ */

struct gathering {
	struct bytes bytes;
	const char *language; /* of keywords; NULL: all */
};

static void
gather(void *arg, const struct charindex_record *record)
{
	struct gathering *gathering = arg;

	if (gathering->language != NULL && *record->language != '\0' &&
	    strcmp(record->language, gathering->language) != 0)
		return;
	bytes_printf(&gathering->bytes, "%s%s: %.*s; ", charindex_record_kind_name(record->kind),
	    record->language, (int)record->text.length, record->text.bytes);
}

static void
records_must_have(uint32_t code_point, const char *language, const char *piece)
{
	struct gathering gathering = { { 0 }, language };

	bytes_add_string(&gathering.bytes, "");
	charindex_records(unit_index, charindex_row_of(unit_index, code_point), gather, &gathering);
	if (gathering.bytes.length == 0 || strstr(gathering.bytes.data, piece) == NULL)
		ck_abort_msg("the records of U+%04X have no '%s'", (unsigned)code_point, piece);
	bytes_release(&gathering.bytes);
}

START_TEST(records_say_all_that_is_known)
{
	records_must_have(0x0A, "en", "control: LINE FEED; ");
	records_must_have(0x0A, "en", "abbreviation: LF; ");
	records_must_have(0x20AC, "en", "entity: euro; ");
	records_must_have(0x2F, "en", "informal: slash");
	records_must_have(0x1F600, "en", "short-nameen: grinning face; ");
	records_must_have(0x4E00, "en", "mandarin: y\u012B; ");
	records_must_have(0x4E00, "en", "definition: one");
	records_must_have(0x18E01, "en", "reading: tum\u0259n; radical: radical 1, 3 strokes; ");
	records_must_have(0x3D003, "en", "modern: \u5929; ");
	records_must_have(0x3D003, "en", "radical: radical 1; ");
	records_must_have(0x221E, "en", "latex: infty; ");
	records_must_have(0x1F44D, "en", "shortcode: +1; ");
	records_must_have(0x20AC, "en", "keysym: EuroSign; ");
	records_must_have(0x20AC, "en", "glyph: Euro; ");
	records_must_have(0x2192, "en", "digraph: ->; ");
	records_must_have(0xA9, "en", "compose: oc; ");
	records_must_have(0x1F642, "en", "ascii: :); ");
	records_must_have('!', "en", "jargon: bang; ");
	records_must_have(0x2374, "en", "apl: rho; ");
	records_must_have(0x1F44D, "en", "crowd: agree; ");
}
END_TEST

START_TEST(records_are_in_the_order_of_languages)
{
	struct gathering gathering = { { 0 }, NULL };
	unsigned found = 0;
	const char *at;

	charindex_records(unit_index, charindex_row_of(unit_index, 0x1F600), gather, &gathering);
	at = gathering.bytes.data;
	for (uint32_t n = 0; charindex_language(unit_index, n) != NULL; n++) {
		char wanted[32];
		const char *next;

		snprintf(wanted, sizeof(wanted), "short-name%s: ", charindex_language(unit_index, n));
		next = strstr(gathering.bytes.data, wanted);
		if (next == NULL) /* a language in which CLDR does not name it */
			continue;
		UNIT_HOLDS(next >= at);
		at = next;
		found++;
	}
	ck_assert_uint_gt(found, 100);
	bytes_release(&gathering.bytes);
}
END_TEST

START_TEST(records_may_be_had_in_one_language)
{
	for (uint32_t code_point = 0x2600; code_point < 0x2700; code_point++) {
		struct gathering all = { { 0 }, "fr" }, some = { { 0 }, NULL };

		bytes_add_string(&all.bytes, "");
		bytes_add_string(&some.bytes, "");
		charindex_records(unit_index, charindex_row_of(unit_index, code_point), gather, &all);
		charindex_records_in(unit_index, charindex_row_of(unit_index, code_point), "fr", gather,
		    &some);
		bytes_must_be("in French", some.bytes.data, some.bytes.length, all.bytes.data,
		    all.bytes.length);
		bytes_release(&all.bytes);
		bytes_release(&some.bytes);
	}
}
END_TEST

START_TEST(a_row_without_records_has_none)
{
	struct gathering gathering = { { 0 }, NULL };

	charindex_records(unit_index, charindex_row_of(unit_index, 0xD7A3), gather, &gathering);
	charindex_records(unit_index, UINT32_MAX, gather, &gathering);
	ck_assert_uint_eq(gathering.bytes.length, 0);
}
END_TEST

/* ---- references ------------------------------------------------------------------------------- */

START_TEST(references_are_those_of_the_names_list)
{
	uint32_t codes[4];

	/* controls are behind all names, but their references are found */
	ck_assert_uint_eq(charindex_references(unit_index, charindex_row_of(unit_index, 0x1A), codes,
	                      4),
	    1);
	ck_assert_uint_eq(codes[0], 0xFFFD);
	ck_assert_uint_gt(charindex_references(unit_index, charindex_row_of(unit_index, 0x21), codes,
	                      4),
	    1);
	ck_assert_uint_eq(charindex_references(unit_index, charindex_row_of(unit_index, 0x4E00), codes,
	                      4),
	    0);
	ck_assert_uint_eq(charindex_references(unit_index, UINT32_MAX, codes, 4), 0);
}
END_TEST

START_TEST(as_many_references_are_written_as_there_is_room_for)
{
	uint32_t row = charindex_row_of(unit_index, 0x21), codes[2] = { 1, 2 };
	size_t count = charindex_references(unit_index, row, codes, 0);

	UNIT_HOLDS(codes[0] == 1 && codes[1] == 2);
	ck_assert_uint_eq(charindex_references(unit_index, row, codes, 1), count);
	UNIT_HOLDS(codes[0] != 1 && codes[1] == 2);
}
END_TEST

static void
take_keyword(void *arg, const struct charindex_record *record)
{
	bool *has = arg;

	*has = *has || strcmp(record->language, charindex_language(unit_index, 1)) == 0;
}

START_TEST(rows_of_a_language_are_those_with_words_in_it)
{
	struct charindex_info info = charindex_info(unit_index);
	uint32_t count = 0;

	for (uint32_t row = 0; row < info.row_count + info.extra_count; row++) {
		bool has = false;

		charindex_records_in(unit_index, row, charindex_language(unit_index, 1), take_keyword,
		    &has);
		count += has;
	}
	ck_assert_uint_gt(count, 0);
	ck_assert_uint_eq(charindex_language_rows(unit_index, 1), count);
	ck_assert_uint_eq(charindex_language_rows(unit_index, UINT32_MAX), 0);
}
END_TEST

START_TEST(languages)
{
	uint32_t n = 0;

	while (charindex_language(unit_index, n) != NULL) {
		UNIT_HOLDS(n == 0 ||
		    strcmp(charindex_language(unit_index, n - 1), charindex_language(unit_index, n)) < 0);
		n++;
	}
	ck_assert_uint_ge(n, 1);
	UNIT_HOLDS(charindex_language(unit_index, n + 1) == NULL &&
	    charindex_language(unit_index, UINT32_MAX) == NULL);
}
END_TEST

static void
neighbours_must_be(uint32_t code_point, uint32_t previous, uint32_t next)
{
	uint32_t none = CHARINDEX_NO_ROW, before, after;

	charindex_neighbours(unit_index, code_point, &before, &after);
	ck_assert_uint_eq(before, previous == none ? none : charindex_row_of(unit_index, previous));
	ck_assert_uint_eq(after, next == none ? none : charindex_row_of(unit_index, next));
}

START_TEST(neighbours_are_the_nearest_with_a_row)
{
	neighbours_must_be(0x41, 0x40, 0x42);
	neighbours_must_be(0x00, CHARINDEX_NO_ROW, 0x01);
	neighbours_must_be(0x1F, 0x1E, 0x20);
	neighbours_must_be(0x20, 0x1F, 0x21);
	neighbours_must_be(0x7E, 0x7D, 0x7F);
	neighbours_must_be(0x7F, 0x7E, 0x80);
	neighbours_must_be(0x9F, 0x9E, 0xA0);
	neighbours_must_be(0xA0, 0x9F, 0xA1);
	neighbours_must_be(0x377, 0x376, 0x37A); /* two are unassigned */
	neighbours_must_be(0x378, 0x377, 0x37A);
	neighbours_must_be(0x2764, 0x2763, 0x2765); /* where sequences begin */
	neighbours_must_be(0xE01EF, 0xE01EE, CHARINDEX_NO_ROW);
	neighbours_must_be(0x10FFFF, 0xE01EF, CHARINDEX_NO_ROW);
	neighbours_must_be(UINT32_MAX, 0xE01EF, CHARINDEX_NO_ROW);
}
END_TEST

/* What has been told last. */
struct told {
	enum charindex_record_kind kind;
	const char *language;
	struct charindex_text text;
};

static void
must_be_another(void *arg, const struct charindex_record *record)
{
	struct told *told = arg;

	UNIT_HOLDS(record->kind != told->kind || record->text.length != told->text.length ||
	    strcmp(record->language, told->language) != 0 ||
	    memcmp(record->text.bytes, told->text.bytes, told->text.length) != 0);
	*told = (struct told){ record->kind, record->language, record->text };
}

START_TEST(no_record_is_told_twice)
{
	struct charindex_info info = charindex_info(unit_index);

	for (uint32_t row = 0; row < info.row_count + info.extra_count; row++) {
		struct told told = { CHARINDEX_RECORD_KIND_COUNT, "", { "", 0 } };

		charindex_records(unit_index, row, must_be_another, &told);
	}
}
END_TEST

/* That of its first code point is not that of the sequence. */
START_TEST(a_sequence_has_no_age)
{
	struct charindex_info info = charindex_info(unit_index);
	struct charindex_settings settings = { .mode = CHARINDEX_AUTO };
	struct charindex_summary summary;
	struct charindex_answer answer;
	struct charindex_label label;
	struct charindex_row row;

	for (uint32_t n = info.row_count; n < info.row_count + info.extra_count; n++) {
		bool sequence;

		charindex_row(unit_index, n, 0, &row, &label);
		sequence = (row.flags & CHARINDEX_IS_SEQUENCE) != 0;
		UNIT_HOLDS((row.property[CHARINDEX_PROPERTY_AGE].length == 0) == sequence);
		UNIT_HOLDS(row.property[CHARINDEX_PROPERTY_BLOCK].length > 0);
	}
	UNIT_HOLDS(charindex_answer_begin(&answer, unit_index, &settings, "is:sequence age:>=1.1",
	               21) == CHARINDEX_OK);
	charindex_answer_summary(&answer, &summary);
	ck_assert_uint_eq(summary.total, 0);
	charindex_answer_release(&answer);
	UNIT_HOLDS(
	    charindex_answer_begin(&answer, unit_index, &settings, "is:sequence", 11) == CHARINDEX_OK);
	ck_assert_uint_eq(charindex_answer_facets(&answer, CHARINDEX_PROPERTY_AGE,
	                      &(struct charindex_facet){ 0 }, 1),
	    0);
	charindex_answer_release(&answer);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_unchecked_fixture(tests, unit_index_open, unit_index_close);
	tcase_add_test(tests, a_named_character);
	tcase_add_test(tests, a_control_has_an_alias_and_no_character);
	tcase_add_test(tests, the_characters_of_a_control_are_had_where_they_are_escaped);
	tcase_add_test(tests, categories_have_names);
	tcase_add_test(tests, what_has_no_name_has_a_label);
	tcase_add_test(tests, only_single_code_points_have_a_row_of_their_own);
	tcase_add_test(tests, records_say_all_that_is_known);
	tcase_add_test(tests, records_are_in_the_order_of_languages);
	tcase_add_test(tests, records_may_be_had_in_one_language);
	tcase_add_test(tests, a_row_without_records_has_none);
	tcase_add_test(tests, references_are_those_of_the_names_list);
	tcase_add_test(tests, as_many_references_are_written_as_there_is_room_for);
	tcase_add_test(tests, languages);
	tcase_add_test(tests, rows_of_a_language_are_those_with_words_in_it);
	tcase_add_test(tests, neighbours_are_the_nearest_with_a_row);
	tcase_add_test(tests, no_record_is_told_twice);
	tcase_add_test(tests, a_sequence_has_no_age);
}

UNIT_MAIN("character", add_tests)
