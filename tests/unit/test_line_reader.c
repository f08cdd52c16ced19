/* test_line_reader.c - lines, as PROTOCOL.md says what is one. */
#include <string.h>

#include "allocations.h"
#include "line_reader.h"
#include "line_trace.h"
#include "seeded.h"
#include "unit.h"

/* Of string literals, which may have NULs in them. */
struct lines_case {
	const char *input;
	size_t length;
	const char *expected;
};

#define CASE(input, expected) \
	{ \
		input, sizeof(input) - 1, expected \
	}

static void
must_all_be(const struct lines_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++)
		line_trace_must_be(cases[i].input, cases[i].length, cases[i].expected);
}

START_TEST(a_line_ends_with_lf_or_crlf)
{
	static const struct lines_case cases[] = {
		CASE("rook\n", "<rook> end-of-input"),
		CASE("rook\r\n", "<rook> end-of-input"),
		CASE("white bishop\r\nrook\n", "<white bishop> <rook> end-of-input"),
		CASE("a\nb\r\nc\nd\r\n", "<a> <b> <c> <d> end-of-input"),
		CASE("\n", "<> end-of-input"),
		CASE("\r\n", "<> end-of-input"),
		CASE("\n\n\n", "<> <> <> end-of-input"),
		CASE("\r\n\r\n", "<> <> end-of-input"),
		CASE("rook\n\nking\n", "<rook> <> <king> end-of-input"),
		CASE(" \t \n", "<> end-of-input"),
		CASE("\x1C\x1D\x1E\x1F\x0B\x0C\n", "<> end-of-input"),
		CASE(" rook \n", "<rook> end-of-input"),
	};

	must_all_be(cases, UNIT_COUNT(cases));
}
END_TEST

START_TEST(a_lone_cr_ends_no_line)
{
	static const struct lines_case cases[] = {
		CASE("a\rb\n", "<a\\x0db> end-of-input"),
		CASE("a\r\r\n", "<a> end-of-input"),
		CASE("a\n\rb\n", "<a> <b> end-of-input"),
		CASE("\r\r\r\n", "<> end-of-input"),
		CASE("a\rb\r\nc\n", "<a\\x0db> <c> end-of-input"),
		CASE("a\r\0\n", "<a\\x0d\\x00> end-of-input"),
	};

	must_all_be(cases, UNIT_COUNT(cases));
}
END_TEST

START_TEST(a_last_line_needs_no_line_end)
{
	static const struct lines_case cases[] = {
		CASE("", "end-of-input"),
		CASE("rook", "<rook> end-of-input"),
		CASE("rook\r", "<rook> end-of-input"),
		CASE("rook\nking", "<rook> <king> end-of-input"),
		CASE("rook\n ", "<rook> <> end-of-input"),
		CASE("a\0b", "<a\\x00b> end-of-input"),
	};

	must_all_be(cases, UNIT_COUNT(cases));
}
END_TEST

