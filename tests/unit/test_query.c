/* test_query.c - the grammar of queries (server/prompt/PROTOCOL.md, "The query language"). */
#include "query.h"

#include <string.h>

#include "bytes.h"
#include "unit.h"
#include "unit_index.h"

static void
put_clause(struct bytes *out, const struct clause *clause)
{
	static const char *const kinds[] = {
		[CLAUSE_WORDS] = "word",
		[CLAUSE_PREFIX] = "prefix",
		[CLAUSE_SUBSTRING] = "substring",
		[CLAUSE_PHRASE] = "phrase",
		[CLAUSE_FILTER] = "filter",
		[CLAUSE_FLAG] = "flag",
		[CLAUSE_CODES] = "codes",
	};

	bytes_printf(out, "%s%s(%.*s)", clause->negated ? "-" : "", kinds[clause->kind],
	    (int)clause->length, clause->text);
}

/* What a query is: "plain", what its clauses are, or "column 3: …" with the beginning of what is
 * wrong. */
static void
must_be(const char *text, const char *expected)
{
	char *copy = bytes_exact_copy(text, strlen(text));
	struct bytes got = { 0 };
	struct query query;
	bool right = query_parse(&query, unit_index, copy, strlen(text));

	UNIT_HOLDS(right == (query.error.column == 0));
	if (!right) {
		bytes_printf(&got, "column %u: %s", query.error.column, query.error.text);
		UNIT_HOLDS(strchr(query.error.text, '\n') == NULL);
		if (got.length > strlen(expected))
			got.length = strlen(expected);
	} else if (query.plain) {
		bytes_add_string(&got, "plain");
	} else {
		for (uint32_t i = 0; i < query.clause_count; i++) {
			if (i > 0)
				bytes_add_string(&got,
				    query.clause[i].alternative != query.clause[i - 1].alternative ? " | " : " ");
			put_clause(&got, &query.clause[i]);
		}
	}
	bytes_must_be(text, got.data, got.length, expected, strlen(expected));
	bytes_release(&got);
	free(copy);
}

START_TEST(words_alone_are_plain)
{
	must_be("white bishop", "plain");
	must_be("knight-bishop", "plain");
	must_be("d'ivoire o'clock", "plain");
	must_be("family: man", "plain");
	must_be("12:30", "plain");
	must_be("http://example", "plain");
	must_be("x=1", "plain");
	must_be("\u20AC \u732B\u306E\u9854", "plain");
}
END_TEST

START_TEST(operators_that_stand_alone_are_plain)
{
	must_be("*", "plain");
	must_be("->", "plain");
	must_be("-", "plain");
	must_be("--", "plain");
	must_be("\"", "plain");
	must_be("|", "plain");
	must_be("***", "plain");
	must_be(":", "plain");
	must_be(":)", "plain");
	must_be("a - b", "plain");
	must_be("a -> b", "plain");
	must_be("a * b", "plain");
	must_be("*\uFE0F\u20E3", "plain"); /* a keycap */
	must_be("-\u0301", "plain");
}
END_TEST

START_TEST(a_thousand_words_are_plain)
{
	struct bytes text = { 0 };

	bytes_repeat(&text, "rook ", 1000);
	must_be(text.data, "plain");
	bytes_add_string(&text, "a=b");
	must_be(text.data, "plain");
	bytes_release(&text);
}
END_TEST

START_TEST(operators)
{
	must_be("roo*", "prefix(roo)");
	must_be("*oo*", "substring(oo)");
	must_be("*ook", "substring(ook)");
	must_be("\"white bishop\"", "phrase(white bishop)");
	must_be("white -bishop", "word(white) -word(bishop)");
	must_be("-\"white bishop\" chess", "-phrase(white bishop) word(chess)");
	must_be("-roo*", "-prefix(roo)");
	must_be("-*oo*", "-substring(oo)");
	must_be("-cat:Lu", "-filter(Lu)");
	must_be("rook | bishop", "word(rook) | word(bishop)");
	must_be("rook|bishop|pawn", "word(rook) | word(bishop) | word(pawn)");
	must_be("white rook | black bishop", "word(white) word(rook) | word(black) word(bishop)");
	must_be("rook -U+2656", "word(rook) -codes(U+2656)");
	must_be("2600..26FF | x*", "codes(2600..26FF) | prefix(x)");
	must_be("knight-bishop -rook", "word(knight-bishop) -word(rook)");
	must_be("\u732B* -\u72AC", "prefix(\u732B) -word(\u72AC)");
}
END_TEST

