/* test_answer.c - answers of the prompt: where they end, and what they say. */
#include <string.h>

#include "answer.h"
#include "answer_reader.h"
#include "unit.h"

#define ROOK "U+2656 \t\u2656\tWHITE CHESS ROOK\r\n"
#define QUESTION "U+003F \t?\tQUESTION MARK\r\n"

static const char conversation[] = "?> " ROOK "1 match for 'x'\r\n?> " /* a greeting, an answer */
    QUESTION "U+FF1F \t?> \t\?> \r\n?"
                                   "?> x\r\n2 matches for '?> '\r\n?> " /* prompts inside lines */
                                   "?> "
                                   "?> "                     /* answers to empty lines */
                                   "No match for 'y'\r\n?>"; /* and one that is not whole */

static const char *const answers[] = { "", ROOK "1 match for 'x'\r\n",
	QUESTION "U+FF1F \t?> \t\?> \r\n?"
	         "?> x\r\n2 matches for '?> '\r\n",
	"", "" };

/* Feeds the conversation in pieces of these lengths, the last being the rest. */
static void
must_be_read(size_t first, size_t second)
{
	const size_t lengths[] = { first, second, sizeof(conversation) - 1 - first - second };
	struct answer_reader reader = { 0 };
	const char *at = conversation, *answer, *rest;
	size_t length, count = 0;

	for (size_t i = 0; i < UNIT_COUNT(lengths); at += lengths[i++]) {
		char *piece = malloc(lengths[i] + 1); /* memory of its own, which goes */

		UNIT_HOLDS(piece != NULL);
		memcpy(piece, at, lengths[i]);
		UNIT_HOLDS(answer_reader_feed(&reader, piece, lengths[i]));
		for (; answer_reader_next(&reader, &answer, &length); count++) {
			UNIT_HOLDS(count < UNIT_COUNT(answers) && length == strlen(answers[count]));
			UNIT_HOLDS(memcmp(answer, answers[count], length) == 0);
		}
		UNIT_HOLDS(answer_reader_keep(&reader));
		free(piece);
	}
	UNIT_HOLDS(count == UNIT_COUNT(answers));
	length = answer_reader_rest(&reader, &rest);
	UNIT_HOLDS(length == strlen("No match for 'y'\r\n?>") && memcmp(rest, "No match", 8) == 0);
	answer_reader_release(&reader);
}

START_TEST(the_same_answers_however_they_are_cut)
{
	size_t length = sizeof(conversation) - 1;

	for (size_t first = 0; first <= length; first++)
		for (size_t second = 0; second <= length - first; second++)
			must_be_read(first, second);
}
END_TEST

/* ---- what they say --------------------------------------------------------------------------- */