START_TEST(a_line_is_valid_utf_8_or_bad)
{
	static const struct lines_case cases[] = {
		CASE("caf\u00E9\n", "<caf\\xc3\\xa9> end-of-input"),
		CASE("\u265C\r\n", "<\\xe2\\x99\\x9c> end-of-input"),
		CASE("\U0010FFFF\n", "<\\xf4\\x8f\\xbf\\xbf> end-of-input"),
		CASE("\uFFFF\n", "<\\xef\\xbf\\xbf> end-of-input"),
		CASE("a\0b\n", "<a\\x00b> end-of-input"),
		CASE("\x80\n", "bad-utf8 end-of-input"),
		CASE("rook\xBF\n", "bad-utf8 end-of-input"),
		CASE("\xC3\n", "bad-utf8 end-of-input"),
		CASE("\xE2\x99\r\n", "bad-utf8 end-of-input"),
		CASE("\xF0\x9F\x98\n", "bad-utf8 end-of-input"),
		CASE("\xC0\x80\n", "bad-utf8 end-of-input"),
		CASE("\xC1\xBF\n", "bad-utf8 end-of-input"),
		CASE("\xE0\x9F\xBF\n", "bad-utf8 end-of-input"),
		CASE("\xF0\x8F\xBF\xBF\n", "bad-utf8 end-of-input"),
		CASE("\xED\xA0\x80\n", "bad-utf8 end-of-input"),
		CASE("\xED\xBF\xBF\n", "bad-utf8 end-of-input"),
		CASE("\xED\xA0\xBD\xED\xB8\x80\n", "bad-utf8 end-of-input"),
		CASE("\xF4\x90\x80\x80\n", "bad-utf8 end-of-input"),
		CASE("\xF5\x80\x80\x80\n", "bad-utf8 end-of-input"),
		CASE("\xF8\x88\x80\x80\x80\n", "bad-utf8 end-of-input"),
		CASE("\xFE\n", "bad-utf8 end-of-input"),
		CASE("\x80\nrook\n", "bad-utf8 <rook> end-of-input"),
		CASE("rook\n\x80\nking\n", "<rook> bad-utf8 <king> end-of-input"),
		CASE("\xC3", "bad-utf8 end-of-input"),
		CASE("rook\n\xE2\x99", "<rook> bad-utf8 end-of-input"),
		CASE("\xC3\n\xA9\n", "bad-utf8 bad-utf8 end-of-input"),
		CASE("\x80\x03\n", "bad-utf8 end-of-input"),
	};

	must_all_be(cases, UNIT_COUNT(cases));
}
END_TEST

START_TEST(a_control_character_that_begins_a_query_quits)
{
	static const struct lines_case cases[] = {
		CASE("\x03", "quit"),
		CASE("\x04\n", "quit"),
		CASE("\0", "quit"),
		CASE("\x1B[A\n", "quit"),
		CASE("rook\n\x03", "<rook> quit"),
		CASE("rook\r\n\x04king\r\n", "<rook> quit"),
		CASE("  \x03", "quit"),
		CASE(" \t\r\x0B\x0C\x1C\x1D\x1E\x1F\x04\n", "quit"),
		CASE("\x03rest\n", "quit"),
		CASE("\x03\xFF\xFE\x80\n", "quit"),
		CASE(" \x03\xC3\n", "quit"),
		CASE("\n\x01\n", "<> quit"),
		CASE("\x80\n\x03", "bad-utf8 quit"),
		/* these do not */
		CASE("a\x03\n", "<a\\x03> end-of-input"),
		CASE("a \x03\n", "<a \\x03> end-of-input"),
		CASE("\x7F\n", "<\\x7f> end-of-input"),
		CASE("\xC2\x84\n", "<\\xc2\\x84> end-of-input"),
	};

	must_all_be(cases, UNIT_COUNT(cases));
}
END_TEST

START_TEST(white_space_before_a_quit_need_not_be_ascii)
{
	static const struct lines_case cases[] = {
		CASE("\u00A0\x03\n", "quit"),
		CASE("\u3000\x03\n", "quit"),
		CASE(" \u2003 \x04", "quit"),
		/* "the rest of the line, whatever it holds, is not read" */
		CASE("\u3000\x03\x80\n", "quit"),
	};

	must_all_be(cases, UNIT_COUNT(cases));
}
END_TEST

/* Input of one piece, no end of it: LINE_READY, without more. */
static void
must_quit_at_once(const char *input, size_t length)
{
	struct line_reader reader = { 0 };
	char *piece = bytes_exact_copy(input, length);
	enum line_status status;
	struct line line;

	UNIT_HOLDS(line_reader_read(&reader, piece, length, &line, &status) == length);
	if (status != LINE_READY)
		ck_abort_msg("%zu bytes, the last is %02x: %d", length, (unsigned)input[length - 1],
		    status);
	UNIT_HOLDS(line.text[line.length - 1] == input[length - 1]);
	line_reader_release(&reader);
	free(piece);
}

START_TEST(quits_as_soon_as_the_character_arrives)
{
	for (char c = 0; c < 0x20; c++) {
		char spaced[] = { ' ', '\t', c };

		if ((c >= '\t' && c <= '\r') || c >= 0x1C)
			continue;
		must_quit_at_once(&c, 1);
		must_quit_at_once(spaced, sizeof(spaced));
	}
	must_quit_at_once("\xFF\xFB\x01\x03", 4);
}
END_TEST

