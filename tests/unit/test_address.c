/* test_address.c - addresses as users write them and are shown them. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "address.h"
#include "unit.h"

START_TEST(splits_an_address_and_its_port)
{
	static const struct {
		const char *text, *host, *port;
	} cases[] = {
		{ "127.0.0.1:2323", "127.0.0.1", "2323" },
		{ "localhost:0", "localhost", "0" },
		{ "example.org:65535", "example.org", "65535" },
		{ "0.0.0.0:1", "0.0.0.0", "1" },
		{ "[::1]:2323", "::1", "2323" },
		{ "[::]:0", "::", "0" },
		{ "[fe80::1%lo]:2323", "fe80::1%lo", "2323" },
		{ "[::ffff:127.0.0.1]:23", "::ffff:127.0.0.1", "23" },
		{ "[127.0.0.1]:23", "127.0.0.1", "23" },
	};

	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		struct address_name name;

		ck_assert_msg(address_split(cases[i].text, &name), "%s", cases[i].text);
		ck_assert_str_eq(name.host, cases[i].host);
		ck_assert_str_eq(name.port, cases[i].port);
	}
}
END_TEST

START_TEST(splits_nothing_else)
{
	static const char *const texts[] = { "", ":", "127.0.0.1", "127.0.0.1:", ":2323", "2323", "::1",
		"::1:2323", "[::1]", "[::1]:", "[::1", "[]:2323", "[:2323", "]:2323", "[::1]2323",
		"[::1]x:2323", "[[::1]]:2323", "localhost:65536", "localhost:100000",
		"localhost:999999999999", "localhost:-1", "localhost:+1", "localhost: 1", "localhost:1 ",
		"localhost:telnet", "localhost:0x17", "localhost:2323:", "a:b:1" };

	for (size_t i = 0; i < UNIT_COUNT(texts); i++) {
		struct address_name name;

		ck_assert_msg(!address_split(texts[i], &name), "%s", texts[i]);
	}
}
END_TEST

START_TEST(takes_paths_of_unix_sockets_with_their_rights)
{
	static const struct {
		const char *text, *path;
		mode_t mode;
		bool proxy;
	} good[] = {
		{ "unix:/run/s", "/run/s", 0666, false },
		{ "unix:/run/a:1", "/run/a:1", 0666, false },
		{ "unix:/run/s,proxy", "/run/s", 0666, true },
		{ "unix:/run/s,mode=0600", "/run/s", 0600, false },
		{ "unix:/run/s,mode=660,proxy", "/run/s", 0660, true },
		{ "unix:/run/s,proxy,mode=0", "/run/s", 0, true },
	};
	static const char *const bad[] = { "unix:", "unix:run/s", "unix:@s", "unix", "unix:/run/s,",
		"unix:/run/s,mode", "unix:/run/s,mode=", "unix:/run/s,mode=8", "unix:/run/s,mode=1777",
		"unix:/run/s,mode=00660", "unix:/run/s,prox", "unix:/run/s,proxy,", "[::1]:1,mode=0660" };

	for (size_t i = 0; i < UNIT_COUNT(good); i++) {
		struct address_name name;

		ck_assert_msg(address_split(good[i].text, &name), "%s", good[i].text);
		ck_assert_str_eq(name.host, good[i].path);
		ck_assert_str_eq(name.port, "");
		ck_assert_uint_eq(name.mode, good[i].mode);
		ck_assert(name.proxy == good[i].proxy);
	}
	for (size_t i = 0; i < UNIT_COUNT(bad); i++) {
		struct address_name name;

		ck_assert_msg(!address_split(bad[i], &name), "%s", bad[i]);
	}
}
END_TEST

START_TEST(takes_paths_as_long_as_the_system_does)
{
	char text[200] = "unix:/", out[ADDRESS_SIZE];
	size_t room = sizeof(((struct sockaddr_un *)0)->sun_path), length = strlen(text);
	struct address_name name;
	struct addrinfo *found;

	memset(text + length, 'x', room - 2);
	ck_assert(address_split(text, &name));
	ck_assert(address_resolve(&name, &found) == 0);
	ck_assert_str_eq(address_format(found->ai_addr, out), text);
	address_free(found);
	text[strlen(text)] = 'x';
	ck_assert(!address_split(text, &name));
}
END_TEST

START_TEST(shows_unix_sockets_without_a_path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct in6_addr ip = address_ip((const struct sockaddr *)&address);
	char out[ADDRESS_SIZE];

	ck_assert_str_eq(address_format((const struct sockaddr *)&address, out), "unix");
	ck_assert_str_eq(address_format_ip(&ip, out), "unix");
	memcpy(address.sun_path, "\0name", sizeof("\0name"));
	ck_assert_str_eq(address_format((const struct sockaddr *)&address, out), "unix:@name");
}
END_TEST

START_TEST(those_of_unix_sockets_are_a_network_of_their_own)
{
	struct in6_addr local = in6addr_any, other = in6addr_loopback;
	struct address_network network;

	ck_assert(address_read_network("unix", &network));
	ck_assert(address_in_network(&local, &network));
	ck_assert(!address_in_network(&other, &network));
	ck_assert(address_read_network("::/0", &network));
	ck_assert(!address_in_network(&local, &network));
}
END_TEST

START_TEST(refuses_brackets_that_do_not_enclose_the_address)
{
	static const char *const texts[] = { "localhost]:2323", "local[host:2323", "local[host]:2323",
		"[a]b]:2323", "[a[b]:2323", "[::1]]:2323" };

	for (size_t i = 0; i < UNIT_COUNT(texts); i++) {
		struct address_name name;

		ck_assert_msg(!address_split(texts[i], &name), "%s", texts[i]);
	}
}
END_TEST

START_TEST(joins_an_address_with_brackets_or_without_and_a_port)
{
	static const struct {
		const char *host, *port, *expected;
	} good[] = {
		{ "127.0.0.1", "2323", "127.0.0.1" },
		{ "::1", "2323", "::1" },
		{ "[::1]", "2323", "::1" },
		{ "localhost", "00080", "localhost" },
	};
	static const struct {
		const char *host, *port;
	} bad[] = { { "", "2323" }, { "[]", "2323" }, { "[::1", "2323" }, { "]", "2323" },
		{ "localhost", "" }, { "localhost", "65536" }, { "localhost", "http" },
		{ "localhost", "1 " }, { "localhost", "000080" } };

	for (size_t i = 0; i < UNIT_COUNT(good); i++) {
		struct address_name name;

		ck_assert_msg(address_join(good[i].host, good[i].port, &name), "%s", good[i].host);
		ck_assert_str_eq(name.host, good[i].expected);
		ck_assert_str_eq(name.port, good[i].port);
	}
	for (size_t i = 0; i < UNIT_COUNT(bad); i++) {
		struct address_name name;

		ck_assert_msg(!address_join(bad[i].host, bad[i].port, &name), "%s", bad[i].host);
	}
}
END_TEST

static void
must_resolve_to(const char *text, const char *expected)
{
	char out[ADDRESS_SIZE];
	struct address_name name;
	struct addrinfo *found;

	ck_assert(address_split(text, &name));
	ck_assert_msg(address_resolve(&name, &found) == 0, "%s", text);
	ck_assert_ptr_eq(address_format(found->ai_addr, out), out);
	ck_assert_str_eq(out, expected);
	address_free(found);
}

START_TEST(numbers_resolve_to_themselves)
{
	must_resolve_to("127.0.0.1:2323", "127.0.0.1:2323");
	must_resolve_to("0.0.0.0:0", "0.0.0.0:0");
	must_resolve_to("[::1]:65535", "[::1]:65535");
	must_resolve_to("[2001:db8:0:0:0:0:0:1]:00023", "[2001:db8::1]:23");
	must_resolve_to("[::ffff:127.0.0.1]:1", "[::ffff:127.0.0.1]:1");
}
END_TEST

START_TEST(a_name_that_is_none_does_not_resolve)
{
	struct address_name name;
	struct addrinfo *found;

	ck_assert(address_split("[no:such:address]:1", &name));
	ck_assert_int_ne(address_resolve(&name, &found), 0);
}
END_TEST

START_TEST(shows_the_longest_address)
{
	struct sockaddr_in6 address = { .sin6_family = AF_INET6, .sin6_port = htons(65535) };
	char out[ADDRESS_SIZE];

	memset(&address.sin6_addr, 0xFF, sizeof(address.sin6_addr));
	ck_assert_str_eq(address_format((const struct sockaddr *)&address, out),
	    "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535");
}
END_TEST

START_TEST(shows_what_it_does_not_know_as_unknown)
{
	struct sockaddr_storage address = { .ss_family = AF_UNSPEC };
	char out[ADDRESS_SIZE];

	ck_assert_str_eq(address_format((const struct sockaddr *)&address, out), "unknown");
}
END_TEST

static struct in6_addr
ip_of(const char *text)
{
	struct in6_addr ip;

	ck_assert_msg(address_read_ip(text, &ip), "%s", text);
	return ip;
}

START_TEST(a_network_has_the_addresses_that_begin_like_it)
{
	static const struct {
		const char *network, *inside, *outside;
	} cases[] = {
		{ "192.0.2.1", "192.0.2.1", "192.0.2.0" },
		{ "192.0.2.1/32", "192.0.2.1", "192.0.2.2" },
		{ "10.0.0.0/8", "10.255.255.255", "11.0.0.0" },
		{ "10.0.0.0/8", "10.0.0.0", "9.255.255.255" },
		{ "192.168.4.0/23", "192.168.5.255", "192.168.6.0" },
		{ "192.0.2.128/25", "192.0.2.200", "192.0.2.127" },
		{ "0.0.0.0/0", "255.255.255.255", "2001:db8::1" },
		{ "::ffff:10.0.0.0/104", "10.1.2.3", "11.1.2.3" },
		{ "2001:db8::/32", "2001:db8:ffff::1", "2001:db9::" },
		{ "2001:db8::8000:0/97", "2001:db8::ffff:ffff", "2001:db8::7fff:ffff" },
		{ "2001:db8::1", "2001:db8::1", "2001:db8::2" },
		/* not those of the other family */
		{ "::/0", "2001:db8::1", "192.0.2.1" },
		{ "::/1", "::1", "127.0.0.1" },
	};

	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		struct in6_addr inside = ip_of(cases[i].inside), outside = ip_of(cases[i].outside);
		struct address_network network;

		ck_assert_msg(address_read_network(cases[i].network, &network), "%s", cases[i].network);
		ck_assert_msg(address_in_network(&inside, &network), "%s", cases[i].network);
		ck_assert_msg(!address_in_network(&outside, &network), "%s", cases[i].network);
	}
}
END_TEST

