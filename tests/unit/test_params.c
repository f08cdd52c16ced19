/* test_params.c - query strings and path segments taken apart, and the parameter named that is
 * wrong. */
#include <string.h>

#include "params.h"
#include "unit.h"

static char room[4096];
static struct params params;
static const char *wrong;

/* Reads in memory that is no longer than it has to be. */
static enum params_error
read_text(const char *query, size_t length)
{
	char *copy = malloc(length + 1), *exact = malloc(length + 1);
	enum params_error error;

	memcpy(copy, query, length);
	copy = realloc(copy, length > 0 ? length : 1);
	params_read(copy, length, &params, exact, &wrong);
	free(exact);
	error = params_read(copy, length, &params, room, &wrong);
	free(copy);
	return error;
}

static void
assert_param(const char *name, const char *value, size_t length)
{
	const struct param *param = params_find(&params, name);

	ck_assert_ptr_nonnull(param);
	ck_assert_uint_eq(param->length, length);
	ck_assert_mem_eq(param->value, value, length + 1);
}

START_TEST(reads_what_browsers_write)
{
	static const char query[] = "q=white+bishop&x=%E2%99%97&&empty=&none&a%26b=%3d%2B&text=%00a%00";

	ck_assert_int_eq(read_text(query, strlen(query)), PARAMS_OK);
	ck_assert_uint_eq(params.count, 6);
	assert_param("q", "white bishop", 12);
	assert_param("x", "♗", 3);
	assert_param("empty", "", 0);
	assert_param("none", "", 0);
	assert_param("a&b", "=+", 2);
	assert_param("text", "\0a\0", 3);
	ck_assert_ptr_null(params_find(&params, "nothing"));
	ck_assert_int_eq(read_text("", 0), PARAMS_OK);
	ck_assert_uint_eq(params.count, 0);
	ck_assert_int_eq(read_text("é=♗", strlen("é=♗")), PARAMS_OK);
	assert_param("é", "♗", 3);
}
END_TEST

START_TEST(names_the_parameter_that_is_wrong)
{
	static const struct {
		const char *query;
		enum params_error error;
		const char *wrong;
	} cases[] = {
		{ "q=%", PARAMS_NOT_UTF8, "q" },
		{ "q=%4", PARAMS_NOT_UTF8, "q" },
		{ "q=%4g", PARAMS_NOT_UTF8, "q" },
		{ "q=%zz", PARAMS_NOT_UTF8, "q" },
		{ "a=1&q=%ff&b=2", PARAMS_NOT_UTF8, "q" },
		{ "q=%c0%80", PARAMS_NOT_UTF8, "q" },
		{ "q=%ed%a0%80", PARAMS_NOT_UTF8, "q" },
		{ "q=\xff", PARAMS_NOT_UTF8, "q" },
		{ "q=a&%FF=1", PARAMS_NOT_UTF8, "%FF" },
		{ "q=a&b%=1", PARAMS_NOT_UTF8, "b%" },
		{ "q=a&%FF", PARAMS_NOT_UTF8, "%FF" },
		{ "q=a&limit=1&q=b", PARAMS_TWICE, "q" },
		{ "q=a&limit=1&%71", PARAMS_TWICE, "q" },
		{ "=&=", PARAMS_TWICE, "" },
		{ "q=a&mode=wide%00x", PARAMS_NUL, "mode" },
		{ "mode%00x=wide", PARAMS_NUL, "mode%00x" },
		{ "a&b&c&d&e&f&g&h&i&j&k&l&m&n&o&p&r&s&t&u&v&w&x&y&z&A&B&C&D&E&F&G&H", PARAMS_TOO_MANY,
		    "H" },
	};

	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		ck_assert_msg(read_text(cases[i].query, strlen(cases[i].query)) == cases[i].error, "%s",
		    cases[i].query);
		ck_assert_str_eq(wrong, cases[i].wrong);
		ck_assert_int_ne(params_error_text(cases[i].error)[0], '\0');
	}
}
END_TEST

START_TEST(reads_numbers)
{
	static const char query[] = "a=0&b=999999999&c=1234567890&d=-1&e=1x&f=&g=%201";
	uint32_t number;

	ck_assert_int_eq(read_text(query, strlen(query)), PARAMS_OK);
	ck_assert(params_number(params_find(&params, "a"), &number) && number == 0);
	ck_assert(params_number(params_find(&params, "b"), &number) && number == 999999999);
	for (const char *name = "c\0d\0e\0f\0g\0"; *name != '\0'; name += 2)
		ck_assert_msg(!params_number(params_find(&params, name), &number), "%s", name);
}
END_TEST

START_TEST(reads_segments_of_paths)
{
	static const char *const others[] = { "U%2B2657%00x", "%00", "%", "%2", "%ff", "\xff" };
	char out[64];

	ck_assert(params_read_segment("U+2657", 6, out));
	ck_assert_str_eq(out, "U+2657");
	ck_assert(params_read_segment("U%2B2657%20x/y", 8, out));
	ck_assert_str_eq(out, "U+2657");
	ck_assert(params_read_segment("", 0, out));
	ck_assert_str_eq(out, "");
	for (size_t i = 0; i < UNIT_COUNT(others); i++)
		ck_assert_msg(!params_read_segment(others[i], strlen(others[i]), out), "%s", others[i]);
	ck_assert(!params_read_segment("a\0b", 3, out));
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, reads_what_browsers_write);
	tcase_add_test(tests, names_the_parameter_that_is_wrong);
	tcase_add_test(tests, reads_numbers);
	tcase_add_test(tests, reads_segments_of_paths);
}

UNIT_MAIN("params", add_tests)