START_TEST(quits_as_soon_as_the_character_arrives_also_after_other_white_space)
{
	must_quit_at_once("\u3000\x03", 4);
	must_quit_at_once("\u00A0 \x04", 4);
}
END_TEST

/* ---- telnet ---------------------------------------------------------------------- */

#define IAC "\xFF"
#define SE "\xF0"
#define NOP "\xF1"
#define IP "\xF4"
#define SB "\xFA"
#define WILL "\xFB"

START_TEST(telnet_negotiation_is_removed)
{
	/* clang-format off */
	static const struct lines_case cases[] = {
		CASE(IAC WILL "\x01" "rook\n", "<rook> end-of-input"),
		CASE("ro" IAC "\xFC\x01" "ok\n", "<rook> end-of-input"),
		CASE("ro" IAC "\xFD\x03" "ok\r\n", "<rook> end-of-input"),
		CASE("rook" IAC "\xFE\x22\n", "<rook> end-of-input"),
		CASE("rook\r" IAC WILL "\x01\n", "<rook> end-of-input"),
		CASE("rook\n" IAC WILL "\x01", "<rook> end-of-input"),
		CASE("rook" IAC WILL "\x01", "<rook> end-of-input"),
		/* whatever the option is */
		CASE("a" IAC WILL "\n" "b\n", "<ab> end-of-input"),
		CASE("a" IAC WILL "\x03" "b\n", "<ab> end-of-input"),
		CASE("a" IAC WILL IAC "b\n", "<ab> end-of-input"),
		CASE("a" IAC WILL IP "b\n", "<ab> end-of-input"),
		CASE("a" IAC WILL "\0" "b\n", "<ab> end-of-input"),
		CASE(IAC WILL "\x03" "rook\n", "<rook> end-of-input"),
		/* many in a row, and in a character */
		CASE(IAC WILL "\x01" IAC "\xFD\x03" IAC "\xFE\x05" "rook\n", "<rook> end-of-input"),
		CASE("\xE2" IAC WILL "\x01\x99" IAC NOP "\x9C\n", "<\\xe2\\x99\\x9c> end-of-input"),
		/* cut off */
		CASE("rook" IAC WILL, "<rook> end-of-input"),
		CASE(IAC WILL, "end-of-input"),
		CASE("\n" IAC "\xFD", "<> end-of-input"),
	};
	/* clang-format on */

	must_all_be(cases, UNIT_COUNT(cases));
}
END_TEST

START_TEST(other_telnet_commands_are_removed)
{
	for (unsigned command = 240; command <= 249; command++) {
		struct bytes input = { 0 };

		if (command == 244)
			continue;
		bytes_printf(&input, "ro\xFF%cok\n\xFF%c\n\xFF%cking", (int)command, (int)command,
		    (int)command);
		line_trace_must_be(input.data, input.length, "<rook> <> <king> end-of-input");
		bytes_release(&input);
	}
}
END_TEST

START_TEST(a_subnegotiation_is_removed_with_all_that_is_between)
{
	static const struct lines_case cases[] = {
		CASE("ro" IAC SB "\x18\0vt100" IAC SE "ok\n", "<rook> end-of-input"),
		CASE(IAC SB IAC SE "rook\n", "<rook> end-of-input"),
		CASE("a" IAC SB "\n\r\n\x03" IAC SE "b\n", "<ab> end-of-input"),
		CASE(IAC SB "\x03" IAC SE "rook\n", "<rook> end-of-input"),
		CASE("a" IAC SB "x" IAC IAC "y" IAC SE "b\n", "<ab> end-of-input"),
		CASE("a" IAC SB IAC IAC IAC SE "b\n", "<ab> end-of-input"),
		CASE("a" IAC SB SE SE "\xC3" IAC SE "b\n", "<ab> end-of-input"),
		CASE("a" IAC SB "x" IAC SE IAC SB "y" IAC SE "b\n", "<ab> end-of-input"),
		/* cut off */
		CASE("rook" IAC SB, "<rook> end-of-input"),
		CASE("rook" IAC SB "abc\n\n", "<rook> end-of-input"),
		CASE("rook" IAC SB "abc" IAC, "<rook> end-of-input"),
		CASE("rook\n" IAC SB "king\n", "<rook> end-of-input"),
	};

	must_all_be(cases, UNIT_COUNT(cases));
}
END_TEST

