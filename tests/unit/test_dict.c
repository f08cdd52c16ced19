/* test_dict.c - the conversation of DICT.md, on a stream without a socket. */
#include <string.h>

#include "allocations.h"
#include "conversation.h"
#include "dict.h"
#include "dict_command.h"
#include "dict_state.h"
#include "unit.h"
#include "unit_index.h"
#include "unit_service.h"

#define OK "250 ok\r\n"
#define NAMES "unicode \"Unicode 18.0.0: characters by name\""

/* Which has the time in it. */
static const char *
after_greeting(const char *said)
{
	const char *line_end;

	ck_assert_int_eq(strncmp(said, "220 charfinderd ", strlen("220 charfinderd ")), 0);
	line_end = strstr(said, "@charfinderd>\r\n");
	ck_assert_ptr_nonnull(line_end);
	return line_end + strlen("@charfinderd>\r\n");
}

static const struct tested_face tested = { &dict_face, after_greeting };

#define GOES_ON CLOSE_END_OF_INPUT, CLOSE_END_OF_INPUT

/* clang-format off */
static const struct conversation conversations[] = {
	{ "nothing is asked", { END }, "", GOES_ON, 0 },
	{ "empty lines", { READY(""), READY("  "), READY("\"\""), END }, "500 unknown command\r\n", GOES_ON, 0 },
	{ "client", { READY("client \"dict 1.13.0/rf on Linux\""), READY("CLIENT"), END }, OK OK, GOES_ON, 0 },
	{ "quit", { READY("quit"), READY("help"), END }, "221 bye\r\n", CLOSE_END_OF_INPUT, CLOSE_QUIT, 0 },
	{ "auth", { READY("auth me secret"), READY("SASLAUTH x"), READY("saslresp y"), END },
	    "531 access denied, there are no users here\r\n502 command not implemented\r\n"
	    "502 command not implemented\r\n", GOES_ON, 0 },
	{ "wrong numbers of words", { READY("define *"), READY("match * exact"), READY("show"), READY("option text"), READY("show info"), END },
	    "501 syntax error, illegal parameters\r\n501 syntax error, illegal parameters\r\n"
	    "501 syntax error, illegal parameters\r\n501 syntax error, illegal parameters\r\n"
	    "501 syntax error, illegal parameters\r\n", GOES_ON, 0 },
	{ "unknown", { READY("rook"), READY("DEFINER a b"), END }, "500 unknown command\r\n500 unknown command\r\n",
	    GOES_ON, 0 },
	{ "databases that are not there", { READY("define Unicode rook"), READY("match x . rook"), READY("show info *"), END },
	    "550 invalid database, use SHOW DB for list\r\n550 invalid database, use SHOW DB for list\r\n"
	    "550 invalid database, use SHOW DB for list\r\n", GOES_ON, 0 },
	{ "strategies that are not there", { READY("match * re rook"), READY("match * soundex rook"), END },
	    "551 invalid strategy, use SHOW STRAT for a list\r\n551 invalid strategy, use SHOW STRAT for a list\r\n",
	    GOES_ON, 0 },
	{ "nothing found", { READY("define * xyzzy"), READY("match * prefix xyzzy"), READY("match search . rook"),
	    READY("define --exit-- rook"), READY("define * \"\""), END },
	    "552 no match\r\n552 no match\r\n552 no match\r\n552 no match\r\n552 no match\r\n", GOES_ON, 5 },
	{ "not UTF-8", { READY("define * \xFFx"), READY("client \xFF"), END }, "501 not UTF-8\r\n" OK, GOES_ON, 0 },
	{ "too long", { { LINE_TOO_LONG, NULL }, READY("client"), END }, "501 line too long\r\n" OK, GOES_ON, 0 },
	{ "a definition", { READY("define unicode \"black chess rook\""), END },
	    "150 1 definitions retrieved\r\n151 \"BLACK CHESS ROOK\" " NAMES "\r\n"
	    "BLACK CHESS ROOK\r\n  \u265C  U+265C\r\n"
	    "  So, Common, Miscellaneous Symbols, since Unicode 1.1\r\n"
	    "  UTF-8 E2 99 9C, UTF-16 265C, HTML &#x265C;, URL %E2%99%9C\r\n.\r\n" OK, GOES_ON, 1 },
	{ "the same by code and by itself", { READY("define unicode U+265C"), READY("define unicode \u265C"), END },
	    "150 1 definitions retrieved\r\n151 \"BLACK CHESS ROOK\" " NAMES "\r\n"
	    "BLACK CHESS ROOK\r\n  \u265C  U+265C\r\n"
	    "  So, Common, Miscellaneous Symbols, since Unicode 1.1\r\n"
	    "  UTF-8 E2 99 9C, UTF-16 265C, HTML &#x265C;, URL %E2%99%9C\r\n.\r\n" OK
	    "150 1 definitions retrieved\r\n151 \"BLACK CHESS ROOK\" " NAMES "\r\n"
	    "BLACK CHESS ROOK\r\n  \u265C  U+265C\r\n"
	    "  So, Common, Miscellaneous Symbols, since Unicode 1.1\r\n"
	    "  UTF-8 E2 99 9C, UTF-16 265C, HTML &#x265C;, URL %E2%99%9C\r\n.\r\n" OK, GOES_ON, 2 },
	{ "a search", { READY("define ! \"euro currency\""), END },
	    "150 1 definitions retrieved\r\n151 \"euro currency\" search \"charfinder: all characters found\"\r\n"
	    "Search for \"euro currency\"\r\n  U+20A0 \t\u20A0\tEURO-CURRENCY SIGN\r\n  1 match\r\n.\r\n" OK,
	    GOES_ON, 1 },
	{ "matches", { READY("match unicode suffix \"king ninety degrees\""), READY("match chars exact \"white chess rook\""), END },
	    "552 no match\r\n152 1 matches found\r\nchars \"\u2656\"\r\n.\r\n" OK, GOES_ON, 2 },
	{ "a page", { READY("match unicode nprefix 1#2#white chess"), END }, "501 syntax error, illegal parameters\r\n", GOES_ON, 0 },
	{ "a page in quotes", { READY("match unicode NPREFIX \"1#2#white chess\""), END },
	    "152 2 matches found\r\nunicode \"WHITE CHESS QUEEN\"\r\nunicode \"WHITE CHESS ROOK\"\r\n.\r\n" OK, GOES_ON, 1 },
	{ "quotes and backslashes", { READY("match chars exact 'quotation mark'"), READY("define unicode \"\\\\\""), END }, NULL, GOES_ON, 2 },
	{ "MIME", { READY("OPTION MIME"), READY("match unicode exact 'euro sign'"), READY("define unicode 'black chess rook'"), END },
	    OK "152 1 matches found\r\n\r\nunicode \"EURO SIGN\"\r\n.\r\n" OK
	    "150 1 definitions retrieved\r\n151 \"BLACK CHESS ROOK\" " NAMES "\r\n\r\n"
	    "BLACK CHESS ROOK\r\n  \u265C  U+265C\r\n"
	    "  So, Common, Miscellaneous Symbols, since Unicode 1.1\r\n"
	    "  UTF-8 E2 99 9C, UTF-16 265C, HTML &#x265C;, URL %E2%99%9C\r\n.\r\n" OK, GOES_ON, 2 },
	{ "typos, pages and texts", { READY("match * lev arow"), READY("match * . heart"), READY("show db"), READY("help"), READY("show server"), END },
	    NULL, GOES_ON, 2 },
	{ "many", { READY("define * heart"), READY("match * substring a"), READY("match emoji-fr word coeur"), END }, NULL, GOES_ON, 3 },
	{ "shutdown", { READY("client"), END }, OK, CLOSE_SHUTDOWN, CLOSE_SHUTDOWN, 0 },
	{ "no memory for a line", { { LINE_NO_MEMORY, NULL }, END }, "", CLOSE_END_OF_INPUT, CLOSE_NO_MEMORY, 0 },
};
/* clang-format on */

