/* test_status.c - the line that sums up an answer, with the query as repr() quotes it. */
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "unit.h"
#include "unit_index.h"

/* What charindex_status() says; checks that it stays in its place. Owned by the caller. */
static char *
status_of(uint64_t matches, const char *query, size_t length, size_t *status_length)
{
	char *copy = bytes_exact_copy(query, length);
	char *status = malloc(CHARINDEX_STATUS_SIZE(length));

	UNIT_HOLDS(status != NULL);
	*status_length = charindex_status(unit_index, matches, copy, length, status);
	UNIT_HOLDS(*status_length <= CHARINDEX_STATUS_SIZE(length));
	free(copy);
	return status;
}

static void
must_be_summed_up(uint64_t matches, const char *query, size_t length, const char *expected)
{
	size_t status_length;
	char *status = status_of(matches, query, length, &status_length);

	bytes_must_be(expected, status, status_length, expected, strlen(expected));
	free(status);
}

static void
must_be_quoted(const char *query, size_t length, const char *expected)
{
	struct bytes status = { 0 };

	bytes_printf(&status, "No match for %s", expected);
	must_be_summed_up(0, query, length, status.data);
	bytes_release(&status);
}

struct quoting {
	const char *query, *quoted;
};

static void
must_all_be_quoted(const struct quoting *cases, size_t count)
{
	for (size_t i = 0; i < count; i++)
		must_be_quoted(cases[i].query, strlen(cases[i].query), cases[i].quoted);
}

START_TEST(says_how_many_matches_there_are)
{
	must_be_summed_up(0, "xyzzy", 5, "No match for 'xyzzy'");
	must_be_summed_up(1, "euro-currency", 13, "1 match for 'euro-currency'");
	must_be_summed_up(2, "x", 1, "2 matches for 'x'");
	must_be_summed_up(5, "white bishop", 12, "5 matches for 'white bishop'");
	must_be_summed_up(159801, "", 0, "159801 matches for ''");
	must_be_summed_up(UINT64_MAX, "x", 1, "18446744073709551615 matches for 'x'");
}
END_TEST

START_TEST(chooses_quotes_like_repr)
{
	static const struct quoting cases[] = {
		{ "rook", "'rook'" },
		{ "king's", "\"king's\"" },
		{ "'", "\"'\"" },
		{ "\"", "'\"'" },
		{ "say \"rook\"", "'say \"rook\"'" },
		{ "'\"", "'\\'\"'" },
		{ "\"it's\"", "'\"it\\'s\"'" },
		{ "''", "\"''\"" },
		{ "\u2019", "'\u2019'" },
		{ "`", "'`'" },
	};

	must_all_be_quoted(cases, UNIT_COUNT(cases));
}
END_TEST

START_TEST(escapes_the_backslash_and_three_controls_by_name)
{
	static const struct quoting cases[] = {
		{ "a\\b", "'a\\\\b'" },
		{ "\\", "'\\\\'" },
		{ "\\n", "'\\\\n'" },
		{ "'\\", "\"'\\\\\"" },
		{ "a\nb", "'a\\nb'" },
		{ "a\rb", "'a\\rb'" },
		{ "a\tb", "'a\\tb'" },
	};

	must_all_be_quoted(cases, UNIT_COUNT(cases));
}
END_TEST

START_TEST(escapes_by_number_what_is_not_printable)
{
	static const struct quoting cases[] = {
		{ "\x01", "'\\x01'" },
		{ "\x1F", "'\\x1f'" },
		{ "\x0B\x0C\x08\x07\x1B", "'\\x0b\\x0c\\x08\\x07\\x1b'" },
		{ "\x7F", "'\\x7f'" },
		{ "\xC2\x85", "'\\x85'" },
		{ "a\u00A0b", "'a\\xa0b'" },
		{ "\u00AD", "'\\xad'" },
		{ "\u0378", "'\\u0378'" },
		{ "\u1680", "'\\u1680'" },
		{ "\u200B", "'\\u200b'" },
		{ "\u2028\u2029", "'\\u2028\\u2029'" },
		{ "a\u3000b", "'a\\u3000b'" },
		{ "\uE000", "'\\ue000'" },
		{ "\uFEFF", "'\\ufeff'" },
		{ "\uFFFF", "'\\uffff'" },
		{ "\U000110BD", "'\\U000110bd'" },
		{ "\U000E0001", "'\\U000e0001'" },
		{ "\U000F0000", "'\\U000f0000'" },
		{ "\U0010FFFF", "'\\U0010ffff'" },
	};

	must_all_be_quoted(cases, UNIT_COUNT(cases));
	must_be_quoted("\0", 1, "'\\x00'");
	must_be_quoted("a\0001", 3, "'a\\x001'");
}
END_TEST

