/* test_http_params.c - query strings taken apart, and text made for HTML, JSON and URLs. */
#include <string.h>

#include "http_params.h"
#include "text.h"
#include "unit.h"

static char room[1024];
static struct http_params params;

static void
assert_param(const char *name, const char *value, size_t length)
{
	const struct http_param *param = http_param(&params, name);

	ck_assert_ptr_nonnull(param);
	ck_assert_uint_eq(param->length, length);
	ck_assert_mem_eq(param->value, value, length + 1);
}

START_TEST(reads_what_browsers_write)
{
	ck_assert_ptr_null(http_params_read("q=white+bishop&x=%E2%99%97&&empty=&none&a%26b=%3d%00%2B",
	    &params, room));
	ck_assert_uint_eq(params.count, 5);
	assert_param("q", "white bishop", 12);
	assert_param("x", "♗", 3);
	assert_param("empty", "", 0);
	assert_param("none", "", 0);
	assert_param("a&b", "=\0+", 3);
	ck_assert_ptr_null(http_param(&params, "nothing"));
	ck_assert_ptr_null(http_params_read("", &params, room));
	ck_assert_uint_eq(params.count, 0);
}
END_TEST

START_TEST(refuses_the_rest)
{
	static const char *const cases[] = { "q=%", "q=%4", "q=%4g", "q=%zz", "q=%ff", "q=%c0%80",
		"q=%ed%a0%80", "%ff=x", "q=\xff", "q=1&q=2", "a&b&c&d&e&f&g&h&i&j&k&l&m&n&o&p&r" };

	for (size_t i = 0; i < UNIT_COUNT(cases); i++)
		ck_assert_msg(http_params_read(cases[i], &params, room) != NULL, "%s", cases[i]);
}
END_TEST

START_TEST(reads_numbers)
{
	uint32_t number;

	ck_assert_ptr_null(http_params_read("a=0&b=999999999&c=1234567890&d=-1&e=1x&f=&g=%201&h=1%00",
	    &params, room));
	ck_assert(http_param_number(http_param(&params, "a"), &number) && number == 0);
	ck_assert(http_param_number(http_param(&params, "b"), &number) && number == 999999999);
	for (const char *name = "c\0d\0e\0f\0g\0h\0"; *name != '\0'; name += 2)
		ck_assert_msg(!http_param_number(http_param(&params, name), &number), "%s", name);
}
END_TEST

static void
assert_text(struct text *text, const char *expected)
{
	ck_assert(!text->failed);
	ck_assert_uint_eq(text->length, strlen(expected));
	ck_assert_mem_eq(text->bytes, expected, text->length);
	text_clear(text);
}

START_TEST(escapes_text_for_where_it_goes)
{
	struct text text = { 0 };

	text_html(&text, "<a href='x'>\"&amp;\0é", 21);
	assert_text(&text, "&lt;a href=&#39;x&#39;&gt;&quot;&amp;amp;\xEF\xBF\xBDé");
	text_json(&text, "plain", 5);
	text_json(&text, "\"\\\n\x7f♗", 7);
	assert_text(&text, "\"plain\"\"\\\"\\\\\\n\\u007f♗\"");
	text_url(&text, "a b+c/é~", 9);
	assert_text(&text, "a%20b%2Bc%2F%C3%A9~");
	text_number(&text, 0);
	text_number(&text, UINT64_MAX);
	text_format(&text, " %s %d", "x", -1);
	assert_text(&text, "018446744073709551615 x -1");
	text_html(&text, "", 0);
	assert_text(&text, "");
	for (int i = 0; i < 100000; i++)
		text_puts(&text, "0123456789");
	ck_assert_uint_eq(text.length, 1000000);
	text_release(&text);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, reads_what_browsers_write);
	tcase_add_test(tests, refuses_the_rest);
	tcase_add_test(tests, reads_numbers);
	tcase_add_test(tests, escapes_text_for_where_it_goes);
}

UNIT_MAIN("http_params", add_tests)
