/* test_prompt.c - the conversation of PROTOCOL.md, on a stream without a socket. */
#include <signal.h>
#include <string.h>

#include "allocations.h"
#include "conversation.h"
#include "prompt.h"
#include "unit.h"
#include "unit_index.h"
#include "unit_service.h"

#define P "?> "
#define BISHOPS \
	"U+2657 \t\u2657\tWHITE CHESS BISHOP\r\n" \
	"U+1FA0C\t\U0001FA0C\tWHITE CHESS BISHOP ROTATED NINETY DEGREES\r\n" \
	"U+1FA21\t\U0001FA21\tWHITE CHESS TURNED BISHOP\r\n" \
	"U+1FA36\t\U0001FA36\tWHITE CHESS BISHOP ROTATED TWO HUNDRED SEVENTY DEGREES\r\n" \
	"U+1FA50\t\U0001FA50\tWHITE CHESS KNIGHT-BISHOP\r\n"
#define EURO "U+20A0 \t\u20A0\tEURO-CURRENCY SIGN\r\n"

static const struct tested_face tested = { &prompt_face, NULL };

/* clang-format off */
static const struct conversation conversations[] = {
	{ "nothing is asked", { END }, P, CLOSE_END_OF_INPUT, CLOSE_END_OF_INPUT, 0 },
	{ "some", { READY("white bishop"), END }, P BISHOPS "5 matches for 'white bishop'\r\n" P,
	    CLOSE_END_OF_INPUT, CLOSE_END_OF_INPUT, 1 },
	{ "one", { READY("euro currency"), END }, P EURO "1 match for 'euro currency'\r\n" P,
	    CLOSE_END_OF_INPUT, CLOSE_END_OF_INPUT, 1 },
	{ "none", { READY("xyzzy"), END }, P "No match for 'xyzzy'\r\n" P, CLOSE_END_OF_INPUT,
	    CLOSE_END_OF_INPUT, 1 },
	{ "no words", { READY("+++"), END }, P "No match for '+++'\r\n" P, CLOSE_END_OF_INPUT,
	    CLOSE_END_OF_INPUT, 1 },
	{ "white space is stripped", { READY(" \t euro\u3000currency \u00A0\r"), END },
	    P EURO "1 match for 'euro\\u3000currency'\r\n" P, CLOSE_END_OF_INPUT, CLOSE_END_OF_INPUT, 1 },
	{ "quotes", { READY("king's \"x\""), READY("it's"), READY("xyzzy\\b"), END },
	    P "No match for 'king\\'s \"x\"'\r\n" P "No match for \"it's\"\r\n" P
	      "No match for 'xyzzy\\\\b'\r\n" P,
	    CLOSE_END_OF_INPUT, CLOSE_END_OF_INPUT, 3 },
	{ "blank lines", { READY(""), READY("  "), READY("\r"), READY("\u3000"), END }, P P P P P,
	    CLOSE_END_OF_INPUT, CLOSE_END_OF_INPUT, 0 },
	{ "one after the other", { READY("euro currency"), READY(""), READY("xyzzy"), READY("EURO currency"), END },
	    P EURO "1 match for 'euro currency'\r\n" P P "No match for 'xyzzy'\r\n" P EURO
	      "1 match for 'EURO currency'\r\n" P,
	    CLOSE_END_OF_INPUT, CLOSE_END_OF_INPUT, 3 },
	{ "errors", { { LINE_BAD_UTF8, NULL }, { LINE_TOO_LONG, NULL }, READY("xyzzy"), { LINE_BAD_UTF8, NULL }, END },
	    P "Error: the query is not valid UTF-8\r\n" P
	      "Error: the query is longer than 4096 bytes\r\n" P "No match for 'xyzzy'\r\n" P
	      "Error: the query is not valid UTF-8\r\n" P,
	    CLOSE_END_OF_INPUT, CLOSE_END_OF_INPUT, 1 },
	{ "Ctrl-C", { READY("\x03"), READY("rook"), END }, P, CLOSE_END_OF_INPUT, CLOSE_QUIT, 0 },
	{ "Ctrl-D", { READY("xyzzy"), READY(" \x04"), READY("rook"), END },
	    P "No match for 'xyzzy'\r\n" P, CLOSE_END_OF_INPUT, CLOSE_QUIT, 1 },
	{ "Ctrl-C after other white space", { READY("\u3000\x03rook"), END }, P, CLOSE_END_OF_INPUT,
	    CLOSE_QUIT, 0 },
	{ "not a quit", { READY("xyzzy\x03"), READY("\x7F"), END },
	    P "No match for 'xyzzy\\x03'\r\n" P "No match for '\\x7f'\r\n" P, CLOSE_END_OF_INPUT,
	    CLOSE_END_OF_INPUT, 2 },
	{ "interrupt", { READY("xyzzy"), END }, P "No match for 'xyzzy'\r\n" P, CLOSE_INTERRUPT,
	    CLOSE_INTERRUPT, 1 },
	{ "no line end", { { LINE_TOO_LONG, NULL }, END },
	    P "Error: the query is longer than 4096 bytes\r\n" P, CLOSE_NO_LINE_END, CLOSE_NO_LINE_END, 0 },
	{ "shutdown", { READY("xyzzy"), END }, P "No match for 'xyzzy'\r\n" P, CLOSE_SHUTDOWN,
	    CLOSE_SHUTDOWN, 1 },
	{ "no memory for a line", { { LINE_NO_MEMORY, NULL }, END }, P, CLOSE_END_OF_INPUT,
	    CLOSE_NO_MEMORY, 0 },
	{ "a big answer", { READY("cjk"), READY("letter"), END }, NULL, CLOSE_END_OF_INPUT,
	    CLOSE_END_OF_INPUT, 2 },
};
/* clang-format on */

