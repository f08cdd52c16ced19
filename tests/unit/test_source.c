/* test_source.c - lists of queries, and names of servers. */
#include <event2/event.h>
#include <string.h>
#include <unistd.h>

#include "seeded.h"
#include "server_name.h"
#include "source.h"
#include "unit.h"

static struct event_base *base;
static struct call_queue calls;
static struct call wake;
static struct source source;
static int fds[2];

static void
nothing(void *arg)
{
	(void)arg;
}

static void
make_pipe(void)
{
	base = event_base_new();
	call_queue_init(&calls);
	call_init(&wake, &calls, nothing, NULL);
	UNIT_HOLDS(base != NULL && pipe(fds) == 0 && source_init(&source, fds[0], base, &wake));
}

static void
close_pipe(void)
{
	source_release(&source);
	close(fds[0]);
	event_base_free(base);
}

/* Writes without waiting for a reader: less than a pipe holds. */
static void
feed(const char *text, size_t length)
{
	UNIT_HOLDS(write(fds[1], text, length) == (ssize_t)length);
}

static enum source_status
next(const char **text, size_t *length)
{
	enum source_status status;

	while ((status = source_next(&source, text, length)) == SOURCE_WAIT) {
		if (event_base_loop(base, EVLOOP_NONBLOCK) < 0 || !wake.queued)
			return SOURCE_WAIT;
		call_queue_run(&calls);
	}
	return status;
}

static void
must_come(const char *expected)
{
	const char *text;
	size_t length;

	ck_assert_int_eq(next(&text, &length), SOURCE_READY);
	ck_assert_uint_eq(length, strlen(expected));
	ck_assert_mem_eq(text, expected, length);
}

START_TEST(lines_come_as_they_are_there)
{
	const char *text;
	size_t length;

	ck_assert_int_eq(next(&text, &length), SOURCE_WAIT);
	feed("one\ntwo\n\nth", 11);
	must_come("one");
	must_come("two");
	must_come("");
	ck_assert_uint_eq(source.line, 3);
	ck_assert_int_eq(next(&text, &length), SOURCE_WAIT);
	feed("ree\nfour", 8);
	must_come("three");
	ck_assert_int_eq(next(&text, &length), SOURCE_WAIT);
	close(fds[1]);
	must_come("four");
	ck_assert_uint_eq(source.line, 5);
	ck_assert_uint_eq(source.position, 19);
	ck_assert_int_eq(next(&text, &length), SOURCE_END);
	ck_assert(!source_rewind(&source));
}
END_TEST

START_TEST(a_line_that_is_too_long_is_told_and_skipped)
{
	static char x[SOURCE_MAX_LINE / 4];
	const char *text;
	size_t length;

	memset(x, 'x', sizeof(x));
	for (int i = 0; i < 4; i++) {
		feed(x, sizeof(x));
		ck_assert_int_eq(next(&text, &length), SOURCE_WAIT);
	}
	feed("\nnext\n", 6);
	ck_assert_int_eq(next(&text, &length), SOURCE_READY); /* so long is allowed */
	ck_assert_uint_eq(length, SOURCE_MAX_LINE);
	must_come("next");
	for (int i = 0; i < 5; i++) {
		enum source_status status;

		feed(x, sizeof(x));
		status = next(&text, &length);
		ck_assert_int_eq(status, i == 4 ? SOURCE_LONG : SOURCE_WAIT);
	}
	ck_assert_uint_eq(length, SOURCE_MAX_LINE);
	feed(x, sizeof(x));
	ck_assert_int_eq(next(&text, &length), SOURCE_WAIT);
	feed("xx\nlast\n", 8);
	must_come("last");
	ck_assert_uint_eq(source.line, 4);
	close(fds[1]);
}
END_TEST

START_TEST(a_file_is_read_again)
{
	FILE *file = tmpfile();
	struct source list;
	const char *text;
	size_t length;

	close(fds[1]);
	UNIT_HOLDS(file != NULL && fputs("one\ntwo", file) >= 0 && fflush(file) == 0);
	rewind(file);
	UNIT_HOLDS(source_init(&list, fileno(file), base, &wake));
	ck_assert_uint_eq(list.size, 7);
	for (int pass = 0; pass < 3; pass++) {
		ck_assert_int_eq(source_next(&list, &text, &length), SOURCE_READY);
		ck_assert_uint_eq(list.line, 1);
		ck_assert_int_eq(source_next(&list, &text, &length), SOURCE_READY);
		ck_assert_uint_eq(length, 3);
		ck_assert_int_eq(source_next(&list, &text, &length), SOURCE_END);
		ck_assert(source_rewind(&list));
	}
	source_release(&list);
	fclose(file);
}
END_TEST

START_TEST(a_text_is_a_list_too)
{
	struct source list;
	const char *text;
	size_t length;

	close(fds[1]);
	UNIT_HOLDS(source_init_text(&list, "white bishop"));
	ck_assert_int_eq(source_next(&list, &text, &length), SOURCE_READY);
	ck_assert_uint_eq(length, 12);
	ck_assert_int_eq(source_next(&list, &text, &length), SOURCE_END);
	source_release(&list);
}
END_TEST

/* ---- names of servers ------------------------------------------------------------------------ */

START_TEST(a_server_has_a_host_and_a_port)
{
	/* clang-format off */
	static const char *const names[][3] = {
		{ "localhost", "localhost", "2323" }, { "chars.example.org:80", "chars.example.org", "80" },
		{ "127.0.0.1:65535", "127.0.0.1", "65535" }, { "::1", "::1", "2323" },
		{ "[::1]:1", "::1", "1" }, { "[fe80::1%eth0]", "fe80::1%eth0", "2323" },
		{ "unix:/run/x:1", "/run/x:1", NULL }, { "unix:x", "x", NULL }, { "unix:", NULL, NULL },
		{ "", NULL, NULL }, { ":80", NULL, NULL }, { "x:", NULL, NULL }, { "x:0", NULL, NULL },
		{ "x:65536", NULL, NULL }, { "x:80x", NULL, NULL }, { "x:-1", NULL, NULL },
		{ "[::1", NULL, NULL }, { "[::1]80", NULL, NULL }, { "[]:80", NULL, NULL }, { "[::1]:", NULL, NULL },
	};
	/* clang-format on */
	char *host, *port;

	close(fds[1]);
	for (size_t i = 0; i < UNIT_COUNT(names); i++) {
		bool is_name = server_name_split(names[i][0], &host, &port);

		ck_assert_msg(is_name == (names[i][1] != NULL), "%s", names[i][0]);
		if (is_name) {
			ck_assert_str_eq(host, names[i][1]);
			ck_assert_pstr_eq(port, names[i][2]);
		}
		free(host);
		free(port);
	}
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, make_pipe, close_pipe);
	tcase_add_test(tests, lines_come_as_they_are_there);
	tcase_add_test(tests, a_line_that_is_too_long_is_told_and_skipped);
	tcase_add_test(tests, a_file_is_read_again);
	tcase_add_test(tests, a_text_is_a_list_too);
	tcase_add_test(tests, a_server_has_a_host_and_a_port);
}

UNIT_MAIN("source", add_tests)