START_TEST(reads_no_other_networks)
{
	static const char *const texts[] = { "", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1",
		"10.0.0.0/ 8", "10.0.0.0/8 ", "10.0.0.0/8/8", "10.0.0.0/0x8", "10.0.0.0/00000000008",
		"10/8", "10.0.0.1/8", "192.0.2.1/31", "10.0.0.0/255.0.0.0", "::/129", "2001:db8::1/64",
		"[::1]", "[::1]/128", "10.0.0.0:80/8", "192.0.2.1:80", "localhost", "::1%lo" };

	for (size_t i = 0; i < UNIT_COUNT(texts); i++) {
		struct address_network network;

		ck_assert_msg(!address_read_network(texts[i], &network), "%s", texts[i]);
	}
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, a_network_has_the_addresses_that_begin_like_it);
	tcase_add_test(tests, reads_no_other_networks);
	tcase_add_test(tests, splits_an_address_and_its_port);
	tcase_add_test(tests, splits_nothing_else);
	tcase_add_test(tests, takes_paths_of_unix_sockets_with_their_rights);
	tcase_add_test(tests, takes_paths_as_long_as_the_system_does);
	tcase_add_test(tests, shows_unix_sockets_without_a_path);
	tcase_add_test(tests, those_of_unix_sockets_are_a_network_of_their_own);
	tcase_add_test(tests, refuses_brackets_that_do_not_enclose_the_address);
	tcase_add_test(tests, joins_an_address_with_brackets_or_without_and_a_port);
	tcase_add_test(tests, numbers_resolve_to_themselves);
	tcase_add_test(tests, a_name_that_is_none_does_not_resolve);
	tcase_add_test(tests, shows_the_longest_address);
	tcase_add_test(tests, shows_what_it_does_not_know_as_unknown);
}

UNIT_MAIN("address", add_tests)
