/* test_crc32.c - the checksum of index files. */
#include "crc32.h"
#include "seeded.h"
#include "unit.h"

/* Bit by bit, as FORMAT.md says. */
static uint32_t
slow_crc32(const unsigned char *data, size_t length)
{
	uint32_t crc = 0xFFFFFFFF;

	for (size_t i = 0; i < length; i++) {
		crc ^= data[i];
		for (int bit = 0; bit < 8; bit++)
			crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320 : 0);
	}
	return crc ^ 0xFFFFFFFF;
}

START_TEST(has_the_published_check_value)
{
	ck_assert_uint_eq(crc32_update(0, "123456789", 9), 0xCBF43926);
}
END_TEST

START_TEST(of_no_bytes_is_zero)
{
	ck_assert_uint_eq(crc32_update(0, "", 0), 0);
	ck_assert_uint_eq(crc32_update(0, NULL, 0), 0);
}
END_TEST

START_TEST(goes_on_where_it_left_off)
{
	static const char text[] = "WHITE CHESS BISHOP";
	uint32_t whole = crc32_update(0, text, sizeof(text));

	for (size_t i = 0; i <= sizeof(text); i++)
		ck_assert_uint_eq(crc32_update(crc32_update(0, text, i), text + i, sizeof(text) - i),
		    whole);
}
END_TEST

START_TEST(is_what_the_polynomial_says)
{
	struct seeded seeded = { 32 };
	unsigned char data[300] = { 0 };

	for (unsigned value = 0; value < 256; value++) {
		unsigned char byte = (unsigned char)value;

		UNIT_HOLDS(crc32_update(0, &byte, 1) == slow_crc32(&byte, 1));
	}
	for (size_t length = 0; length <= sizeof(data); length++) {
		for (size_t i = 0; i < length; i++)
			data[i] = (unsigned char)seeded_below(&seeded, 256);
		UNIT_HOLDS(crc32_update(0, data, length) == slow_crc32(data, length));
	}
}
END_TEST

/* So many that they are taken eight at a time, from any place on. */
START_TEST(of_many_bytes_is_what_the_polynomial_says)
{
	static unsigned char data[9000];
	struct seeded seeded = { 64 };

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (unsigned char)seeded_below(&seeded, 256);
	for (size_t from = 0; from < 9; from++)
		for (size_t length = 4090; length < 4110; length++)
			UNIT_HOLDS(crc32_update(0, data + from, length) == slow_crc32(data + from, length));
	UNIT_HOLDS(crc32_update(crc32_update(0, data, 4321), data + 4321, sizeof(data) - 4321) ==
	    slow_crc32(data, sizeof(data)));
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, has_the_published_check_value);
	tcase_add_test(tests, of_no_bytes_is_zero);
	tcase_add_test(tests, goes_on_where_it_left_off);
	tcase_add_test(tests, is_what_the_polynomial_says);
	tcase_add_test(tests, of_many_bytes_is_what_the_polynomial_says);
}

UNIT_MAIN("crc32", add_tests)