START_TEST(fields)
{
	must_be("cat:Sm", "filter(Sm)");
	must_be("gc=Currency_Symbol", "filter(Currency_Symbol)");
	must_be("CATEGORY:sm", "filter(sm)");
	must_be("block:arrows", "filter(arrows)");
	must_be("blk:\"box drawing\" x", "filter(box drawing) word(x)");
	must_be("script:greek", "filter(greek)");
	must_be("sc=Cyrl", "filter(Cyrl)");
	must_be("age:17", "filter(17)");
	must_be("age:>=15.1", "filter(>=15.1)");
	must_be("is:emoji is:Toned", "flag(emoji) flag(Toned)");
	must_be("in:alias,name x", "word(x)");
}
END_TEST

START_TEST(settings_leave_a_query_plain)
{
	struct query query;
	char out[64];
	static const char text[] = "limit:5 white lang:fr bishop  from:2";
	size_t length;

	must_be("rook limit:5", "plain");
	must_be("limit=5", "plain");
	must_be("lang:fr from:3 t\u00EAte", "plain");
	must_be("roo* limit:5", "prefix(roo)");
	UNIT_HOLDS(query_parse(&query, unit_index, text, strlen(text)));
	ck_assert_uint_eq(query.settings.limit, 5);
	ck_assert_uint_eq(query.settings.from, 2);
	ck_assert_str_eq(query.settings.language, "fr");
	length = query_without_settings(&query, text, strlen(text), out);
	bytes_must_be(text, out, length, "white bishop", 12);
}
END_TEST

START_TEST(errors_say_where_and_what_to_do)
{
	must_be("a \"white bishop", "column 3: the quotes are not closed; add a \"");
	must_be("rook \"-\"", "column 6: there is no word between the quotes");
	must_be("a* | | b", "column 6: there is nothing before the |");
	must_be("a || b", "column 4: there is nothing before the |");
	must_be("a |", "column 4: there is nothing after the |");
	must_be("a | -", "column 6: there is nothing after the |");
	must_be("cat:xx", "column 5: no general category is called 'xx'; try Sm");
	must_be("\u20AC\u20AC cat:xx", "column 8: no general category");
	must_be("script:klingon", "column 8: no script is called 'klingon'; try greek");
	must_be("block:nowhere", "column 7: no block is called");
	must_be("age:99", "column 5: no version of Unicode is called '99'");
	must_be("age:>", "column 5: no version");
	must_be("is:pretty",
	    "column 4: is: takes emoji, sequence, toned, control or a binary property, as alphabetic, not "
	    "'pretty'");
	must_be("in:name,elsewhere x", "column 9: in: takes name, alias, keyword, definition or any");
	must_be("in:name, x", "column 9: in: takes");
	must_be("lang:tlh x", "column 6: there are no keywords in 'tlh'");
	must_be("limit:-1",
	    "column 7: limit: takes a number of rows from 1 to 9999999, or all, not '-1'");
	must_be("limit:10000000", "column 7: limit: takes a number of rows from 1 to 9999999, or all");
	must_be("from:x", "column 6: from: takes the number of a row from 1 to 9999999, not 'x'");
	must_be("x -limit:5", "column 3: 'limit:5' cannot be turned round");
	must_be("colour:red", "column 1: there is no field 'colour'; there are cat,");
	must_be("rook colour:red", "column 6: there is no field 'colour'");
}
END_TEST

START_TEST(errors_quote_what_is_printable)
{
	must_be("cat:\x1b[31m", "column 5: no general category is called '?[31m'; try Sm");
	must_be("a block:x\xC2\x9Bq\x7F", "column 9: no block is called 'x?q?'; try arrows");
	must_be("in:\xE2\x80\xAE\xC3\xA9",
	    "column 4: in: takes name, alias, keyword, definition or any, not '?\xC3\xA9'");
}
END_TEST