/* "IAC SB ... IAC SE: removed with all that is between": so only IAC SE ends it. */
START_TEST(other_commands_in_a_subnegotiation_are_between_too)
{
	/* clang-format off */
	static const struct lines_case cases[] = {
		CASE("a" IAC SB "x" IAC NOP "y" IAC SE "b\n", "<ab> end-of-input"),
		CASE("a" IAC SB "x" IAC "z" "y" IAC SE "b\n", "<ab> end-of-input"),
		CASE("a" IAC SB "x" IAC SB "y" IAC SE "b\n", "<ab> end-of-input"),
		CASE("a" IAC SB "x" IAC WILL "\x01" "y" IAC SE "b\n", "<ab> end-of-input"),
		CASE("a" IAC SB "x" IAC "\n" "y" IAC SE "b\n", "<ab> end-of-input"),
	};
	/* clang-format on */

	must_all_be(cases, UNIT_COUNT(cases));
}
END_TEST

START_TEST(the_interrupt_ends_the_conversation)
{
	static const struct lines_case cases[] = {
		CASE(IAC IP, "interrupt"),
		CASE("rook\n" IAC IP "king\n", "<rook> interrupt"),
		CASE("rook\nki" IAC IP "ng\n", "<rook> interrupt"),
		CASE(IAC IP IAC "\xFD\x06", "interrupt"),
		CASE(IAC WILL "\x01" IAC IP, "interrupt"),
		CASE("\x80" IAC IP, "interrupt"),
	};

	must_all_be(cases, UNIT_COUNT(cases));
}
END_TEST

START_TEST(iac_that_begins_no_command_is_data_and_never_utf_8)
{
	/* clang-format off */
	static const struct lines_case cases[] = {
		CASE(IAC IAC "\n", "bad-utf8 end-of-input"),
		CASE("rook" IAC IAC "\nking\n", "bad-utf8 <king> end-of-input"),
		CASE(IAC "A\n", "bad-utf8 end-of-input"),
		CASE(IAC "\xEF\n", "bad-utf8 end-of-input"),
		CASE(IAC "\n", "bad-utf8 end-of-input"),
		CASE(IAC "\nrook\n", "bad-utf8 <rook> end-of-input"),
		CASE(IAC "\r\nrook\n", "bad-utf8 <rook> end-of-input"),
		CASE("rook" IAC "\nking\n", "bad-utf8 <king> end-of-input"),
		CASE(IAC "\x03\n", "bad-utf8 end-of-input"),
		CASE(IAC "\0" "\n", "bad-utf8 end-of-input"),
		CASE(IAC IAC IP "\n", "bad-utf8 end-of-input"),
		CASE(IAC, "bad-utf8 end-of-input"),
		CASE("rook" IAC, "bad-utf8 end-of-input"),
		CASE("rook\n" IAC, "<rook> bad-utf8 end-of-input"),
		CASE(IAC IAC, "bad-utf8 end-of-input"),
		CASE(IAC IAC IAC, "bad-utf8 end-of-input"),
	};
	/* clang-format on */

	must_all_be(cases, UNIT_COUNT(cases));
}
END_TEST

START_TEST(quits_and_lines_are_seen_through_telnet_commands)
{
	static const struct lines_case cases[] = {
		CASE(IAC WILL "\x01\x03", "quit"),
		CASE(" " IAC NOP " \x04", "quit"),
		CASE("a" IAC NOP "\x04\n", "<a\\x04> end-of-input"),
		CASE(IAC NOP "\n", "<> end-of-input"),
		CASE(IAC NOP "\r\n", "<> end-of-input"),
	};

	must_all_be(cases, UNIT_COUNT(cases));
}
END_TEST

/* ---- limits ---------------------------------------------------------------------- */

/* `times` times `unit`, and `end`, are answered by `expected`, and then a good line is
 * itself. */