/* ---- the conversation ------------------------------------------------------------ */

START_TEST(says_what_the_protocol_says)
{
	conversation_must_go(&tested, &conversations[_i]);
}
END_TEST

START_TEST(says_the_same_wherever_it_has_to_wait)
{
	conversation_may_wait(&tested, &conversations[_i]);
}
END_TEST

START_TEST(can_be_abandoned_at_any_await)
{
	conversation_may_be_abandoned(&tested, &conversations[_i]);
}
END_TEST

START_TEST(can_be_abandoned_before_it_begins)
{
	struct talk talk;

	talk_begin(&talk, &tested, conversations[0].input, CLOSE_END_OF_INPUT);
	talk_end(&talk);
}
END_TEST

START_TEST(aborts_if_it_is_run_after_its_end)
{
	struct talk talk;

	talk_begin(&talk, &tested, conversations[0].input, CLOSE_END_OF_INPUT);
	talk_run_to_end(&talk);
	talk_run(&talk);
}
END_TEST

START_TEST(reads_nothing_before_the_answer_is_given)
{
	static const struct fake_line input[] = { READY("letter"), READY("rook"), END };
	struct talk talk;

	talk_begin(&talk, &tested, input, CLOSE_END_OF_INPUT);
	talk.fake.patience = 1;
	while (talk_run(&talk) == CORO_WAITING) {
		if (talk.fake.lines_taken == 1 && talk.fake.connection->queries == 0)
			ck_assert_ptr_nonnull(talk.fake.line);
		ck_assert_uint_le(talk.fake.lines_taken, talk.fake.connection->queries + 1);
	}
	ck_assert_uint_eq(talk.fake.lines_taken, 2);
	talk_end(&talk);
}
END_TEST

START_TEST(writes_a_big_answer_in_pieces_that_a_socket_takes)
{
	static const struct fake_line input[] = { READY("cjk"), END };
	struct talk talk;

	talk_begin(&talk, &tested, input, CLOSE_END_OF_INPUT);
	talk_run_to_end(&talk);
	ck_assert_uint_gt(talk.fake.output.length, 4000000);
	ck_assert_uint_le(talk.fake.most, 128 * 1024);
	/* and each time asks whether it may */
	ck_assert_uint_ge(talk.fake.asked, talk.fake.output.length / talk.fake.most);
	talk_end(&talk);
}
END_TEST

