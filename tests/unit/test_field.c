/* test_field.c - values of header fields: lists and what they say, hosts, and who is behind a
 * proxy. */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "field.h"
#include "forwarded.h"
#include "host.h"
#include "list.h"
#include "request.h"
#include "unit.h"

/* ---- lists --------------------------------------------------------------------------------- */

/* The elements of `value`, each in parentheses. */
static void
assert_elements(bool take(struct list *, struct list_element *), const char *value,
    const char *expected)
{
	struct list list = { value, strlen(value) };
	struct list_element element;
	char seen[256] = "";

	while (take(&list, &element))
		sprintf(seen + strlen(seen), "(%.*s)", (int)element.length, element.bytes);
	ck_assert_str_eq(seen, expected);
}

START_TEST(takes_lists_apart)
{
	assert_elements(list_next, "", "");
	assert_elements(list_next, " ,\t, ", "");
	assert_elements(list_next, "a", "(a)");
	assert_elements(list_next, "a,b , ,c d\t", "(a)(b)(c d)");
	assert_elements(list_next, "\"a,b\", c", "(\"a,b\")(c)");
	assert_elements(list_next, "\"a,b", "(\"a,b)");
	assert_elements(list_next, "\"\\\",\"b",
	    "(\"\\\")(\"b)"); /* \ is a byte of a tag like others */
}
END_TEST

START_TEST(takes_lists_apart_from_the_end)
{
	assert_elements(list_last, "", "");
	assert_elements(list_last, "a", "(a)");
	assert_elements(list_last, "a,b , ,c d\t", "(c d)()(b)(a)");
	assert_elements(list_last, "\", a, b", "(b)(a)(\")");
	assert_elements(list_last, "a,", "()(a)");
}
END_TEST

/* ---- Accept-Encoding ------------------------------------------------------------------------ */

START_TEST(gzips_only_for_who_wants_it)
{
	static const struct {
		const char *value;
		bool gzip;
	} cases[] = {
		{ "", false },
		{ "gzip", true },
		{ "GZip", true },
		{ "gzip, deflate, br, zstd", true },
		{ "br,gzip", true },
		{ "x-gzip", false },
		{ "x-gzip, gzip;q=0", false },
		{ "gzipx", false },
		{ "gzi", false },
		{ "*", true },
		{ "*;q=0", false },
		{ "gzip;q=0, *", false },
		{ "*;q=0, gzip", true },
		{ "gzip;q=0", false },
		{ "gzip;q=0.", false },
		{ "gzip;q=0.000", false },
		{ "gzip ; q=0.001", true },
		{ "gzip;Q=1.000", true },
		{ "gzip;q=1.001", false },
		{ "gzip;q=2", false },
		{ "gzip;q=-1", false },
		{ "gzip;q=", false },
		{ "gzip;q", false },
		{ "gzip;", false },
		{ "gzip;q=0.0001", false },
		{ "gzip;q=.5", false },
		{ "gzip;q=0,5", false },
		{ "gzip;level=1", false },
		{ "gzip;q=1;x", false },
		{ "identity", false },
		{ "identity;q=0", false },
		{ "identity;q=0, gzip;q=0.1", true },
		{ "gzip;q=0.5, identity", false },
		{ "gzip;q=0.5, identity;q=0.5", true },
		{ "gzip, gzip;q=0", false },
		{ "gzip;q=0, gzip", false },
		{ "\"gzip\"", false },
		{ "\"a, gzip, b\"", false },
		{ "gzip\"", false },
		{ "gzip;q=1x", false },
		{ "gzip;q=x", false },
		{ "gzip;q =1", false },
		{ "gzip;q= 1", false },
	};

	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		struct field_encodings encodings = { 0 };

		field_read_encodings(&encodings, cases[i].value, strlen(cases[i].value));
		ck_assert_msg(field_prefers_gzip(&encodings) == cases[i].gzip, "%s", cases[i].value);
	}
}
END_TEST

START_TEST(adds_up_the_lines_of_accept_encoding)
{
	struct field_encodings encodings = { 0 };

	field_read_encodings(&encodings, "gzip", 4);
	ck_assert(field_prefers_gzip(&encodings));
	field_read_encodings(&encodings, "gzip;q=0", 8);
	ck_assert(!field_prefers_gzip(&encodings));
	field_read_encodings(&encodings, "gzip", 4);
	ck_assert(!field_prefers_gzip(&encodings));
}
END_TEST

/* ---- Connection, If-None-Match, Content-Length ------------------------------------------------- */

