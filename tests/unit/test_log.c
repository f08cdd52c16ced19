/* test_log.c - one line per event, in one piece. */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bytes.h"
#include "log.h"
#include "unit.h"

/* Standard error goes to one end; a message is what one system call has written. */
static int ends[2], saved_stderr;

static void
redirect_stderr(void)
{
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
	saved_stderr = dup(STDERR_FILENO);
	ck_assert_int_ge(saved_stderr, 0);
	ck_assert_int_ge(dup2(ends[1], STDERR_FILENO), 0);
}

static void
restore_stderr(void)
{
	dup2(saved_stderr, STDERR_FILENO);
	close(saved_stderr);
	close(ends[0]);
	close(ends[1]);
}

static void
message_must_be(const char *expected, size_t length)
{
	static char message[100000];
	ssize_t got = recv(ends[0], message, sizeof(message), MSG_DONTWAIT);

	ck_assert_int_ge(got, 0);
	bytes_must_be("the message", message, (size_t)got, expected, length);
}

START_TEST(writes_a_line_in_one_piece)
{
	log_line("c%d closed reason=%s queries=%u", 41, "quit", 7u);
	log_line("%s", "");
	message_must_be("c41 closed reason=quit queries=7\n", 33);
	message_must_be("\n", 1);
}
END_TEST

/* 4,096 bytes, four for each, and what is around. */
START_TEST(writes_the_longest_query_whole)
{
	struct bytes line = { 0 };

	bytes_add_string(&line, "c18446744073709551615 answered 159801 matches for '");
	bytes_repeat(&line, "\\x7f", 4096);
	bytes_add_string(&line, "'\n");
	log_line("%.*s", (int)line.length - 1, line.data);
	message_must_be(line.data, line.length);
	bytes_release(&line);
}
END_TEST

START_TEST(ends_a_line_that_is_too_long)
{
	static char message[100000];
	struct bytes line = { 0 };
	ssize_t got;

	bytes_repeat(&line, "x", 50000);
	log_line("%s", line.data);
	got = recv(ends[0], message, sizeof(message), MSG_DONTWAIT);
	ck_assert_int_gt(got, 16000);
	ck_assert_int_lt(got, 50000);
	ck_assert_mem_eq(message, line.data, (size_t)got - 1);
	ck_assert_int_eq(message[got - 1], '\n');
	bytes_release(&line);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, redirect_stderr, restore_stderr);
	tcase_add_test(tests, writes_a_line_in_one_piece);
	tcase_add_test(tests, writes_the_longest_query_whole);
	tcase_add_test(tests, ends_a_line_that_is_too_long);
}

UNIT_MAIN("log", add_tests)
