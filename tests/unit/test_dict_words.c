/* test_dict_words.c - quoting, as DICT.md says it: what real clients were seen to send. */
#include <string.h>

#include "bytes.h"
#include "dict_words.h"
#include "unit.h"

struct words_case {
	const char *line;
	const char *words; /* with | between them */
};

static const struct words_case cases[] = {
	{ "", "" },
	{ " \t \r", "" },
	{ "show db", "show|db" },
	{ "  show\t\tdb  ", "show|db" },
	/* dict, Emacs, xfce4-dict */
	{ "define * \"rook\"", "define|*|rook" },
	{ "match * . \"roo\"", "match|*|.|roo" },
	{ "client \"dict 1.13.0/rf on Linux 6.18\"", "client|dict 1.13.0/rf on Linux 6.18" },
	/* ... which escape nothing */
	{ "define * \"a\"b\\c'd\"", "define|*|abc'd\"" },
	{ "define * \"\"\"", "define|*|\"" },
	{ "define * \"\\\"", "define|*|\\" },
	{ "define * \"it's\"", "define|*|it's" },
	/* curl */
	{ "DEFINE ! white\\ bishop", "DEFINE|!|white bishop" },
	{ "DEFINE ! \\\xE2\\\x99\\\x97", "DEFINE|!|\xE2\x99\x97" },
	{ "DEFINE ! \\\"", "DEFINE|!|\"" },
	/* GNU dico */
	{ "DEFINE \"!\" \"snowman\"", "DEFINE|!|snowman" },
	/* GNOME */
	{ "DEFINE ! 'snowman'", "DEFINE|!|snowman" },
	{ "DEFINE ! 'it'\\''s'", "DEFINE|!|it's" },
	{ "MATCH * exact 'snow man'", "MATCH|*|exact|snow man" },
	/* RFC 2229 */
	{ "define * \"a \\\"b\\\" \\\\ c\"", "define|*|a \"b\" \\ c" },
	{ "x'y z'w", "xy zw" },
	{ "\"\"", "" },
	{ "define * \"rook", "define|*|\"rook" },
	{ "define * rook\\", "define|*|rook\\" },
	{ "define * 'rook\\'", "define|*|rook\\" },
	{ "define * \"rook\\\" x", "define|*|\"rook\"|x" },
	{ "a b c d e", "a|b|c|d" },
};

static void
read_words(struct dict_words *words, const char *line, size_t length, struct bytes *joined)
{
	char *copy = malloc(length + 1), *out = malloc(length + 1);

	UNIT_HOLDS(copy != NULL && out != NULL);
	memcpy(copy, line, length);
	dict_words_read(words, copy, length, out);
	free(copy); /* the words are elsewhere */
	for (unsigned i = 0; i < words->count && i < DICT_WORDS_KEPT; i++) {
		if (i > 0)
			bytes_add_string(joined, "|");
		bytes_add(joined, words->word[i].bytes, words->word[i].length);
	}
	free(out);
}

START_TEST(takes_lines_apart)
{
	struct bytes joined = { 0 };
	struct dict_words words;

	bytes_add_string(&joined, "");
	read_words(&words, cases[_i].line, strlen(cases[_i].line), &joined);
	bytes_must_be(cases[_i].line, joined.data, joined.length, cases[_i].words,
	    strlen(cases[_i].words));
	bytes_release(&joined);
}
END_TEST

START_TEST(counts_words_that_it_does_not_keep)
{
	struct bytes joined = { 0 };
	struct dict_words words;

	read_words(&words, "a b c d e \"\"", 12, &joined);
	ck_assert_uint_eq(words.count, 6);
	bytes_release(&joined);
}
END_TEST

START_TEST(drops_nul_bytes)
{
	struct bytes joined = { 0 };
	struct dict_words words;

	read_words(&words, "\0de\0fine\0 \0 x\0", 14, &joined);
	ck_assert_uint_eq(words.count, 2);
	bytes_must_be("without them", joined.data, joined.length, "define|x", 8);
	bytes_release(&joined);
}
END_TEST

/* Words of a line are those of its two parts, wherever blanks outside quotes split it. */
START_TEST(splits_at_every_blank_outside_quotes)
{
	for (size_t n = 0; n < UNIT_COUNT(cases); n++) {
		const char *line = cases[n].line;

		for (size_t at = 0; line[at] != '\0'; at++) {
			struct dict_words whole, left, right;
			struct bytes all = { 0 }, parts = { 0 }, rest = { 0 };

			if (line[at] != ' ' || memchr(line, '"', at) != NULL ||
			    memchr(line, '\'', at) != NULL || memchr(line, '\\', at) != NULL)
				continue;
			read_words(&whole, line, strlen(line), &all);
			read_words(&left, line, at, &parts);
			read_words(&right, line + at, strlen(line + at), &rest);
			if (left.count > 0 && right.count > 0)
				bytes_add_string(&parts, "|");
			bytes_add(&parts, rest.data, rest.length);
			UNIT_HOLDS(whole.count == left.count + right.count);
			if (whole.count <= DICT_WORDS_KEPT)
				bytes_must_be(line, parts.data, parts.length, all.data, all.length);
			bytes_release(&all);
			bytes_release(&parts);
			bytes_release(&rest);
		}
	}
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_loop_test(tests, takes_lines_apart, 0, UNIT_COUNT(cases));
	tcase_add_test(tests, counts_words_that_it_does_not_keep);
	tcase_add_test(tests, drops_nul_bytes);
	tcase_add_test(tests, splits_at_every_blank_outside_quotes);
}

UNIT_MAIN("dict_words", add_tests)