START_TEST(finds_whole_tokens)
{
	static const struct {
		const char *value;
		bool found;
	} cases[] = {
		{ "close", true },
		{ "Close", true },
		{ "a, CLOSE ,b", true },
		{ ",close", true },
		{ "", false },
		{ "closed", false },
		{ "clos", false },
		{ "not-close", false },
		{ "close b", false },
		{ "\"close\"", false },
		{ "close;q=0", false },
	};

	for (size_t i = 0; i < UNIT_COUNT(cases); i++)
		ck_assert_msg(field_has_token(cases[i].value, strlen(cases[i].value), "close") ==
		        cases[i].found,
		    "%s", cases[i].value);
}
END_TEST

START_TEST(compares_tags_weakly)
{
	static const struct {
		const char *value;
		bool found;
	} cases[] = {
		{ "\"0a-gz\"", true },
		{ "W/\"0a-gz\"", true },
		{ "*", true },
		{ "\"x\", \"0a-gz\"", true },
		{ "\"x\",W/\"0a-gz\",\"y\"", true },
		{ "\"x,y\" , \"0a-gz\"", true },
		{ ", ,\"0a-gz\"", true },
		{ "", false },
		{ "0a-gz", false },
		{ "\"0a\"", false },
		{ "\"0a-GZ\"", false },
		{ "w/\"0a-gz\"", false },
		{ "W/ \"0a-gz\"", false },
		{ "\"0a-gz", false },
		{ "\"x\", *", false },
		{ "\"x\"0a-gz\"\"", false },
		{ "\"x, \"0a-gz\", \"", false },
		{ "W/", false },
		{ "W/W/\"0a-gz\"", false },
	};

	for (size_t i = 0; i < UNIT_COUNT(cases); i++)
		ck_assert_msg(field_has_tag(cases[i].value, strlen(cases[i].value), "\"0a-gz\"") ==
		        cases[i].found,
		    "%s", cases[i].value);
}
END_TEST

START_TEST(tells_bodies_from_nonsense)
{
	static const char *const bodies[] = { "1", "43", "007", "99999999999999999999999999" };
	static const char *const others[] = { "", "0", "000", "-1", "+1", "1 ", "0x1", "1,1", "one" };

	for (size_t i = 0; i < UNIT_COUNT(bodies); i++)
		ck_assert_msg(field_promises_body(bodies[i], strlen(bodies[i])), "%s", bodies[i]);
	for (size_t i = 0; i < UNIT_COUNT(others); i++)
		ck_assert_msg(!field_promises_body(others[i], strlen(others[i])), "%s", others[i]);
}
END_TEST

/* ---- hosts ---------------------------------------------------------------------------------- */

START_TEST(knows_hosts)
{
	static const char *const hosts[] = { "a", "localhost:2380", "example.org",
		"xn--e1afmkfd.example.", "192.0.2.1:80", "[::1]", "[2001:db8::192.0.2.1]:65535",
		"a:", "a:0", "a:00080", "a_b~!$&'()*+,;=", "%C3%A9", "A-1" };
	static const char *const others[] = { "", ":", ":80", "a:65536", "a:99999999999999999999",
		"a:8o", "a:-1", "a: 80", "a b", "a/", "a?b", "a#b", "u@a", "a\\b", "é", "a%", "a%4", "a%zz",
		"[", "[]", "[::1", "::1", "[::1]a", "[::1]:a", "[1.2.3.4]", "[v1.a]", "[fe80::1%25eth0]",
		"[fe80::1%eth0]", "a]", "[::g]", "a:80:80", "\"a\"", "a<b",
		"[0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000]" };

	for (size_t i = 0; i < UNIT_COUNT(hosts); i++)
		ck_assert_msg(host_is_valid(hosts[i], strlen(hosts[i])), "%s", hosts[i]);
	for (size_t i = 0; i < UNIT_COUNT(others); i++)
		ck_assert_msg(!host_is_valid(others[i], strlen(others[i])), "%s", others[i]);
	ck_assert(!host_is_valid("a\0b", 3));
	ck_assert(!host_is_valid("[::1\0]", 6));
	ck_assert(!host_is_valid("[::1]\0", 6));
}
END_TEST

/* ---- X-Forwarded-For ------------------------------------------------------------------------ */

/* Trusts 10.0.0.0/8. */
static bool
trusts_ten(void *arg, const struct in6_addr *ip)
{
	(*(unsigned *)arg)++;
	return IN6_IS_ADDR_V4MAPPED(ip) && ip->s6_addr[12] == 10;
}

