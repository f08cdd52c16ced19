/* test_prompt.c - the conversation of PROTOCOL.md, on a stream without a socket. */
#include <signal.h>
#include <string.h>

#include "allocations.h"
#include "fake_stream.h"
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
#define MAX_LINES 8

/* One conversation, all of it. */
struct conversation {
	const char *what;
	struct fake_line input[MAX_LINES]; /* the last one is LINE_END */
	const char *output;                /* NULL: not compared */
	enum close_reason end;             /* why the stream's input ends */
	enum close_reason reason;          /* why the conversation does */
	uint64_t queries;
};

#define READY(text) \
	{ \
		LINE_READY, text \
	}
#define END \
	{ \
		LINE_END, NULL \
	}

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

static void
begin(struct prompt *prompt, struct fake_stream *fake, const struct conversation *conversation)
{
	unit_service_make();
	fake_stream_init(fake, conversation->input, conversation->end, 1);
	prompt_init(prompt, fake->connection);
}

static void
end(struct prompt *prompt, struct fake_stream *fake)
{
	prompt_release(prompt);
	fake_stream_release(fake);
	unit_service_must_be_idle();
}

/* Runs the conversation to its end: returns how often it had to wait. */
static size_t
run_to_end(struct prompt *prompt)
{
	size_t waits = 0;

	while (prompt_run(prompt) == CORO_WAITING)
		waits++;
	return waits;
}

static void
must_have_gone(const struct conversation *conversation, const struct prompt *prompt,
    const struct bytes *output, const char *expected, size_t expected_length)
{
	bytes_must_be(conversation->what, output->data, output->length, expected, expected_length);
	UNIT_HOLDS(prompt_reason(prompt) == conversation->reason);
	UNIT_HOLDS(prompt->connection->queries == conversation->queries);
}

START_TEST(says_what_the_protocol_says)
{
	const struct conversation *conversation = &conversations[_i];
	struct fake_stream fake;
	struct prompt prompt;

	begin(&prompt, &fake, conversation);
	ck_assert_uint_eq(run_to_end(&prompt), 0);
	if (conversation->output == NULL)
		must_have_gone(conversation, &prompt, &fake.output, fake.output.data, fake.output.length);
	else
		must_have_gone(conversation, &prompt, &fake.output, conversation->output,
		    strlen(conversation->output));
	end(&prompt, &fake);
}
END_TEST

/* How many awaits there are in the conversation; its output, if that is wanted. */
static size_t
count_awaits(const struct conversation *conversation, struct bytes *output)
{
	struct fake_stream fake;
	struct prompt prompt;
	size_t awaits;

	begin(&prompt, &fake, conversation);
	run_to_end(&prompt);
	awaits = fake.asked;
	if (output != NULL)
		bytes_add(output, fake.output.data, fake.output.length);
	end(&prompt, &fake);
	return awaits;
}

/* Waits at the `wait_at`-th await, or at each, as long as `patience` says. */
static void
must_be_the_same_if_made_to_wait(const struct conversation *conversation, size_t wait_at,
    unsigned patience, const struct bytes *expected, size_t expected_waits)
{
	struct fake_stream fake;
	struct prompt prompt;

	begin(&prompt, &fake, conversation);
	fake.wait_at = wait_at;
	fake.patience = patience;
	UNIT_HOLDS(run_to_end(&prompt) == expected_waits);
	must_have_gone(conversation, &prompt, &fake.output, expected->data, expected->length);
	end(&prompt, &fake);
}

START_TEST(says_the_same_wherever_it_has_to_wait)
{
	const struct conversation *conversation = &conversations[_i];
	struct bytes expected = { 0 };
	size_t awaits = count_awaits(conversation, &expected);

	ck_assert_uint_ge(awaits, 2);
	for (unsigned patience = 1; patience <= 3; patience++) {
		size_t step = awaits > 100 ? awaits / 6 : 1;

		for (size_t at = 1; at <= awaits; at += step)
			must_be_the_same_if_made_to_wait(conversation, at, patience, &expected, patience);
		must_be_the_same_if_made_to_wait(conversation, 0, patience, &expected, patience * awaits);
	}
	bytes_release(&expected);
}
END_TEST

/* Sanitizers and valgrind see what is not freed. */
START_TEST(can_be_abandoned_at_any_await)
{
	const struct conversation *conversation = &conversations[_i];
	size_t awaits = count_awaits(conversation, NULL), step = awaits > 100 ? awaits / 6 : 1;

	for (size_t at = 1; at <= awaits; at += step) {
		struct fake_stream fake;
		struct prompt prompt;

		begin(&prompt, &fake, conversation);
		fake.wait_at = at;
		fake.patience = 2;
		UNIT_HOLDS(prompt_run(&prompt) == CORO_WAITING);
		UNIT_HOLDS(prompt_run(&prompt) == CORO_WAITING);
		end(&prompt, &fake);
	}
}
END_TEST

