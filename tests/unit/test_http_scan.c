/* test_http_scan.c - what is wrong with the bytes of requests is found, wherever they are
 * split. */
#include <string.h>

#include "http_scan.h"
#include "unit.h"

#define GOOD "GET / HTTP/1.1\r\nHost: a\r\nX-!#$%&'*+.^_`|~0: \t any \x80 value\r\n\r\n"
#define BEGIN "GET / HTTP/1.1\r\nHost: a\r\n"

/* The scan of `text`, `length` bytes, in two pieces. */
static struct http_scan
scan(const char *text, size_t length, size_t split)
{
	struct http_scan scan = { 0 };

	http_scan_bytes(&scan, text, split);
	http_scan_bytes(&scan, text + split, length - split);
	return scan;
}

START_TEST(counts_the_sections_of_good_requests)
{
	static const char text[] = GOOD GOOD "HEAD /x HTTP/1.0\r\n\r\n" BEGIN;

	for (size_t split = 0; split < sizeof(text); split++) {
		struct http_scan found = scan(text, sizeof(text) - 1, split);

		ck_assert_uint_eq(found.bad, 0);
		ck_assert_uint_eq(found.complete, 3);
		ck_assert_uint_eq(found.length, strlen(BEGIN));
		ck_assert_uint_eq(found.longest, strlen(GOOD));
	}
}
END_TEST

START_TEST(finds_the_first_bad_one)
{
	static const struct {
		const char *text;
		size_t length;
	} cases[] = {
#define CASE(text) { text, sizeof(text) - 1 }
		CASE("GET / HTTP/1.1\n"),
		CASE("GET / HTTP/1.1\rX"),
		CASE("GET /\0 HTTP/1.1\r\n"),
		CASE(BEGIN "\n"),
		CASE(BEGIN "\rX"),
		CASE(BEGIN " X: y\r\n"),
		CASE(BEGIN "\tX: y\r\n"),
		CASE(BEGIN ": y\r\n"),
		CASE(BEGIN "X : y\r\n"),
		CASE(BEGIN "X\t: y\r\n"),
		CASE(BEGIN "X\r\n"),
		CASE(BEGIN "X\0: y\r\n"),
		CASE(BEGIN "X\x80: y\r\n"),
		CASE(BEGIN "X: y\n"),
		CASE(BEGIN "X: y\rz"),
		CASE(BEGIN "X: \0\r\n"),
		CASE(BEGIN "X: y\r\n z\r\n"),
	};

	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		char text[512];
		size_t length = strlen(GOOD GOOD) + cases[i].length + strlen(GOOD);

		strcpy(text, GOOD GOOD);
		memcpy(text + strlen(GOOD GOOD), cases[i].text, cases[i].length);
		memcpy(text + length - strlen(GOOD), GOOD, strlen(GOOD));
		for (size_t split = 0; split <= length; split++)
			ck_assert_msg(scan(text, length, split).bad == 3, "case %zu split at %zu", i, split);
	}
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, counts_the_sections_of_good_requests);
	tcase_add_test(tests, finds_the_first_bad_one);
}

UNIT_MAIN("http_scan", add_tests)
