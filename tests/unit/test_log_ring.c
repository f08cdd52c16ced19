/* test_log_ring.c - lines come out as they went in, and those for which there was no room
 * are told of where they are missing. */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bytes.h"
#include "log_ring.h"
#include "unit.h"

static struct log_ring ring;
static char taken[LOG_LINE_SIZE];

static void
empty_the_ring(void)
{
	ring = (struct log_ring){ 0 };
}

static bool
put(int fd, const char *line)
{
	return log_ring_put(&ring, fd, line, strlen(line));
}

static void
must_take(int expected_fd, const char *expected)
{
	int fd = -1;
	size_t length = log_ring_take(&ring, &fd, taken);

	bytes_must_be("what was taken", taken, length, expected, strlen(expected));
	ck_assert_int_eq(fd, expected_fd);
}

static void
must_be_empty(void)
{
	int fd;

	ck_assert_uint_eq(log_ring_take(&ring, &fd, taken), 0);
}

/* Puts numbered lines of `length` bytes until there is no room: returns their number. */
static unsigned
fill(size_t length)
{
	static char line[LOG_LINE_SIZE + 1];
	unsigned count = 0;

	for (;;) {
		snprintf(line, sizeof(line), "%0*u\n", (int)length - 1, count);
		if (!put(STDERR_FILENO, line))
			return count;
		count++;
	}
}

START_TEST(gives_lines_in_order_and_several_at_a_time)
{
	must_be_empty();
	ck_assert(put(STDERR_FILENO, "one\n"));
	ck_assert(put(STDERR_FILENO, "two\n"));
	must_take(STDERR_FILENO, "one\ntwo\n");
	must_be_empty();
}
END_TEST

START_TEST(gives_lines_for_one_descriptor_at_a_time)
{
	ck_assert(put(STDERR_FILENO, "a\n"));
	ck_assert(put(STDOUT_FILENO, "b\n"));
	ck_assert(put(STDERR_FILENO, "c\n"));
	must_take(STDERR_FILENO, "a\n");
	must_take(STDOUT_FILENO, "b\n");
	must_take(STDERR_FILENO, "c\n");
	must_be_empty();
}
END_TEST

static size_t
take_into(struct bytes *out)
{
	int fd;
	size_t length = log_ring_take(&ring, &fd, taken);

	bytes_add(out, taken, length);
	return length;
}

/* More bytes than the ring has pass through it while it is never empty, so that lines lie
 * across its end. */
START_TEST(gives_all_as_it_was_and_no_more_than_a_pipe_takes_in_one_piece)
{
	static const size_t sizes[] = { 1, 40, PIPE_BUF / 2, PIPE_BUF, PIPE_BUF + 1, LOG_LINE_SIZE };
	static char line[LOG_LINE_SIZE];
	struct bytes in = { 0 }, out = { 0 };

	for (unsigned n = 0; in.length < 3 * LOG_RING_SIZE; n++) {
		size_t size = sizes[n % UNIT_COUNT(sizes)];

		memset(line, 'a' + (int)(n % 26), size - 1);
		line[size - 1] = '\n';
		ck_assert(log_ring_put(&ring, STDERR_FILENO, line, size));
		bytes_add(&in, line, size);
		while (ring.used > LOG_RING_SIZE / 2) {
			size_t length = take_into(&out);

			/* a longer piece is a line by itself */
			UNIT_HOLDS(length <= PIPE_BUF || memchr(taken, '\n', length) == taken + length - 1);
		}
	}
	while (take_into(&out) > 0)
		;
	bytes_must_be("what came out", out.data, out.length, in.data, in.length);
	bytes_release(&in);
	bytes_release(&out);
}
END_TEST

/* The length of lines that leave room in a full ring for a short one, not for a notice. */
static size_t
length_that_leaves_little(void)
{
	enum { HEAD_SIZE = 4 };
	size_t length = 1000, room;

	do {
		length++;
		room = LOG_RING_SIZE % (length + HEAD_SIZE);
	} while (room < 20 || room > 40);
	return length;
}

START_TEST(a_full_ring_gives_what_it_has_and_then_says_how_many_were_lost)
{
	struct bytes out = { 0 };
	size_t length = length_that_leaves_little();
	unsigned count = fill(length);
	char expected[2000];

	ck_assert_uint_gt(count, LOG_RING_SIZE / 1100);
	/* no short line gets in where the notice does not */
	ck_assert(!put(STDERR_FILENO, "short\n"));
	take_into(&out);
	ck_assert(put(STDERR_FILENO, "after\n"));
	while (take_into(&out) > 0)
		;
	for (unsigned i = 0; i < count; i++) {
		snprintf(expected, sizeof(expected), "%0*u\n", (int)length - 1, i);
		UNIT_HOLDS(memcmp(out.data + i * length, expected, length) == 0);
	}
	ck_assert_str_eq(out.data + count * length,
	    "log lines lost=2, for they were not read in time\nafter\n");
	bytes_release(&out);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, empty_the_ring, NULL);
	tcase_add_test(tests, gives_lines_in_order_and_several_at_a_time);
	tcase_add_test(tests, gives_lines_for_one_descriptor_at_a_time);
	tcase_add_test(tests, gives_all_as_it_was_and_no_more_than_a_pipe_takes_in_one_piece);
	tcase_add_test(tests, a_full_ring_gives_what_it_has_and_then_says_how_many_were_lost);
}

UNIT_MAIN("log_ring", add_tests)
