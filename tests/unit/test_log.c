/* test_log.c - one line per event, in one piece, written by whoever logs it or, once there
 * is one, by a thread that nobody waits for. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bytes.h"
#include "log.h"
#include "log_ring.h"
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
	log_stop();
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
	log_line(LOG_EVENT, "c%d closed reason=%s queries=%u", 41, "quit", 7u);
	log_line(LOG_EVENT, "%s", "");
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
	log_line(LOG_EVENT, "%.*s", (int)line.length - 1, line.data);
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
	log_line(LOG_EVENT, "%s", line.data);
	got = recv(ends[0], message, sizeof(message), MSG_DONTWAIT);
	ck_assert_int_gt(got, 16000);
	ck_assert_int_lt(got, 50000);
	ck_assert_mem_eq(message, line.data, (size_t)got - 1);
	ck_assert_int_eq(message[got - 1], '\n');
	bytes_release(&line);
}
END_TEST

/* ---- with the thread ------------------------------------------------------------- */

/* Waits for what is written next. */
static size_t
receive(char *message, size_t size)
{
	ssize_t got = recv(ends[0], message, size, 0);

	ck_assert_int_gt(got, 0);
	return (size_t)got;
}

START_TEST(the_thread_writes_lines_in_order)
{
	struct bytes expected = { 0 }, got = { 0 };
	char message[LOG_LINE_SIZE];

	ck_assert(log_start());
	for (unsigned i = 0; i < 1000; i++) {
		log_line(LOG_EVENT, "line %u", i);
		bytes_printf(&expected, "line %u\n", i);
	}
	log_text("some\nmore\n", 10);
	bytes_add_string(&expected, "some\nmore\n");
	while (got.length < expected.length)
		bytes_add(&got, message, receive(message, sizeof(message)));
	bytes_must_be("the log", got.data, got.length, expected.data, expected.length);
	bytes_release(&expected);
	bytes_release(&got);
}
END_TEST

START_TEST(stopping_writes_what_there_is)
{
	ck_assert(log_start());
	log_line(LOG_EVENT, "the last");
	log_stop();
	message_must_be("the last\n", 9);
}
END_TEST

/* Logs until lines are lost, which takes no reader: returns the number of lines logged. */
static unsigned
log_until_lost(void)
{
	unsigned long long before = log_lines_dropped();
	unsigned count = 0;

	for (; log_lines_dropped() == before; count++)
		log_line(LOG_EVENT, "line %u %1000s", count, "");
	return count;
}

static bool
is_told(int fd, int milliseconds)
{
	struct pollfd readable = { .fd = fd, .events = POLLIN };

	return poll(&readable, 1, milliseconds) == 1;
}

START_TEST(who_logs_never_waits_and_what_is_lost_is_told_in_its_place)
{
	char message[LOG_LINE_SIZE + 1], *lost = NULL;
	unsigned count, next = 0, seen;
	int fd = eventfd(0, EFD_CLOEXEC);

	ck_assert(log_start());
	count = log_until_lost();
	ck_assert_uint_gt(count, LOG_RING_SIZE / 1100);
	log_tell_when_written(fd);
	ck_assert(!is_told(fd, 0));
	while (lost == NULL) {
		message[receive(message, LOG_LINE_SIZE)] = '\0';
		lost = strstr(message, "log lines lost=1,");
		for (char *at = strstr(message, "line "); at != NULL && at != lost;
		     at = strstr(at + 1, "\nline ")) {
			ck_assert_int_eq(sscanf(at + (*at == '\n'), "line %u", &seen), 1);
			ck_assert_uint_eq(seen, next++);
		}
	}
	ck_assert_uint_eq(next, count - 1);
	ck_assert(is_told(fd, -1));
	log_line(LOG_EVENT, "and on");
	ck_assert_uint_eq(receive(message, LOG_LINE_SIZE), 7);
	close(fd);
}
END_TEST

START_TEST(stopping_does_not_wait_for_ever)
{
	char message[LOG_LINE_SIZE + 1];

	ck_assert(log_start());
	log_until_lost();
	log_stop();
	/* else the thread would go on with the standard error of this program */
	do {
		message[receive(message, LOG_LINE_SIZE)] = '\0';
	} while (strstr(message, "log lines lost=1,") == NULL);
}
END_TEST

START_TEST(a_descriptor_that_somebody_made_non_blocking_loses_nothing)
{
	char message[LOG_LINE_SIZE];
	unsigned count;

	ck_assert(log_start());
	ck_assert_int_eq(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
	count = log_until_lost() - 1;
	for (unsigned lines = 0; lines < count;) {
		size_t length = receive(message, sizeof(message));

		for (size_t i = 0; i < length; i++)
			lines += message[i] == '\n';
	}
}
END_TEST

START_TEST(lines_that_cannot_be_written_are_counted)
{
	unsigned long long before = log_lines_dropped();

	ck_assert(log_start());
	close(ends[0]);
	signal(SIGPIPE, SIG_IGN);
	log_text("one\ntwo\n", 8);
	log_stop();
	ck_assert_uint_eq(log_lines_dropped(), before + 2);
	ends[0] = dup(ends[1]);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, redirect_stderr, restore_stderr);
	tcase_add_test(tests, writes_a_line_in_one_piece);
	tcase_add_test(tests, writes_the_longest_query_whole);
	tcase_add_test(tests, ends_a_line_that_is_too_long);
	tcase_add_test(tests, the_thread_writes_lines_in_order);
	tcase_add_test(tests, stopping_writes_what_there_is);
	tcase_add_test(tests, who_logs_never_waits_and_what_is_lost_is_told_in_its_place);
	tcase_add_test(tests, stopping_does_not_wait_for_ever);
	tcase_add_test(tests, a_descriptor_that_somebody_made_non_blocking_loses_nothing);
	tcase_add_test(tests, lines_that_cannot_be_written_are_counted);
}

UNIT_MAIN("log", add_tests)