static void
must_be_followed_by_a_line(const char *unit, size_t times, const char *end, const char *expected)
{
	struct bytes input = { 0 }, trace = { 0 };

	bytes_repeat(&input, unit, times);
	bytes_add_string(&input, end);
	bytes_add_string(&input, "rook\n");
	bytes_printf(&trace, "%s <rook> end-of-input", expected);
	line_trace_must_be(input.data, input.length, trace.data);
	bytes_release(&input);
	bytes_release(&trace);
}

/* The line of `times` times `unit` is a line, with each of the line ends and without. */
static void
must_be_a_line(const char *unit, size_t times)
{
	struct bytes line = { 0 }, trace = { 0 }, last = { 0 };

	bytes_repeat(&line, unit, times);
	line_trace_add_line(&trace, line.data, line.length);
	trace.length--;
	trace.data[trace.length] = '\0';
	must_be_followed_by_a_line(unit, times, "\n", trace.data);
	must_be_followed_by_a_line(unit, times, "\r\n", trace.data);
	bytes_printf(&last, "%s end-of-input", trace.data);
	line_trace_must_be(line.data, line.length, last.data);
	bytes_release(&line);
	bytes_release(&trace);
	bytes_release(&last);
}

static void
must_be_too_long(const char *unit, size_t times)
{
	struct bytes line = { 0 };

	must_be_followed_by_a_line(unit, times, "\n", "too-long");
	must_be_followed_by_a_line(unit, times, "\r\n", "too-long");
	bytes_repeat(&line, unit, times);
	line_trace_must_be(line.data, line.length, "too-long end-of-input");
	bytes_release(&line);
}

START_TEST(a_line_has_at_most_4096_bytes)
{
	must_be_a_line("a", 4095);
	must_be_a_line("a", 4096);
	must_be_too_long("a", 4097);
	must_be_too_long("a", 4098);
	must_be_too_long("a", 4099);
	must_be_too_long("a", 8192);
	must_be_too_long("a", 100000);
	must_be_a_line("\u00E9", 2048);
	must_be_too_long("\u00E9", 2049);
	must_be_a_line("\U0001F600", 1024);
	must_be_too_long("\U0001F600", 1025);
	must_be_too_long("\x80", 4097);
	must_be_followed_by_a_line("\x80", 4096, "\n", "bad-utf8");
}
END_TEST

START_TEST(a_cr_counts_unless_it_is_of_the_line_end)
{
	struct bytes crs = { 0 };

	bytes_repeat(&crs, "\r", 70000);
	bytes_add_string(&crs, "\n");
	must_be_followed_by_a_line("a", 4096, crs.data, "too-long");
	bytes_release(&crs);
	must_be_followed_by_a_line("a", 4096, "\r\r\n", "too-long");
	must_be_followed_by_a_line("a", 4096, "\rb\n", "too-long");
	must_be_followed_by_a_line("a", 4097, "\r\n", "too-long");
	must_be_followed_by_a_line(" ", 4096, "\r\x03\n", "too-long");
}
END_TEST

START_TEST(white_space_counts)
{
	must_be_followed_by_a_line(" ", 4096, "\n", "<>");
	must_be_too_long(" ", 4097);
}
END_TEST

START_TEST(a_quit_counts_if_it_is_in_the_first_4096_bytes)
{
	struct bytes input = { 0 };

	bytes_repeat(&input, " ", 4095);
	bytes_add_string(&input, "\x03");
	line_trace_must_be(input.data, input.length, "quit");
	bytes_release(&input);
	must_be_followed_by_a_line(" ", 4096, "\x03\n", "too-long");
	must_be_followed_by_a_line(" ", 5000, "\x03\n", "too-long");
}
END_TEST

START_TEST(a_quit_in_the_rest_of_a_long_line_is_skipped)
{
	must_be_followed_by_a_line("a", 5000, "\r\x03 \x04\n", "too-long");
}
END_TEST