/* Who asks, if 10.0.0.1 sends these headers. */
static void
assert_client(const char *headers, const char *expected)
{
	struct request request = { 0 };
	struct in6_addr peer, client, wanted;
	unsigned asked = 0;
	char head[1024];
	int length = snprintf(head, sizeof(head), "GET / HTTP/1.0\r\n%s\r\n", headers);

	ck_assert(request_read(&request, head, (size_t)length) == REQUEST_READY);
	ck_assert_int_eq(inet_pton(AF_INET6, "::ffff:10.0.0.1", &peer), 1);
	ck_assert_int_eq(inet_pton(AF_INET6, expected, &wanted), 1);
	client = forwarded_client(&request, head, peer, trusts_ten, &asked);
	ck_assert_msg(IN6_ARE_ADDR_EQUAL(&client, &wanted), "%s", headers);
}

#define FOR "X-Forwarded-For: "

START_TEST(believes_who_is_trusted_and_nobody_else)
{
	assert_client("", "::ffff:10.0.0.1");
	assert_client(FOR "192.0.2.1\r\n", "::ffff:192.0.2.1");
	assert_client(FOR "2001:db8::1\r\n", "2001:db8::1");
	assert_client(FOR "[2001:db8::1]:4711\r\n", "2001:db8::1");
	assert_client(FOR "198.51.100.9, 192.0.2.1\r\n", "::ffff:192.0.2.1");
	assert_client(FOR "192.0.2.1, 10.0.0.3,10.0.0.2\r\n", "::ffff:192.0.2.1");
	assert_client(FOR "10.0.0.3\r\n", "::ffff:10.0.0.3");
	assert_client(FOR "192.0.2.1, unknown, 10.0.0.2\r\n", "::ffff:10.0.0.2");
	assert_client(FOR "192.0.2.1,\r\n", "::ffff:10.0.0.1");
	assert_client(FOR "192.0.2.1,,10.0.0.2\r\n", "::ffff:10.0.0.2");
	assert_client(FOR "\", 192.0.2.1\r\n", "::ffff:192.0.2.1");
	assert_client(FOR "\r\n", "::ffff:10.0.0.1");
}
END_TEST

START_TEST(walks_back_over_all_lines)
{
	assert_client(FOR "198.51.100.9\r\n" FOR "192.0.2.1\r\n", "::ffff:192.0.2.1");
	assert_client(FOR "192.0.2.1\r\nA: b\r\nx-forwarded-for:10.0.0.2\r\n", "::ffff:192.0.2.1");
	assert_client(FOR "192.0.2.1\r\n" FOR "x\r\n" FOR "10.0.0.2\r\n", "::ffff:10.0.0.2");
	assert_client(FOR "192.0.2.1\r\n" FOR "\r\n" FOR "10.0.0.2\r\n", "::ffff:192.0.2.1");
}
END_TEST

/* The tags with their weights, the best first. */
static void
assert_languages(const char *value, const char *expected)
{
	struct field_languages languages = { 0 };
	char seen[512] = "";

	field_read_languages(&languages, value, strlen(value));
	for (unsigned i = 0; i < languages.count; i++)
		sprintf(seen + strlen(seen), "(%.*s %d)", (int)languages.list[i].length,
		    languages.list[i].tag, languages.list[i].weight);
	ck_assert_str_eq(seen, expected);
}

START_TEST(sorts_languages_by_their_weights)
{
	assert_languages("", "");
	assert_languages("de", "(de 1000)");
	assert_languages("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5",
	    "(fr-CH 1000)(fr 900)(en 800)(de 700)");
	assert_languages("en;q=0.5, de, fr;q=0.5 ,ja ; q=0.501", "(de 1000)(ja 501)(en 500)(fr 500)");
	assert_languages("de;q=0, fr;q=2, ja;q=, ko;x, ;q=1, ar", "(ar 1000)");
	assert_languages("a,b,c,d,e,f,g,h,i;q=0.9,j",
	    "(a 1000)(b 1000)(c 1000)(d 1000)(e 1000)(f 1000)(g 1000)(h 1000)");
	assert_languages("a;q=0.1,b;q=0.1,c;q=0.1,d;q=0.1,e;q=0.1,f;q=0.1,g;q=0.1,h;q=0.1,i",
	    "(i 1000)(a 100)(b 100)(c 100)(d 100)(e 100)(f 100)(g 100)");
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, takes_lists_apart);
	tcase_add_test(tests, takes_lists_apart_from_the_end);
	tcase_add_test(tests, gzips_only_for_who_wants_it);
	tcase_add_test(tests, adds_up_the_lines_of_accept_encoding);
	tcase_add_test(tests, sorts_languages_by_their_weights);
	tcase_add_test(tests, finds_whole_tokens);
	tcase_add_test(tests, compares_tags_weakly);
	tcase_add_test(tests, tells_bodies_from_nonsense);
	tcase_add_test(tests, knows_hosts);
	tcase_add_test(tests, believes_who_is_trusted_and_nobody_else);
	tcase_add_test(tests, walks_back_over_all_lines);
}

UNIT_MAIN("field", add_tests)