static const struct {
	const char *query, *text;
	enum charindex_format format;
	bool right;
	uint64_t count;
	const char *status, *error;
} said[] = {
	{ "x", ROOK "1 match for 'x'\r\n", CHARINDEX_TEXT, true, 1, "1 match for 'x'", NULL },
	{ "x", "No match for 'x'\r\n", CHARINDEX_TEXT, true, 0, "No match for 'x'", NULL },
	{ "x", "5 matches for 'x' by alias\r\n", CHARINDEX_TEXT, true, 5, "5 matches for 'x' by alias",
	    NULL },
	{ "smilng", "5 matches for 'smilng' as 'smiling'\r\n", CHARINDEX_TEXT, true, 5,
	    "5 matches for 'smilng' as 'smiling'", NULL },
	{ "x", "21-40 of 134 matches for 'x'; :more for the next\r\n", CHARINDEX_TEXT, true, 20,
	    "21-40 of 134 matches for 'x'", NULL },
	{ "x", "3 of 4 matches for 'x'\r\n", CHARINDEX_TEXT, true, 1, "3 of 4 matches for 'x'", NULL },
	{ "x", "0 of 4 matches for 'x'\r\n", CHARINDEX_TEXT, true, 0, "0 of 4 matches for 'x'", NULL },
	{ "it's", "No match for \"it's\"\r\n", CHARINDEX_TEXT, true, 0, "No match for \"it's\"", NULL },
	{ "a\\b", "No match for 'a\\\\b'\r\n", CHARINDEX_TEXT, true, 0, "No match for 'a\\\\b'", NULL },
	{ "\x03x", "No match for '\\x03x'\r\n", CHARINDEX_TEXT, true, 0, "No match for '\\x03x'",
	    NULL },
	{ "x", "Error: column 1: no\r\n", CHARINDEX_TEXT, true, 0, "Error: column 1: no",
	    "column 1: no" },
	{ "x", "Error: the query is not valid UTF-8\r\n", CHARINDEX_JSON, true, 0,
	    "Error: the query is not valid UTF-8", "the query is not valid UTF-8" },
	{ "x", "#\t1 match for 'x'\r\n", CHARINDEX_TSV, true, 1, "1 match for 'x'", NULL },
	{ "x", "{\"status\":\"1 match for 'x'\",\"total\":1}\r\n", CHARINDEX_JSON, true, 1,
	    "{\"status\":\"1 match for 'x'\",\"total\":1}", NULL },
	{ "it's", "{\"status\":\"1 match for \\\"it's\\\"\",\"total\":1}\r\n", CHARINDEX_JSON, true, 1,
	    "{\"status\":\"1 match for \\\"it's\\\"\",\"total\":1}", NULL },
	{ "x", "{\"status\":\"Error: column 2: no\",\"total\":0}\r\n", CHARINDEX_JSON, true, 0,
	    "{\"status\":\"Error: column 2: no\",\"total\":0}", "column 2: no" },
	/* what is none */
	{ "x", "", CHARINDEX_TEXT, false, 0, NULL, NULL },
	{ "x", "\r\n", CHARINDEX_TEXT, false, 0, NULL, NULL },
	{ "x", "1 match for 'x'", CHARINDEX_TEXT, false, 0, NULL, NULL },
	{ "x", "1 match for 'x'\n", CHARINDEX_TEXT, false, 0, NULL, NULL },
	{ "x", ROOK, CHARINDEX_TEXT, false, 0, NULL, NULL },
	{ "x", "1 match for 'y'\r\n", CHARINDEX_TEXT, false, 0, NULL, NULL },
	{ "x", "1 match for 'xy'\r\n", CHARINDEX_TEXT, false, 0, NULL, NULL },
	{ "xy", "1 match for 'x'\r\n", CHARINDEX_TEXT, false, 0, NULL, NULL },
	{ "x", "1 matches for 'x'\r\n", CHARINDEX_TEXT, false, 0, NULL, NULL },
	{ "x", "2 match for 'x'\r\n", CHARINDEX_TEXT, false, 0, NULL, NULL },
	{ "x", " matches for 'x'\r\n", CHARINDEX_TEXT, false, 0, NULL, NULL },
	{ "x", "99999999999999999999 matches for 'x'\r\n", CHARINDEX_TEXT, false, 0, NULL, NULL },
	{ "x", "9-3 of 12 matches for 'x'\r\n", CHARINDEX_TEXT, false, 0, NULL, NULL },
	{ "x", "mode: auto\r\n", CHARINDEX_TEXT, false, 0, NULL, NULL },
	{ "x", "HTTP/1.1 400 Bad Request\r\n", CHARINDEX_TEXT, false, 0, NULL, NULL },
	{ "x", ROOK "Error: half\r\n", CHARINDEX_TEXT, false, 0, NULL, NULL },
	{ "x", "1 match for 'x'\r\n", CHARINDEX_JSON, false, 0, NULL, NULL },
	{ "x", "{\"status\":\"1 match for 'x'\"\r\n", CHARINDEX_JSON, false, 0, NULL, NULL },
	{ "x", "{\"codes\":[\"U+2656\"]}\r\n", CHARINDEX_JSON, false, 0, NULL, NULL },
	{ "x", "{\"status\":\"Error: half\r\n", CHARINDEX_JSON, false, 0, NULL, NULL },
};

static bool
is(const char *text, size_t length, const char *expected)
{
	return expected == NULL ? text == NULL
	                        : length == strlen(expected) && memcmp(text, expected, length) == 0;
}

START_TEST(an_answer_is_taken_apart_or_is_none)
{
	struct answer answer;
	bool right = answer_parse(&answer, said[_i].format, said[_i].text, strlen(said[_i].text),
	    said[_i].query, strlen(said[_i].query));

	ck_assert_msg(right == said[_i].right, "%s", said[_i].text);
	if (!right)
		return;
	ck_assert_uint_eq(answer.count, said[_i].count);
	ck_assert_msg(is(answer.status, answer.status_length, said[_i].status), "%s", said[_i].text);
	ck_assert_msg(is(answer.error, answer.error_length, said[_i].error), "%s", said[_i].text);
	ck_assert_ptr_eq(answer.rows, said[_i].text);
	/* behind the rows, and what marks it in TSV */
	ck_assert_ptr_eq(answer.status,
	    answer.rows + answer.rows_length + strspn(answer.rows + answer.rows_length, "#\t"));
}
END_TEST

START_TEST(what_a_terminal_would_obey_is_no_text)
{
	static const char *const wrong[] = { "\x1b[2J", "a\x07", "\x7f", "\xC2\x80", "x\xC2\x9F" };
	static const char right[] = ROOK "1 match for '\xC2\xA0\xC3\x9F\xDB\x90'\r\n";

	ck_assert(answer_is_text(right, strlen(right)));
	ck_assert(!answer_is_text("", sizeof("")));
	for (size_t i = 0; i < UNIT_COUNT(wrong); i++)
		ck_assert_msg(!answer_is_text(wrong[i], strlen(wrong[i])), "%zu", i);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, the_same_answers_however_they_are_cut);
	tcase_add_test(tests, what_a_terminal_would_obey_is_no_text);
	tcase_add_loop_test(tests, an_answer_is_taken_apart_or_is_none, 0, UNIT_COUNT(said));
}

UNIT_MAIN("answer", add_tests)