START_TEST(the_interrupt_is_seen_in_the_rest_of_a_long_line)
{
	struct bytes input = { 0 };

	bytes_repeat(&input, "a", 5000);
	bytes_add_string(&input, "\xFF\xF4 rook\n");
	line_trace_must_be(input.data, input.length, "too-long interrupt");
	bytes_release(&input);
}
END_TEST

START_TEST(telnet_commands_do_not_count_towards_the_line)
{
	struct bytes input = { 0 }, trace = { 0 };

	bytes_repeat(&input, "ab\xFF\xF1", 2048);
	bytes_add_string(&input, "\r\n");
	bytes_add_string(&trace, "<");
	bytes_repeat(&trace, "ab", 2048);
	bytes_add_string(&trace, "> end-of-input");
	line_trace_must_be(input.data, input.length, trace.data);
	bytes_release(&input);
	bytes_release(&trace);
	must_be_followed_by_a_line("ab\xFF\xF1", 2049, "\n", "too-long");
}
END_TEST

START_TEST(iac_that_is_data_counts)
{
	must_be_followed_by_a_line("a", 4094,
	    "\xFF"
	    "b\n",
	    "bad-utf8");
	must_be_followed_by_a_line("a", 4095, "\xFF\n", "bad-utf8");
	must_be_followed_by_a_line("a", 4095,
	    "\xFF"
	    "b\n",
	    "too-long");
	must_be_followed_by_a_line("a", 4096, "\xFF\n", "too-long");
	must_be_followed_by_a_line("a", 4096,
	    "\xFF"
	    "b\n",
	    "too-long");
	must_be_followed_by_a_line("a", 4096, "\xFF\xFF\n", "too-long");
	must_be_followed_by_a_line("a", 4097, "\xFF\n", "too-long");
}
END_TEST

#define MEBIBYTE 1048576u

START_TEST(a_mebibyte_without_a_line_end_is_the_end)
{
	struct bytes input = { 0 };

	must_be_followed_by_a_line("a", MEBIBYTE - 1, "\n", "too-long");
	bytes_repeat(&input, "a", MEBIBYTE - 1);
	line_trace_must_be(input.data, input.length, "too-long end-of-input");
	bytes_add_string(&input, "a");
	line_trace_must_be(input.data, input.length, "too-long no-line-end");
	bytes_add_string(&input, "\nrook\n");
	line_trace_must_be(input.data, input.length, "too-long no-line-end");
	bytes_release(&input);
}
END_TEST

START_TEST(a_line_end_begins_the_mebibyte_anew)
{
	struct bytes input = { 0 };

	for (int i = 0; i < 3; i++) {
		bytes_repeat(&input, "a", MEBIBYTE / 2);
		bytes_add_string(&input, "\n");
	}
	line_trace_must_be(input.data, input.length, "too-long too-long too-long end-of-input");
	bytes_release(&input);
}
END_TEST

START_TEST(telnet_commands_count_towards_the_mebibyte)
{
	struct bytes input = { 0 };

	bytes_repeat(&input, "\xFF\xF1", MEBIBYTE / 2);
	line_trace_must_be(input.data, input.length, "no-line-end");
	bytes_release(&input);
	must_be_followed_by_a_line("\xFF\xF1", MEBIBYTE / 2 - 1, "a\n", "<a>");
	bytes_add_string(&input, "\xFF\xFA");
	bytes_repeat(&input, "a", MEBIBYTE - 2);
	line_trace_must_be(input.data, input.length, "no-line-end");
	bytes_release(&input);
}
END_TEST

/* What is in a subnegotiation is no line end. */
START_TEST(a_subnegotiation_of_newlines_counts_towards_the_mebibyte)
{
	struct bytes input = { 0 };

	bytes_add_string(&input, "\xFF\xFA");
	bytes_repeat(&input, "\n", MEBIBYTE - 2);
	line_trace_must_be(input.data, input.length, "no-line-end");
	bytes_release(&input);
}
END_TEST

/* ---- memory ---------------------------------------------------------------------- */