START_TEST(limits)
{
	struct bytes text = { 0 };

	for (int i = 0; i < QUERY_MAX_CLAUSES; i++)
		bytes_printf(&text, "-a%02d ", i);
	bytes_add(&text, "-b", sizeof("-b"));
	must_be(text.data, "column 162: there are more than 32 words");
	must_be("a* b* c* d* e*", "column 13: there are more than 4 words with * or quotes");
	text.length = 0;
	bytes_repeat(&text, "limit:1 ", QUERY_MAX_SETTINGS + 1);
	bytes_add(&text, "", 1);
	must_be(text.data, "column 65: limit:, from: and lang: are there more than 8 times");
	bytes_release(&text);
}
END_TEST

/* However words are joined, all clauses together. */
START_TEST(limits_count_folded_words)
{
	struct bytes text = { 0 };

	must_be("*a.b* *c-d*", "substring(a.b) substring(c-d)");
	must_be("*a.b* *c.d.e*",
	    "column 8: there are more than 4 words with * or quotes; leave some out");
	must_be("cat:L a.b.c.d.e*", "column 7: there are more than 4 words with * or quotes");
	must_be("*\u00C9t\u00E9.b.c.d.e*", "column 2: there are more than 4 words with * or quotes");
	must_be("\"a b\" \"b c\" *a* *b.c*", "column 18: there are more than 4 words with * or quotes");
	must_be("in:definition *a.b.c*",
	    "column 16: there are more than 2 words with * or quotes, for definitions");
	must_be("*a.b* *c* in:definition",
	    "column 8: there are more than 2 words with * or quotes, for definitions");
	bytes_add_string(&text, "cat:L | x ");
	for (int i = 0; i < 32; i++)
		bytes_printf(&text, ".w%d", i);
	bytes_add(&text, "", 1);
	must_be(text.data, "column 11: there are more than 32 words; leave some out");
	text.length = 0;
	bytes_add_string(&text, "-x \"");
	bytes_repeat(&text, "one two ", 300);
	bytes_add(&text, "\"", sizeof("\""));
	must_be(text.data, "column 5: there are more than 32 words; leave some out");
	bytes_release(&text);
}
END_TEST

/* What an alternative asks for anyway is not counted, and not asked for, again. */
START_TEST(equal_words_count_once)
{
	struct bytes text = { 0 };

	must_be("*a* *A* *a.a* *b.a*", "substring(a) substring(b.a)");
	must_be("a* *a* -a* \"a\" a", "prefix(a) substring(a) -prefix(a) phrase(a) word(a)");
	must_be("-a.b -b.a -a.b -a", "-word(a.b) -word(b.a) -word(a)");
	must_be("\"a b\" \"b a\" \"A-B\" -\"a b\"", "phrase(a b) phrase(b a) -phrase(a b)");
	must_be("a* | a* a*", "prefix(a) | prefix(a)");
	must_be("a* a* |", "column 8: there is nothing after the |");
	bytes_repeat(&text, "*e.e.e* ", 100);
	bytes_add(&text, "", 1);
	must_be(text.data, "substring(e.e.e)");
	bytes_release(&text);
}
END_TEST

/* As much of what is wrong is shown as fits, whole characters of it. */
START_TEST(long_pieces_are_shown_in_part)
{
	struct bytes text = { 0 };

	bytes_add_string(&text, "cat:");
	bytes_repeat(&text, "\u20AC", 1000);
	must_be(text.data,
	    "column 5: no general category is called '"
	    "\u20AC\u20AC\u20AC\u20AC\u20AC\u20AC\u20AC\u20AC\u20AC\u20AC\u20AC\u20AC\u20AC'; try");
	bytes_release(&text);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_unchecked_fixture(tests, unit_index_open, unit_index_close);
	tcase_add_test(tests, words_alone_are_plain);
	tcase_add_test(tests, operators_that_stand_alone_are_plain);
	tcase_add_test(tests, a_thousand_words_are_plain);
	tcase_add_test(tests, operators);
	tcase_add_test(tests, fields);
	tcase_add_test(tests, settings_leave_a_query_plain);
	tcase_add_test(tests, errors_say_where_and_what_to_do);
	tcase_add_test(tests, errors_quote_what_is_printable);
	tcase_add_test(tests, limits);
	tcase_add_test(tests, limits_count_folded_words);
	tcase_add_test(tests, equal_words_count_once);
	tcase_add_test(tests, long_pieces_are_shown_in_part);
}

UNIT_MAIN("query", add_tests)
