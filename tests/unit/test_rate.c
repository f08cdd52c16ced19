/* test_rate.c - who may ask how often, by a clock of the test's own. */
#include <string.h>

#include "address.h"
#include "rate.h"
#include "unit.h"

#define SECOND UINT64_C(1000000000)

static uint64_t now;

static void
start_the_clock(void)
{
	now = 1000 * SECOND;
}

static uint64_t
take(struct rate *rate, const char *address)
{
	struct in6_addr ip;

	ck_assert(address_read_ip(address, &ip));
	return rate_take(rate, &ip, now);
}

/* How many tokens it gets at once. */
static unsigned
take_all(struct rate *rate, const char *address)
{
	unsigned count = 0;
	struct in6_addr ip;

	ck_assert(address_read_ip(address, &ip));
	while (rate_take(rate, &ip, now) == 0)
		count++;
	return count;
}

START_TEST(without_a_limit_there_is_no_wait)
{
	ck_assert_uint_eq(take(NULL, "192.0.2.1"), 0);
}
END_TEST

START_TEST(a_bucket_holds_what_one_second_brings)
{
	static const unsigned rates[] = { 1, 2, 3, 7, 1000, RATE_MAX };

	for (size_t i = 0; i < UNIT_COUNT(rates); i++) {
		struct rate *rate = rate_new(rates[i]);

		ck_assert_uint_eq(take_all(rate, "192.0.2.1"), rates[i]);
		now += SECOND;
		ck_assert_uint_eq(take_all(rate, "192.0.2.1"), rates[i]);
		now += 1000 * SECOND;
		ck_assert_uint_eq(take_all(rate, "192.0.2.1"), rates[i]);
		rate_free(rate);
	}
}
END_TEST

START_TEST(who_waits_as_long_as_told_gets_a_token_and_not_before)
{
	struct rate *rate = rate_new(4);
	uint64_t wait;

	take_all(rate, "192.0.2.1");
	for (int i = 0; i < 20; i++) {
		wait = take(rate, "192.0.2.1");
		ck_assert_uint_eq(wait, SECOND / 4);
		now += wait - 1;
		ck_assert_uint_eq(take(rate, "192.0.2.1"), 1);
		now += 1;
		ck_assert_uint_eq(take(rate, "192.0.2.1"), 0);
	}
	rate_free(rate);
}
END_TEST

START_TEST(addresses_do_not_share_and_an_ipv6_network_does)
{
	struct rate *rate = rate_new(5);

	ck_assert_uint_eq(take_all(rate, "192.0.2.1"), 5);
	ck_assert_uint_eq(take_all(rate, "192.0.2.2"), 5);
	ck_assert_uint_eq(take_all(rate, "::ffff:192.0.2.2"), 0);
	ck_assert_uint_eq(take_all(rate, "2001:db8::1"), 5);
	ck_assert_uint_eq(take_all(rate, "2001:db8::ffff:2"), 0);
	ck_assert_uint_eq(take_all(rate, "2001:db8:0:1::1"), 5);
	rate_free(rate);
}
END_TEST

/* More addresses than the table has room for: nobody gets less than its rate. */
START_TEST(a_crowd_takes_from_nobody)
{
	struct rate *rate = rate_new(2);
	struct in6_addr ip;

	ck_assert(address_read_ip("10.0.0.0", &ip));
	for (unsigned n = 0; n < 200000; n++) {
		memcpy(&ip.s6_addr[12], &n, sizeof(n));
		UNIT_HOLDS(rate_take(rate, &ip, now) == 0);
		UNIT_HOLDS(rate_take(rate, &ip, now) == 0);
		UNIT_HOLDS(rate_take(rate, &ip, now) > 0);
	}
	rate_free(rate);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, start_the_clock, NULL);
	tcase_add_test(tests, without_a_limit_there_is_no_wait);
	tcase_add_test(tests, a_bucket_holds_what_one_second_brings);
	tcase_add_test(tests, who_waits_as_long_as_told_gets_a_token_and_not_before);
	tcase_add_test(tests, addresses_do_not_share_and_an_ipv6_network_does);
	tcase_add_test(tests, a_crowd_takes_from_nobody);
}

UNIT_MAIN("rate", add_tests)