START_TEST(holds_no_memory_between_lines)
{
	struct line_reader reader = { 0 };
	enum line_status status;
	struct line line;

	line_reader_read(&reader, "ro", 2, &line, &status);
	ck_assert_int_eq(status, LINE_PARTIAL);
	line_reader_read(&reader, "ok\n", 3, &line, &status);
	ck_assert_int_eq(status, LINE_READY);
	ck_assert_uint_eq(line_reader_read(&reader, "", 0, &line, &status), 0);
	ck_assert_int_eq(status, LINE_PARTIAL);
	ck_assert_ptr_null(reader.buffer);
}
END_TEST

START_TEST(no_bytes_are_no_news)
{
	struct line_reader reader = { 0 };
	enum line_status status = LINE_READY;
	struct line line;

	ck_assert_uint_eq(line_reader_read(&reader, "", 0, &line, &status), 0);
	ck_assert_int_eq(status, LINE_PARTIAL);
	ck_assert_int_eq(line_reader_finish(&reader, &line), LINE_END);
	ck_assert_int_eq(line_reader_reason(&reader), CLOSE_END_OF_INPUT);
	line_reader_release(&reader);
}
END_TEST

static size_t
three_bytes(size_t done, size_t left, void *arg)
{
	(void)done, (void)arg;
	return left < 3 ? left : 3;
}

START_TEST(says_so_when_memory_runs_out)
{
	struct bytes input = { 0 };
	struct line_reader reader = { 0 };
	enum line_status status = LINE_PARTIAL;
	struct line line;
	unsigned n = 1;
	bool failed = true;

	/* the buffer for a long line grows a few times */
	bytes_repeat(&input, "a", 4000);
	for (; failed; n++) {
		allocations_fail_at(n);
		line_reader_read(&reader, input.data, input.length, &line, &status);
		failed = allocations_have_failed();
		UNIT_HOLDS(status == (failed ? LINE_NO_MEMORY : LINE_PARTIAL));
		UNIT_HOLDS(!failed || line_reader_reason(&reader) == CLOSE_NO_MEMORY);
		line_reader_release(&reader);
	}
	ck_assert_uint_gt(n, 3);
	bytes_release(&input);
}
END_TEST

START_TEST(needs_no_memory_for_lines_in_one_piece)
{
	struct line_reader reader = { 0 };
	enum line_status status;
	struct line line;
	size_t taken;

	allocations_fail_at(1);
	taken = line_reader_read(&reader, "rook\r\nking\n", 11, &line, &status);
	ck_assert(!allocations_have_failed());
	ck_assert_int_eq(status, LINE_READY);
	ck_assert_uint_eq(taken, 6);
	line_reader_release(&reader);
}
END_TEST

/* ---- everything ------------------------------------------------------------------ */

/* All kinds of bytes in any order: what comes of them whole comes of them in pieces. */
START_TEST(answers_the_same_whatever_the_size_of_the_pieces)
{
	/* clang-format off */
	static const struct lines_case parts[] = {
		CASE("rook", NULL), CASE("\n", NULL), CASE("\r\n", NULL), CASE("\r", NULL), CASE(" ", NULL),
		CASE("\u00E9", NULL), CASE("\x80", NULL), CASE("a\x03", NULL), CASE(IAC, NULL),
		CASE(IAC WILL "\x01", NULL), CASE(IAC SB "\x18\n", NULL), CASE(IAC SE, NULL),
		CASE(IAC NOP, NULL), CASE(IAC IAC, NULL), CASE("\n\n", NULL), CASE("\n" IAC, NULL),
	};
	/* clang-format on */
	struct seeded seeded = { 854 };

	for (int i = 0; i < 300; i++) {
		struct bytes input = { 0 }, trace = { 0 };

		for (int n = 0; n < 30; n++) {
			const struct lines_case *part = &parts[seeded_below(&seeded, UNIT_COUNT(parts))];

			bytes_add(&input, part->input, part->length);
		}
		if (i % 3 == 0)
			bytes_repeat(&input, "abcd", 1000 + (size_t)i);
		bytes_add_string(&input, i % 2 == 0 ? "\nrook\n\x03" : IAC IP);
		line_trace(input.data, input.length, three_bytes, NULL, &trace);
		trace.data[trace.length - 1] = '\0';
		line_trace_must_be(input.data, input.length, trace.data);
		bytes_release(&input);
		bytes_release(&trace);
	}
}
END_TEST