/* ---- the log --------------------------------------------------------------------- */

START_TEST(logs_every_answer_by_its_status)
{
	static const struct fake_line input[] = { READY("euro currency"), READY(""), READY("x\ny\""),
		{ LINE_TOO_LONG, NULL }, READY("xyzzy"), READY("\x03"), END };
	static const char expected[] = "c7 answered status=\"1 match for 'euro currency'\"\n"
	                               "c7 answered status=\"No match for 'x\\ny\\x22'\"\n"
	                               "c7 answered status=\"No match for 'xyzzy'\"\n";
	struct talk talk;

	talk_begin(&talk, &tested, input, CLOSE_END_OF_INPUT);
	talk.fake.connection->number = 7;
	unit_service.verbose = true;
	talk_run_to_end(&talk);
	bytes_must_be("the log", unit_log.data, unit_log.length, expected, strlen(expected));
	talk_end(&talk);
}
END_TEST

/* ---- limits ---------------------------------------------------------------------- */

START_TEST(sums_up_the_longest_query)
{
	static char query[LINE_MAX_LENGTH + 1];
	static const struct fake_line input[] = { READY(query), END };
	struct bytes expected = { 0 };
	struct talk talk;

	memset(query, '\x7F', LINE_MAX_LENGTH);
	bytes_add_string(&expected, P "No match for '");
	bytes_repeat(&expected, "\\x7f", LINE_MAX_LENGTH);
	bytes_add_string(&expected, "'\r\n" P);
	talk_begin(&talk, &tested, input, CLOSE_END_OF_INPUT);
	talk_run_to_end(&talk);
	bytes_must_be("4096 deletes", talk.fake.output.data, talk.fake.output.length, expected.data,
	    expected.length);
	bytes_release(&expected);
	talk_end(&talk);
}
END_TEST

/* Stops at the await for a line, so that the next allocation is for its answer, after that
 * of the line itself. */
START_TEST(ends_when_there_is_no_memory_for_an_answer)
{
	static const struct fake_line input[] = { READY("rook"), READY("king"), END };
	struct talk talk;
	enum coro_status status;

	talk_begin(&talk, &tested, input, CLOSE_END_OF_INPUT);
	talk.fake.wait_at = 2;
	talk.fake.patience = 1;
	ck_assert_int_eq(talk_run(&talk), CORO_WAITING);
	allocations_fail_at(2);
	status = talk_run(&talk);
	ck_assert(allocations_have_failed());
	ck_assert_int_eq(status, CORO_DONE);
	ck_assert_int_eq(talk_reason(&talk), CLOSE_NO_MEMORY);
	ck_assert_str_eq(talk.fake.output.data, P);
	talk_end(&talk);
}
END_TEST

static void
add_tests(TCase *tests)
{
	int count = UNIT_COUNT(conversations);

	tcase_add_unchecked_fixture(tests, unit_index_open, unit_index_close);
	tcase_add_loop_test(tests, says_what_the_protocol_says, 0, count);
	tcase_add_loop_test(tests, says_the_same_wherever_it_has_to_wait, 0, count);
	tcase_add_loop_test(tests, can_be_abandoned_at_any_await, 0, count);
	tcase_add_test(tests, can_be_abandoned_before_it_begins);
	tcase_add_test_raise_signal(tests, aborts_if_it_is_run_after_its_end, SIGABRT);
	tcase_add_test(tests, reads_nothing_before_the_answer_is_given);
	tcase_add_test(tests, writes_a_big_answer_in_pieces_that_a_socket_takes);
	tcase_add_test(tests, logs_every_answer_by_its_status);
	tcase_add_test(tests, sums_up_the_longest_query);
	tcase_add_test(tests, ends_when_there_is_no_memory_for_an_answer);
}

UNIT_MAIN("prompt", add_tests)