START_TEST(leaves_what_is_printable)
{
	static const struct quoting cases[] = {
		{ " ", "' '" }, { "~", "'~'" }, { "\u00A1\u00FF", "'\u00A1\u00FF'" },
		{ "caf\u00E9", "'caf\u00E9'" }, { "\u0301", "'\u0301'" },
		{ "\u4E00\u265C", "'\u4E00\u265C'" }, { "\uFFFD", "'\uFFFD'" },
		{ "\U0001F600", "'\U0001F600'" }, { "\U000E0100", "'\U000E0100'" },
		{ "\u20C1", "'\u20C1'" }, /* since Unicode 17 */
	};

	must_all_be_quoted(cases, UNIT_COUNT(cases));
}
END_TEST

/* As PROTOCOL.md says: not printable are C* and Z*, except the space. */
static void
add_quoted(struct bytes *expected, uint32_t c, const char *utf8, int utf8_length)
{
	uint32_t mask = U_MASK(charindex_category(unit_index, c));

	if (c == '\n' || c == '\r' || c == '\t')
		bytes_printf(expected, "\\%c", c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
	else if (c == '\\')
		bytes_add_string(expected, "\\\\");
	else if (c != ' ' && (mask & (U_GC_C_MASK | U_GC_Z_MASK)) != 0)
		bytes_printf(expected,
		    c < 0x100         ? "\\x%02x"
		        : c < 0x10000 ? "\\u%04x"
		                      : "\\U%08x",
		    (unsigned)c);
	else
		bytes_add(expected, utf8, (size_t)utf8_length);
}

START_TEST(quotes_every_character_by_its_category)
{
	struct bytes expected = { 0 };

	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		char utf8[U8_MAX_LENGTH], status[CHARINDEX_STATUS_SIZE(U8_MAX_LENGTH)];
		int utf8_length = 0;
		size_t length;

		if (U_IS_SURROGATE(c))
			continue;
		U8_APPEND_UNSAFE(utf8, utf8_length, c);
		expected.length = 0;
		bytes_add_string(&expected, c == '\'' ? "No match for \"" : "No match for '");
		add_quoted(&expected, c, utf8, utf8_length);
		bytes_add_string(&expected, c == '\'' ? "\"" : "'");
		length = charindex_status(unit_index, 0, utf8, (size_t)utf8_length, status);
		if (length != expected.length || memcmp(status, expected.data, length) != 0)
			ck_abort_msg("U+%04X becomes %.*s", (unsigned)c, (int)length, status);
	}
	bytes_release(&expected);
}
END_TEST

START_TEST(never_takes_more_than_the_promised_room)
{
	static const char *const worst[] = { "\x01", "\x7F", "\\", "'\"", "\n", "\xC2\x85", "\u200B",
		"\U0010FFFF", "\xFF", "\xE2\x80", "\x01\u200B\U0010FFFF\\", "x" };

	for (size_t i = 0; i < UNIT_COUNT(worst); i++) {
		for (size_t times = 0; times <= 4096; times = times < 4 ? times + 1 : 4 * times) {
			struct bytes query = { 0 };
			size_t length;

			bytes_repeat(&query, worst[i], times);
			query.length = query.length < 4096 ? query.length : 4096;
			free(status_of(UINT64_MAX, query.data, query.length, &length));
			bytes_release(&query);
		}
	}
}
END_TEST

START_TEST(survives_what_is_not_utf_8)
{
	size_t length;

	free(status_of(0, "\xFF", 1, &length));
	free(status_of(0, "a\xE2\x80", 3, &length));
	free(status_of(0, "\xF4\x8F\xBF", 3, &length));
	free(status_of(0, "\xED\xA0\x80", 3, &length));
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_unchecked_fixture(tests, unit_index_open, unit_index_close);
	tcase_add_test(tests, says_how_many_matches_there_are);
	tcase_add_test(tests, chooses_quotes_like_repr);
	tcase_add_test(tests, escapes_the_backslash_and_three_controls_by_name);
	tcase_add_test(tests, escapes_by_number_what_is_not_printable);
	tcase_add_test(tests, leaves_what_is_printable);
	tcase_add_test(tests, quotes_every_character_by_its_category);
	tcase_add_test(tests, never_takes_more_than_the_promised_room);
	tcase_add_test(tests, survives_what_is_not_utf_8);
}

UNIT_MAIN("status", add_tests)