/* ---- the conversation ------------------------------------------------------------ */

START_TEST(says_what_the_contract_says)
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

/* A line is drained for, and waited for; one that is costly is let through before it is answered. */
START_TEST(waits_to_be_let_through_with_what_is_costly)
{
	static const struct {
		const char *line;
		bool costly;
	} lines[] = {
		{ "client x", false },
		{ "show db", false },
		{ "define unicode 'euro sign'", false },
		{ "define * rook", false },
		{ "define x rook", false },
		{ "match * exact rook", false },
		{ "match * re rook", false },
		{ "define unicode 'cjk unified ideograph'", true },
		{ "match unicode exact 'cjk unified ideograph'", true },
		{ "define * roook", true },
		{ "define unicode U+2656", true },
		{ "match unicode prefix rook", true },
		{ "match unicode . rook", true },
	};

	for (size_t i = 0; i < UNIT_COUNT(lines); i++) {
		struct conversation conversation = { lines[i].line, { READY(lines[i].line), END }, NULL,
			GOES_ON, 0 };

		ck_assert_uint_eq(conversation_awaits(&tested, &conversation, NULL),
		    lines[i].costly ? 5 : 4);
	}
}
END_TEST

START_TEST(ends_when_there_is_no_memory_for_a_line)
{
	static const struct fake_line input[] = { READY("client"), END };
	struct talk talk;

	talk_begin(&talk, &tested, input, CLOSE_END_OF_INPUT);
	bytes_repeat(&talk.fake.output, "x", 4096);
	talk.fake.output.length = 0;
	allocations_fail_at(2); /* the first is the script's */
	talk_run_to_end(&talk);
	ck_assert(allocations_have_failed());
	ck_assert_int_eq(talk_reason(&talk), CLOSE_NO_MEMORY);
	talk_end(&talk);
}
END_TEST

static const char *const costly_lines[] = { "define * 'xyzzy 7'", "match * suffix rook",
	"match * lev arow", "match unihan substring ook", "define search U+265C" };

