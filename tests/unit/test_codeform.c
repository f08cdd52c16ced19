/* test_codeform.c - the forms in which code points are written down. */
#include "codeform.h"

#include <string.h>

#include "bytes.h"
#include "unit.h"
#include "unit_index.h"

/* What the word is read as: "20AC 1F600", "20AC..20CF", or why it is not. */
static void
must_be(const char *word, const char *expected)
{
	static const char *const names[] = {
		[CODEFORM_NONE] = "none",
		[CODEFORM_BEYOND] = "beyond",
		[CODEFORM_ENTITY] = "no entity",
		[CODEFORM_MANY] = "many",
	};
	char *copy = bytes_exact_copy(word, strlen(word));
	struct code_points points = { .count = 0 };
	struct bytes got = { 0 };
	uint32_t first = 0, last = 0;
	enum codeform form = codeform_read(unit_index, copy, strlen(word), &points, &first, &last);

	if (form == CODEFORM_RANGE)
		bytes_printf(&got, "%04X..%04X", (unsigned)first, (unsigned)last);
	else if (form != CODEFORM_POINTS)
		bytes_add_string(&got, names[form]);
	for (uint32_t i = 0; i < points.count; i++)
		bytes_printf(&got, i > 0 ? " %04X" : "%04X", (unsigned)points.point[i]);
	bytes_must_be(word, got.data, got.length, expected, strlen(expected));
	bytes_release(&got);
	free(copy);
}

START_TEST(hexadecimal_after_u_plus_or_0x)
{
	must_be("U+20AC", "20AC");
	must_be("u+20ac", "20AC");
	must_be("U+a", "000A");
	must_be("0x20AC", "20AC");
	must_be("0X1f600", "1F600");
	must_be("U+0000000041", "0041");
	must_be("U+D800", "D800");
	must_be("U+10FFFF", "10FFFF");
	must_be("U+110000", "beyond");
	must_be("0xFFFFFFFFFFFFFFFFFFFF", "beyond");
	must_be("U+", "none");
	must_be("U+20AG", "none");
	must_be("20AC", "none"); /* a word may look so */
	must_be("U20AC", "none");
	must_be("", "none");
}
END_TEST

START_TEST(ranges)
{
	must_be("20AC..20CF", "20AC..20CF");
	must_be("U+20AC..U+20CF", "20AC..20CF");
	must_be("0x20ac..20cf", "20AC..20CF");
	must_be("20CF..20AC", "20AC..20CF");
	must_be("0..10FFFF", "0000..10FFFF");
	must_be("0..110000", "beyond");
	must_be("20AC..", "none");
	must_be("..20AC", "none");
	must_be("20AC...20CF", "none");
	must_be("20AC-20CF", "none");
}
END_TEST

START_TEST(escapes_of_programming_languages)
{
	must_be("\\u20ac", "20AC");
	must_be("\\U0001F600", "1F600");
	must_be("\\u{1F600}", "1F600");
	must_be("\\x{20ac}", "20AC");
	must_be("\\x41", "0041");
	must_be("\\u20ac\\u0301", "20AC 0301");
	must_be("\\ud83d\\ude00", "1F600"); /* surrogates that belong together */
	must_be("\\ude00\\ud83d", "DE00 D83D");
	must_be("\\U00110000", "beyond");
	must_be("\\u{110000}", "beyond");
	must_be("\\u20a", "none");
	must_be("\\u{20ac", "none");
	must_be("\\x4", "none");
	must_be("\\n", "none");
	must_be("\\u20acx", "none");
}
END_TEST

START_TEST(references_of_html)
{
	must_be("&#8364;", "20AC");
	must_be("&#x20AC;", "20AC");
	must_be("&#X20ac;", "20AC");
	must_be("&euro;", "20AC");
	must_be("&Lambda;", "039B");
	must_be("&lambda;", "03BB");
	must_be("&euro;&lambda;", "20AC 03BB");
	must_be("&nvlt;", "003C 20D2"); /* of two characters */
	must_be("&#1114112;", "beyond");
	must_be("&#8364", "none");
	must_be("&euro", "none");
	must_be("&;", "none");
	must_be("&EURO;", "no entity");
	must_be("&nosuchentity;", "no entity");
	must_be("&a b;", "no entity");
}
END_TEST