/* Reads all of the input, and gathers the lines with | behind each. */
static void
read_raw(struct line_reader *reader, const char *data, size_t length, char *gathered, size_t *used)
{
	size_t taken = 0;

	while (taken < length) {
		enum line_status status;
		struct line line;

		taken += line_reader_read(reader, data + taken, length - taken, &line, &status);
		if (status != LINE_READY)
			continue;
		memcpy(gathered + *used, line.text, line.length);
		*used += line.length;
		gathered[(*used)++] = '|';
	}
}

START_TEST(raw_lines_are_bytes_wherever_they_are_split)
{
	static const char input[] = "\x03 rook\r\n\xE2\x99 \x80\n\0a\x01\0\n\xC0\xAF\r\r\n\n";
	static const char expected[] = "\x03 rook|\xE2\x99 \x80|\0a\x01\0|\xC0\xAF\r||";

	for (size_t at = 0; at < sizeof(input); at++) {
		struct line_reader reader = { .raw = true };
		char gathered[64];
		size_t used = 0;

		read_raw(&reader, input, at, gathered, &used);
		read_raw(&reader, input + at, sizeof(input) - 1 - at, gathered, &used);
		UNIT_HOLDS(used == sizeof(expected) - 1);
		UNIT_HOLDS(memcmp(gathered, expected, used) == 0);
		line_reader_release(&reader);
	}
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, raw_lines_are_bytes_wherever_they_are_split);
	tcase_add_test(tests, a_line_ends_with_lf_or_crlf);
	tcase_add_test(tests, a_lone_cr_ends_no_line);
	tcase_add_test(tests, a_last_line_needs_no_line_end);
	tcase_add_test(tests, a_line_is_valid_utf_8_or_bad);
	tcase_add_test(tests, a_control_character_that_begins_a_query_quits);
	tcase_add_test(tests, white_space_before_a_quit_need_not_be_ascii);
	tcase_add_test(tests, quits_as_soon_as_the_character_arrives);
	tcase_add_test(tests, quits_as_soon_as_the_character_arrives_also_after_other_white_space);
	tcase_add_test(tests, telnet_negotiation_is_removed);
	tcase_add_test(tests, other_telnet_commands_are_removed);
	tcase_add_test(tests, a_subnegotiation_is_removed_with_all_that_is_between);
	tcase_add_test(tests, other_commands_in_a_subnegotiation_are_between_too);
	tcase_add_test(tests, the_interrupt_ends_the_conversation);
	tcase_add_test(tests, iac_that_begins_no_command_is_data_and_never_utf_8);
	tcase_add_test(tests, quits_and_lines_are_seen_through_telnet_commands);
	tcase_add_test(tests, a_line_has_at_most_4096_bytes);
	tcase_add_test(tests, a_cr_counts_unless_it_is_of_the_line_end);
	tcase_add_test(tests, white_space_counts);
	tcase_add_test(tests, a_quit_counts_if_it_is_in_the_first_4096_bytes);
	tcase_add_test(tests, a_quit_in_the_rest_of_a_long_line_is_skipped);
	tcase_add_test(tests, the_interrupt_is_seen_in_the_rest_of_a_long_line);
	tcase_add_test(tests, telnet_commands_do_not_count_towards_the_line);
	tcase_add_test(tests, iac_that_is_data_counts);
	tcase_add_test(tests, a_mebibyte_without_a_line_end_is_the_end);
	tcase_add_test(tests, a_line_end_begins_the_mebibyte_anew);
	tcase_add_test(tests, telnet_commands_count_towards_the_mebibyte);
	tcase_add_test(tests, a_subnegotiation_of_newlines_counts_towards_the_mebibyte);
	tcase_add_test(tests, holds_no_memory_between_lines);
	tcase_add_test(tests, no_bytes_are_no_news);
	tcase_add_test(tests, says_so_when_memory_runs_out);
	tcase_add_test(tests, needs_no_memory_for_lines_in_one_piece);
	tcase_add_test(tests, answers_the_same_whatever_the_size_of_the_pieces);
}

UNIT_MAIN("line_reader", add_tests)
