/* test_strip.c - which white space around a query is stripped. */
#include <string.h>
#include <unicode/utf8.h>

#include "bytes.h"
#include "charindex.h"
#include "unit.h"

/* White_Space (UAX #44) and U+001C to U+001F: first and last of each range. */
/* clang-format off */
static const uint32_t spaces[][2] = {
	{ 0x09, 0x0D }, { 0x1C, 0x20 }, { 0x85, 0x85 }, { 0xA0, 0xA0 }, { 0x1680, 0x1680 },
	{ 0x2000, 0x200A }, { 0x2028, 0x2029 }, { 0x202F, 0x202F }, { 0x205F, 0x205F },
	{ 0x3000, 0x3000 },
};
/* clang-format on */

static bool
is_space(uint32_t c)
{
	for (size_t i = 0; i < UNIT_COUNT(spaces); i++)
		if (c >= spaces[i][0] && c <= spaces[i][1])
			return true;
	return false;
}

static void
must_be_stripped(const char *text, size_t length, const char *expected, size_t expected_length)
{
	char *copy = bytes_exact_copy(text, length);
	size_t left = length;
	const char *stripped = charindex_strip(copy, &left);
	struct bytes what = { 0 };

	UNIT_HOLDS(stripped >= copy && stripped + left <= copy + length);
	bytes_add_escaped(&what, text, length);
	bytes_must_be(what.data, stripped, left, expected, expected_length);
	bytes_release(&what);
	free(copy);
}

static void
must_become(const char *text, const char *expected)
{
	must_be_stripped(text, strlen(text), expected, strlen(expected));
}

START_TEST(strips_both_ends)
{
	must_become("rook", "rook");
	must_become("  rook", "rook");
	must_become("rook\t", "rook");
	must_become(" \t rook \r\n", "rook");
	must_become("\u3000\u2003rook\u00A0\xC2\x85", "rook");
	must_become(" \u2028 \x1C \u265C \x1F \u2029 ", "\u265C");
	must_become("\x0B\x0Crook\x1D\x1E", "rook");
}
END_TEST

START_TEST(leaves_what_is_between)
{
	must_become(" white  bishop ", "white  bishop");
	must_become("a\u3000b", "a\u3000b");
	must_become("a\nb", "a\nb");
}
END_TEST

START_TEST(leaves_nothing_of_white_space)
{
	must_become("", "");
	must_become(" ", "");
	must_become("\u3000", "");
	must_become(" \t\r\n\x0B\x0C\x1C\x1D\x1E\x1F\xC2\x85\u00A0\u1680\u2000\u200A\u3000", "");
}
END_TEST

START_TEST(leaves_what_only_looks_like_white_space)
{
	must_become("\u200B", "\u200B"); /* ZERO WIDTH SPACE */
	must_become("\uFEFF", "\uFEFF");
	must_become("\u2800", "\u2800"); /* BRAILLE PATTERN BLANK */
	must_become("\u180E", "\u180E"); /* MONGOLIAN VOWEL SEPARATOR */
	must_become(" \u0301 ", "\u0301");
	must_be_stripped("\0", 1, "\0", 1);
	must_be_stripped(" \0 ", 3, "\0", 1);
	must_become(" \x03 ", "\x03");
	must_become("\x7F", "\x7F");
}
END_TEST

START_TEST(leaves_what_is_not_utf_8)
{
	must_become(" \xFF ", "\xFF");
	must_become("\xC2", "\xC2");
	must_become(" \xA0", "\xA0");
	must_become("\xE3\x80 ", "\xE3\x80");
	must_become(" \x80\x80 ", "\x80\x80");
	must_become("\xC0\xA0", "\xC0\xA0"); /* an overlong space */
}
END_TEST

START_TEST(strips_white_space_and_no_other_character)
{
	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		char text[2 * U8_MAX_LENGTH + 1];
		int length = 0;
		size_t left;
		const char *stripped;

		if (U_IS_SURROGATE(c))
			continue;
		U8_APPEND_UNSAFE(text, length, c);
		text[length++] = 'x';
		U8_APPEND_UNSAFE(text, length, c);
		left = (size_t)length;
		stripped = charindex_strip(text, &left);
		if (left != (is_space(c) ? 1 : (size_t)length) || (is_space(c) && *stripped != 'x'))
			ck_abort_msg("U+%04X is%s white space", (unsigned)c, is_space(c) ? "" : " not");
	}
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, strips_both_ends);
	tcase_add_test(tests, leaves_what_is_between);
	tcase_add_test(tests, leaves_nothing_of_white_space);
	tcase_add_test(tests, leaves_what_only_looks_like_white_space);
	tcase_add_test(tests, leaves_what_is_not_utf_8);
	tcase_add_test(tests, strips_white_space_and_no_other_character);
}

UNIT_MAIN("strip", add_tests)