START_TEST(bytes_of_urls)
{
	must_be("%E2%82%AC", "20AC");
	must_be("%e2%82%ac%20", "20AC 0020");
	must_be("%F0%9F%98%80", "1F600");
	must_be("%41", "0041");
	must_be("%00", "0000");
	must_be("%E2%82", "none");
	must_be("%E2%82%41", "none");
	must_be("%C0%80", "none");
	must_be("%FF", "none");
	must_be("%4", "none");
	must_be("100%", "none");
}
END_TEST

START_TEST(bytes_of_strings)
{
	must_be("\\xe2\\x82\\xac", "20AC");
	must_be("\\xF0\\x9F\\x98\\x80\\x21", "1F600 0021");
	must_be("\\x41", "0041");
	must_be("\\xe9", "00E9"); /* no UTF-8, so it is Latin-1 */
	must_be("\\xe2\\x82", "00E2 0082");
}
END_TEST

static void
bytes_encode(const char *query, uint32_t code_point)
{
	struct code_points points;
	bool read = codeform_read_bytes(query, strlen(query), &points);

	ck_assert_msg(read == (code_point != 0), "'%s'", query);
	if (read)
		ck_assert_msg(points.count == 1 && points.point[0] == code_point, "'%s'", query);
}

START_TEST(bytes_in_hexadecimal)
{
	bytes_encode("e2 82 ac", 0x20AC);
	bytes_encode("E2,82,AC", 0x20AC);
	bytes_encode("0xe2, 0x82, 0xac", 0x20AC);
	bytes_encode("c3 a9", 0xE9);
	bytes_encode("41 42", 0);
	bytes_encode("de ad", 0); /* these may be words */
	bytes_encode("0xde 0xad", 0x7AD);
	bytes_encode("e2 82", 0);
	bytes_encode("e282ac", 0);
	bytes_encode("e2 82 a", 0);
	bytes_encode("", 0);
}
END_TEST

START_TEST(forms_can_be_mixed)
{
	must_be("&euro;%E2%82%AC\\u20ac", "20AC 20AC 20AC");
	must_be("&euro;20AC", "none");
	must_be("&euro;&nosuch;", "no entity"); /* and nothing of what was before it */
}
END_TEST

START_TEST(a_query_has_1024_at_most)
{
	struct bytes word = { 0 };
	struct code_points points = { .count = 0 };
	uint32_t first, last;

	bytes_repeat(&word, "%41", CODEFORM_MAX_POINTS);
	ck_assert_int_eq(codeform_read(unit_index, word.data, word.length, &points, &first, &last),
	    CODEFORM_POINTS);
	ck_assert_uint_eq(points.count, CODEFORM_MAX_POINTS);
	ck_assert_int_eq(codeform_read(unit_index, "%41", 3, &points, &first, &last), CODEFORM_MANY);
	ck_assert_int_eq(codeform_read(unit_index, "U+41", 4, &points, &first, &last), CODEFORM_MANY);
	ck_assert_uint_eq(points.count, CODEFORM_MAX_POINTS);
	bytes_release(&word);
}
END_TEST

START_TEST(bare_digits)
{
	uint32_t c;

	ck_assert(codeform_is_bare("20AC", 4, true, &c) && c == 0x20AC);
	ck_assert(codeform_is_bare("1f600", 5, true, &c) && c == 0x1F600);
	ck_assert(!codeform_is_bare("face", 4, true, &c));
	ck_assert(codeform_is_bare("face", 4, false, &c) && c == 0xFACE);
	ck_assert(!codeform_is_bare("20A", 3, true, &c));
	ck_assert(!codeform_is_bare("0020AC1", 7, true, &c));
	ck_assert(!codeform_is_bare("110000", 6, true, &c));
	ck_assert(!codeform_is_bare("20AG", 4, true, &c));
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_unchecked_fixture(tests, unit_index_open, unit_index_close);
	tcase_add_test(tests, hexadecimal_after_u_plus_or_0x);
	tcase_add_test(tests, ranges);
	tcase_add_test(tests, escapes_of_programming_languages);
	tcase_add_test(tests, references_of_html);
	tcase_add_test(tests, bytes_of_urls);
	tcase_add_test(tests, bytes_of_strings);
	tcase_add_test(tests, bytes_in_hexadecimal);
	tcase_add_test(tests, forms_can_be_mixed);
	tcase_add_test(tests, a_query_has_1024_at_most);
	tcase_add_test(tests, bare_digits);
}

UNIT_MAIN("codeform", add_tests)