START_TEST(can_be_abandoned_before_it_begins)
{
	struct fake_stream fake;
	struct prompt prompt;

	begin(&prompt, &fake, &conversations[0]);
	end(&prompt, &fake);
}
END_TEST

START_TEST(aborts_if_it_is_run_after_its_end)
{
	struct fake_stream fake;
	struct prompt prompt;

	begin(&prompt, &fake, &conversations[0]);
	run_to_end(&prompt);
	prompt_run(&prompt);
}
END_TEST

START_TEST(reads_nothing_before_the_answer_is_given)
{
	static const struct conversation conversation = { "two",
		{ READY("letter"), READY("rook"), END }, NULL, CLOSE_END_OF_INPUT, CLOSE_END_OF_INPUT, 2 };
	struct fake_stream fake;
	struct prompt prompt;

	begin(&prompt, &fake, &conversation);
	fake.patience = 1;
	while (prompt_run(&prompt) == CORO_WAITING) {
		if (fake.lines_taken == 1 && prompt.connection->queries == 0)
			ck_assert_ptr_nonnull(fake.line);
		ck_assert_uint_le(fake.lines_taken, prompt.connection->queries + 1);
	}
	ck_assert_uint_eq(fake.lines_taken, 2);
	end(&prompt, &fake);
}
END_TEST

START_TEST(writes_a_big_answer_in_pieces_that_a_socket_takes)
{
	static const struct conversation conversation = { "big", { READY("cjk"), END }, NULL,
		CLOSE_END_OF_INPUT, CLOSE_END_OF_INPUT, 1 };
	struct fake_stream fake;
	struct prompt prompt;

	begin(&prompt, &fake, &conversation);
	run_to_end(&prompt);
	ck_assert_uint_gt(fake.output.length, 4000000);
	ck_assert_uint_le(fake.most, 128 * 1024);
	/* and each time asks whether it may */
	ck_assert_uint_ge(fake.asked, fake.output.length / fake.most);
	end(&prompt, &fake);
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
	struct fake_stream fake;
	struct prompt prompt;

	unit_service_make();
	unit_service.verbose = true;
	fake_stream_init(&fake, input, CLOSE_END_OF_INPUT, 7);
	prompt_init(&prompt, fake.connection);
	run_to_end(&prompt);
	bytes_must_be("the log", unit_log.data, unit_log.length, expected, strlen(expected));
	end(&prompt, &fake);
}
END_TEST

/* ---- limits ---------------------------------------------------------------------- */

START_TEST(sums_up_the_longest_query)
{
	static char query[LINE_MAX_LENGTH + 1];
	static const struct fake_line input[] = { READY(query), END };
	struct fake_stream fake;
	struct bytes expected = { 0 };
	struct prompt prompt;

	memset(query, '\x7F', LINE_MAX_LENGTH);
	bytes_add_string(&expected, P "No match for '");
	bytes_repeat(&expected, "\\x7f", LINE_MAX_LENGTH);
	bytes_add_string(&expected, "'\r\n" P);
	unit_service_make();
	fake_stream_init(&fake, input, CLOSE_END_OF_INPUT, 1);
	prompt_init(&prompt, fake.connection);
	run_to_end(&prompt);
	bytes_must_be("4096 deletes", fake.output.data, fake.output.length, expected.data,
	    expected.length);
	bytes_release(&expected);
	end(&prompt, &fake);
}
END_TEST

/* Stops at the await for a line, so that the next allocation is for its answer, after that
 * of the line itself. */
START_TEST(ends_when_there_is_no_memory_for_an_answer)
{
	static const struct fake_line input[] = { READY("rook"), READY("king"), END };
	struct fake_stream fake;
	struct prompt prompt;
	enum coro_status status;

	unit_service_make();
	fake_stream_init(&fake, input, CLOSE_END_OF_INPUT, 1);
	fake.wait_at = 2;
	fake.patience = 1;
	prompt_init(&prompt, fake.connection);
	ck_assert_int_eq(prompt_run(&prompt), CORO_WAITING);
	allocations_fail_at(2);
	status = prompt_run(&prompt);
	ck_assert(allocations_have_failed());
	ck_assert_int_eq(status, CORO_DONE);
	ck_assert_int_eq(prompt_reason(&prompt), CLOSE_NO_MEMORY);
	ck_assert_str_eq(fake.output.data, P);
	end(&prompt, &fake);
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