/* Answers a line, whose `n`-th allocation fails: false if there are not so many. */
static bool
fails_at(const char *line, unsigned n)
{
	static const struct fake_line input[] = { END };
	size_t length = strlen(line);
	struct talk talk;
	struct dict *dict;
	bool goes_on, failed;

	talk_begin(&talk, &tested, input, CLOSE_END_OF_INPUT);
	bytes_repeat(&talk.fake.output, "x", 1000000); /* room, so that it needs none meanwhile */
	talk.fake.output.length = 0;
	dict = talk.state;
	dict->words = malloc(sizeof(*dict->words) + length);
	ck_assert_ptr_nonnull(dict->words);
	dict_words_read(dict->words, line, length, (char *)(dict->words + 1));
	dict->reason = CLOSE_NO_MEMORY; /* as dict_run() has set it by then */
	dict->command = dict_command_find(dict);
	ck_assert_ptr_nonnull(dict->command);
	allocations_fail_at(n);
	goes_on = dict_command_run(dict);
	failed = allocations_have_failed();
	ck_assert(goes_on || (failed && dict->reason == CLOSE_NO_MEMORY));
	ck_assert(talk.fake.output.length == 0 || goes_on);
	talk_end(&talk);
	return failed;
}

START_TEST(says_nothing_when_there_is_no_memory_for_an_answer)
{
	unsigned n = 1;

	while (fails_at(costly_lines[_i], n))
		n++;
	ck_assert_uint_gt(n, 1);
}
END_TEST

/* ---- what is never said -------------------------------------------------------------- */

/* Fails at a line of a text that a client would take for something else. */
static void
must_be_a_line_of_a_text(const char *line, size_t length, bool first)
{
	UNIT_HOLDS(length > 0 && length <= 1024);
	if (!first)
		UNIT_HOLDS(length > 2 && line[0] == ' ' && line[1] == ' ');
	UNIT_HOLDS(line[0] != '.' && (line[0] < '0' || line[0] > '9'));
}

START_TEST(has_no_text_that_a_client_takes_for_something_else)
{
	static const struct fake_line input[] = { READY("define * heart"), READY("define search .250"),
		READY("define * '250 ok'"), READY("define search \"a \\\\ \\\" b\""),
		READY("define unicode U+0000"), READY("define unicode '<.\"\\\\{'"),
		READY("define unihan a"), READY("define emoji '1st place medal'"), END };
	struct talk talk;
	bool in_text = false, first = false;
	unsigned texts = 0;

	talk_begin(&talk, &tested, input, CLOSE_END_OF_INPUT);
	talk_run_to_end(&talk);
	for (const char *line = after_greeting(talk.fake.output.data), *line_end; *line != '\0';
	     line = line_end + 2) {
		line_end = strstr(line, "\r\n");
		ck_assert_ptr_nonnull(line_end);
		if (in_text && line_end - line == 1 && *line == '.') {
			UNIT_HOLDS(!first);
			in_text = false;
		} else if (in_text) {
			must_be_a_line_of_a_text(line, (size_t)(line_end - line), first);
			first = false;
		} else if (strncmp(line, "151 ", 4) == 0) {
			/* 151 "word" name "title": four quotes, and no backslash */
			unsigned quotes = 0;

			for (const char *p = line; p < line_end; p++)
				quotes += *p == '"';
			ck_assert_uint_eq(quotes, 4);
			ck_assert_ptr_null(memchr(line, '\\', (size_t)(line_end - line)));
			in_text = first = true;
			texts++;
		}
	}
	ck_assert_uint_gt(texts, 30);
	talk_end(&talk);
}
END_TEST

START_TEST(logs_who_is_there_and_what_is_answered)
{
	static const struct fake_line input[] = { READY("client \"x\ny \x1B\\\"\""),
		READY("define unicode 'euro sign'"), READY("match unicode exact 'euro sign'"), END };
	static const char expected[] = "c7 client=x_y__\"\n"
	                               "c7 answered definitions=1\n"
	                               "c7 answered matches=1\n";
	struct talk talk;

	talk_begin(&talk, &tested, input, CLOSE_END_OF_INPUT);
	talk.fake.connection->number = 7;
	unit_service.verbose = true;
	talk_run_to_end(&talk);
	bytes_must_be("the log", unit_log.data, unit_log.length, expected, strlen(expected));
	talk_end(&talk);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_unchecked_fixture(tests, unit_index_open, unit_index_close);
	tcase_add_loop_test(tests, says_what_the_contract_says, 0, UNIT_COUNT(conversations));
	tcase_add_loop_test(tests, says_the_same_wherever_it_has_to_wait, 0, UNIT_COUNT(conversations));
	tcase_add_loop_test(tests, can_be_abandoned_at_any_await, 0, UNIT_COUNT(conversations));
	tcase_add_test(tests, waits_to_be_let_through_with_what_is_costly);
	tcase_add_test(tests, ends_when_there_is_no_memory_for_a_line);
	tcase_add_loop_test(tests, says_nothing_when_there_is_no_memory_for_an_answer, 0,
	    UNIT_COUNT(costly_lines));
	tcase_add_test(tests, has_no_text_that_a_client_takes_for_something_else);
	tcase_add_test(tests, logs_who_is_there_and_what_is_answered);
}

UNIT_MAIN("dict", add_tests)
