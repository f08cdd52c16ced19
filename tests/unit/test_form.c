/* test_form.c - text in the forms of programming languages and protocols. */
#include <string.h>

#include "bytes.h"
#include "charform.h"
#include "unit.h"

static void
must_be(enum charform form, const char *text, size_t length, const char *expected)
{
	char *out = malloc(CHARFORM_SIZE(length) + 1), *copy = bytes_exact_copy(text, length);
	size_t written = charform_write(form, copy, length, out);

	UNIT_HOLDS(written <= CHARFORM_SIZE(length));
	bytes_must_be(charform_name(form), out, written, expected, strlen(expected));
	free(out);
	free(copy);
}

static void
forms_must_be(const char *text, size_t length, const char *const expected[CHARFORM_COUNT])
{
	for (int form = 0; form < CHARFORM_COUNT; form++)
		must_be((enum charform)form, text, length, expected[form]);
}

START_TEST(forms_of_every_length)
{
	forms_must_be("A", 1,
	    (const char *const[]){ "41", "0041", "&#x41;", "A", "A", "\\u0041", "00000041", "65" });
	forms_must_be("\u00E9", 2,
	    (const char *const[]){ "C3 A9", "00E9", "&#xE9;", "%C3%A9", "\\u00e9", "\\u00e9",
	        "000000E9", "233" });
	forms_must_be("\u20AC", 3,
	    (const char *const[]){ "E2 82 AC", "20AC", "&#x20AC;", "%E2%82%AC", "\\u20ac", "\\u20ac",
	        "000020AC", "8364" });
	forms_must_be("\U0001F600", 4,
	    (const char *const[]){ "F0 9F 98 80", "D83D DE00", "&#x1F600;", "%F0%9F%98%80",
	        "\\U0001f600", "\\ud83d\\ude00", "0001F600", "128512" });
	forms_must_be("", 0, (const char *const[]){ "", "", "", "", "", "", "", "" });
}
END_TEST

START_TEST(several_characters)
{
	forms_must_be("a\u20AC", 4,
	    (const char *const[]){ "61 E2 82 AC", "0061 20AC", "&#x61;&#x20AC;", "a%E2%82%AC",
	        "a\\u20ac", "\\u0061\\u20ac", "00000061 000020AC", "97 8364" });
}
END_TEST

START_TEST(characters_that_mean_something)
{
	must_be(CHARFORM_C, "\"\\\n\x7F", 4, "\\\"\\\\\\x0a\\x7f");
	must_be(CHARFORM_C, "\xC2\x85", 2, "\\xc2\\x85"); /* C has no \u0085 */
	must_be(CHARFORM_C, "\u00A0", 2, "\\u00a0");
	must_be(CHARFORM_URL, "a-._~/ ?", 8, "a-._~%2F%20%3F");
	must_be(CHARFORM_URL, "\0", 1, "%00");
	must_be(CHARFORM_HTML, "<&", 2, "&#x3C;&#x26;");
	/* &#x80; is the euro sign, &#0; is U+FFFD */
	must_be(CHARFORM_HTML, "\0", 1, "");
	must_be(CHARFORM_HTML, "\xC2\x80", 2, "");
	must_be(CHARFORM_HTML,
	    "a\xC2\x9F"
	    "b",
	    4, "&#x61;&#x62;");
	must_be(CHARFORM_HTML, "\x7F\u00A0", 3, "&#x7F;&#xA0;");
}
END_TEST

START_TEST(forms_have_names)
{
	for (int form = 0; form < CHARFORM_COUNT; form++)
		UNIT_HOLDS(strlen(charform_name((enum charform)form)) > 0 &&
		    strcmp(charform_name((enum charform)form), "unknown") != 0);
}
END_TEST

static void
json_must_be(const char *text, size_t length, const char *expected)
{
	char *out = malloc(CHARFORM_JSON_STRING_SIZE(length)), *copy = bytes_exact_copy(text, length);
	size_t written = charform_json_string(copy, length, out);

	UNIT_HOLDS(written <= CHARFORM_JSON_STRING_SIZE(length));
	bytes_must_be("JSON", out, written, expected, strlen(expected));
	free(out);
	free(copy);
}

START_TEST(json_strings_escape_what_must_be)
{
	json_must_be("", 0, "\"\"");
	json_must_be("a\u20AC", 4, "\"a\u20AC\"");
	json_must_be("\"\\/", 3, "\"\\\"\\\\/\"");
	json_must_be("\b\f\n\r\t", 5, "\"\\b\\f\\n\\r\\t\"");
	json_must_be("\0\x1F\x7F", 3, "\"\\u0000\\u001f\\u007f\"");
	json_must_be("\xC2\x85\u2028\u2029", 8, "\"\\u0085\\u2028\\u2029\"");
	json_must_be("\xFFx\xE2\x82", 4, "\"\uFFFDx\uFFFD\"");
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, forms_of_every_length);
	tcase_add_test(tests, several_characters);
	tcase_add_test(tests, characters_that_mean_something);
	tcase_add_test(tests, forms_have_names);
	tcase_add_test(tests, json_strings_escape_what_must_be);
}

UNIT_MAIN("form", add_tests)
