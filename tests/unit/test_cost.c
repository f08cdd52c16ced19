/* test_cost.c - what a query may cost: its memory and its work are held to what
 * include/charindex.h says, its time is printed. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "allocations.h"
#include "bytes.h"
#include "unit.h"
#include "unit_index.h"

/* The line of a client, at most (server/prompt/PROTOCOL.md). */
enum { MAX_LINE = 4096 };

enum { MIB = 1 << 20 };

/* What is kept of an answer while its rows are being sent. */
enum { MOST_KEPT = 64 << 10 };

/* What the dearest of these queries may take: all that is promised is CHARINDEX_MAX_WORK. */
enum { MOST_WORK = 1200000 };
_Static_assert(MOST_WORK < CHARINDEX_MAX_WORK, "less than is promised");

/* A query that is costly, or looks so. */
struct costly {
	enum charindex_mode mode;
	const char *text;
	const char *repeated; /* as often as fits `times` and a line; NULL: not at all */
	unsigned times;
};

#define AUTO CHARINDEX_AUTO
#define WIDE CHARINDEX_WIDE
#define SEVEN_TIMES(text) text text text text text text text

/* clang-format off */
static const struct costly costly[] = {
	{ AUTO, "-rook", NULL, 0 },
	{ AUTO, "20AC..10FFFF", NULL, 0 },
	{ AUTO, "0..10FFFF | rook", NULL, 0 },
	{ AUTO, "*a* *b* *c* *d*", NULL, 0 },
	{ AUTO, "*a* *e* *i* *o* in:any", NULL, 0 },
	{ AUTO, "*a* | *e* | *i* | *o* in:any", NULL, 0 },
	{ AUTO, "*a* *e* *i* -*o* -*a*", NULL, 0 },
	{ AUTO, "a* | e* | i* | o* in:any", NULL, 0 },
	{ AUTO, "in:any ", "*a* ", 4 },
	{ AUTO, "in:any *q* *z* *x* *j*", NULL, 0 },
	{ AUTO, "", "\"small letter\" ", 4 },
	{ AUTO, "", "\"letter\" ", 4 },
	{ AUTO, "\"small letter\" \"latin small\" \"letter a\" \"with acute\"", NULL, 0 },
	{ AUTO, "\"hangul syllable\" | \"cuneiform sign\" | \"cjk unified\" | \"unified ideograph\"", NULL, 0 },
	{ AUTO, "\"cjk unified\" \"unified ideograph\" \"cjk ideograph\"", NULL, 0 },
	{ AUTO, "in:any ", "\"of\" ", 4 },
	{ AUTO, "in:any ", "\"to the\" ", 4 },
	{ AUTO, "in:any \"the name of\" \"a kind of\" \"variant of\" \"same as\"", NULL, 0 },
	{ AUTO, "", "cat:Lo ", 32 },
	{ AUTO, "", "-cat:L ", 32 },
	{ AUTO, "", "script:Common | ", 31 },
	{ AUTO, "", "age:>=1.1 ", 32 },
	{ AUTO, "", "is:emoji ", 32 },
	{ AUTO, "", "-is:toned ", 32 },
	{ AUTO, "", "-letter ", 32 },
	{ AUTO, "", "-cjk ", 32 },
	{ AUTO, "", "of | ", 31 },
	{ AUTO, "in:any ", "of ", 32 },
	{ AUTO, "zzz | ", "-\u732B\u306E\u9854 ", 31 },
	{ AUTO, "zzz | ", "t\u00EAte ", 31 },
	{ AUTO, "*a* *e* *i* *o* in:any ", "-cat:Lo ", 28 },
	{ AUTO, "smilng fcae wih haert", NULL, 0 },
	{ AUTO, "qqqqqqqq wwwwwwww zzzzzzzz jjjjjjjj", NULL, 0 },
	{ AUTO, "compatability mathmatical alphanumerc simbols", NULL, 0 },
	{ AUTO, "ideogarph", NULL, 0 },
	{ WIDE, "letter", NULL, 0 },
	{ WIDE, "a", NULL, 0 },
	{ WIDE, "cjk", NULL, 0 },
	{ WIDE, "the", NULL, 0 },
	{ WIDE, "ter ing ion ant ent sig", NULL, 0 },
	{ WIDE, "lat sma let wit", NULL, 0 },
	{ WIDE, "smilng fcae wih haert", NULL, 0 },
	{ WIDE, "", "*a* ", 4 },
	{ WIDE, "", "of ", 24 },
	{ WIDE, "", "\u732B\u306E\u9854", MAX_LINE },
	{ AUTO, "", "\u732B\u306E\u9854", MAX_LINE },
	{ AUTO, "", "\u0E2A\u0E27\u0E31\u0E2A\u0E14\u0E35", MAX_LINE },
	{ AUTO, "", "\u20AC", MAX_LINE },
	{ AUTO, "", "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466", MAX_LINE },
	{ AUTO, "", "U+20AC ", MAX_LINE },
	{ AUTO, "", "&euro;", MAX_LINE },
	{ AUTO, "", "&notanentity;", MAX_LINE },
	{ AUTO, "", "x", MAX_LINE },
	{ AUTO, "", "xq ", MAX_LINE },
	{ AUTO, "", "\u00E9q ", MAX_LINE },
	{ AUTO, "", "\uFDFA", MAX_LINE },
};
/* clang-format on */

/* What the limits let through only in part: queries that are errors now, and what is left of them. */
/* clang-format off */
static const struct costly attacks[] = {
	{ AUTO, "*e", ".e", 511 },
	{ AUTO, "in:any *e.e.e.e* | *e.e.e.e* | *e.e.e.e* | *e.e.e.e*", NULL, 0 },
	{ AUTO, "in:any *a.b.c.d*", NULL, 0 },
	{ AUTO, "in:any *a.b* | *c.d*", NULL, 0 },
	{ AUTO, "in:definition *e.e* | *i.i*", NULL, 0 },
	{ AUTO, "in:definition *e*", NULL, 0 },
	{ AUTO, "in:any a.b* c.d*", NULL, 0 },
	{ AUTO, "in:any -a.b.c.d", ".a.b.c.d", 900 },
	{ AUTO, "", "-a.a.a.a.a.a.a.a ", 30 },
	{ AUTO, "", "-\u0E18\u0E07.\u0E18\u0E07 ", 100 },
	{ AUTO, "", "\"\u0E18\u0E07 \u0E18\u0E07\" ", 4 },
	{ AUTO, "lang:th \"\u0E18\u0E07 \u0E18\u0E07\" | \"\u0E18\u0E07 \u0E18\u0E07 \u0E18\u0E07\" | "
	        "\"\u0E18\u0E07 \u0E18\u0E07 \u0E18\u0E07 \u0E18\u0E07\" | \"\u0E2B\u0E19\u0E49\u0E32 \u0E2B\u0E19\u0E49\u0E32\"", NULL, 0 },
	{ AUTO, "lang:ja \"\u306E \u306E\" | \"\u306E \u9854\" | \"\u9854 \u306E\" | \"\u4EBA \u306E\"", NULL, 0 },
	{ AUTO, "lang:zh_Hant \"\u7684 \u7684\" | \"\u4EBA \u7684\" | \"\u624B \u624B\" | \"\u8272 \u8272\"", NULL, 0 },
	{ AUTO, "lang:ru in:any *\u0430* | *\u0435* | *\u0438* | *\u043E*", NULL, 0 },
	{ AUTO, "lang:ru in:any \"\u0441 \u0441\" | \"\u0438 \u0441\" | \"\u0441 \u0438\" | \"\u043A \u0441\"", NULL, 0 },
	{ AUTO, "in:any \"to to\" | \"of of\" | \"a a\" | \"of to\"", NULL, 0 },
	{ AUTO, "in:definition \"to to\" | \"of of\"", NULL, 0 },
	{ AUTO, "in:any *e* | *a* | *i* | *o* | ", "of | ", 27 },
	{ AUTO, "in:any *e* *z* | *a* *z* | *z* *e* | *z* *a*", NULL, 0 },
	{ AUTO, "in:any *e* | *a* | *i* | *o* | of the | of to | of in | of and | of with | the to | the in | the and | "
	        "the with | to in | to and | to with | in and | in with", NULL, 0 },
	{ AUTO, "in:any of cat:L | of cat:M | of cat:N | of cat:P | of cat:S | of cat:Z | of cat:C | of cat:Lu | of cat:Ll | "
	        "of cat:Lo | of cat:Lm | of cat:So | of cat:Sm | of cat:Sk | of cat:Sc | of cat:Po", NULL, 0 },
	{ AUTO, "-cat:Lu -cat:Ll -cat:Lt -cat:Lm -cat:Mn -cat:Mc -cat:Me -cat:Nd -cat:Nl -cat:No -cat:Pc -cat:Pd -cat:Ps "
	        "-cat:Pe -cat:Pi -cat:Pf -cat:Po -cat:Sm -cat:Sc -cat:Sk -cat:So -cat:Zs -script:Han -age:1.1 -age:2.0 -is:emoji", NULL, 0 },
	{ AUTO, "-script:Han age:>=1.1 | -script:Yi age:>=1.1 | -script:Thai age:>=1.1 | -script:Lao age:>=1.1 | "
	        "-script:Cham age:>=1.1 | -script:Ahom age:>=1.1 | -script:Modi age:>=1.1 | -script:Newa age:>=1.1", NULL, 0 },
	{ AUTO, "in:any *e* -*a* -*i* -*o* ", "-of ", 28 },
	{ AUTO, "letter | ", "zzzz age:>=1.1 | ", 15 },
	{ AUTO, "zzzz -", "cat:Cn age:>=1.1 age:>=2 -", 10 },
	{ AUTO, "-zzzz cat:Cn ", "is:emoji | -zzzz cat:Cn ", 10 },
	{ AUTO, "zzzz* ", "age:>=1.1 ", 31 },
	{ AUTO, "of zzzz | ", "-letter of zzzz | ", 10 },
	{ AUTO, "b ba4 ", "cjk ", 10 }, /* of which no row has all: some are left out */
	{ AUTO, "b ba4 cjk ideograph unified", NULL, 0 },
	{ AUTO, SEVEN_TIMES("-is:control -is:toned -is:emoji -is:control ") "swc", NULL, 0 },
	{ AUTO, SEVEN_TIMES("-is:emoji -is:emoji ") "-is:emoji swc", NULL, 0 },
	{ AUTO, SEVEN_TIMES("-is:emoji -cat:Lu -age:1.1 -script:Han ") "swc", NULL, 0 },
	{ AUTO, "0..10FFFF ", "0..10FFFF ", 31 },
	{ WIDE, "0..10FFFF ", "0..10FFFF ", 31 },
	{ WIDE, "*e* | *a* | *i* | *o* ", "| of -cat:L ", 9 },
	{ WIDE, "smilng fcae | wih haert ", "| smilng fcae ", 14 },
	{ WIDE, "letter sign syllable cuneiform hangul digit arrow vowel tone musical kangxi moon", NULL, 0 },
	{ AUTO, "letter sign syllable cuneiform hangul digit arrow vowel tone musical kangxi moon", NULL, 0 },
	{ WIDE, "letter syllable hangul cuneiform moon hieroglyph", NULL, 0 },
	{ AUTO, "faces cards letters signs syllables hearts dogs cats arrows moons women mice", NULL, 0 },
	{ WIDE, "aa.ab.ac.ad.ae.ag", NULL, 0 },
	{ WIDE, "lettr sgin sylable", NULL, 0 },
	{ WIDE, "smal letr wth tilda abve", NULL, 0 },
	{ WIDE, "smal lettr wiht dabl grav", NULL, 0 },
	{ AUTO, "smal letr wth tilda abve", NULL, 0 },
	{ WIDE, "uhrwek kerzze blmue", NULL, 0 },
	{ WIDE, "aeroprt ldnig strp", NULL, 0 },
	{ AUTO, "\u00E9\u00E8\u00EA.", "\u00E9.", 20 },
	{ AUTO, "\uFDFA.", "\uFDFA.", 1300 },
	{ AUTO, "*\uFDFA* *\uFDFA.a*", NULL, 0 },
};
/* clang-format on */

static void
write_query(const struct costly *query, struct bytes *text)
{
	size_t length = query->repeated != NULL ? strlen(query->repeated) : 0;

	text->length = 0;
	bytes_add_string(text, query->text);
	for (unsigned i = 0; i < query->times && text->length + length <= MAX_LINE; i++)
		bytes_add(text, query->repeated, length);
	if (query->repeated != NULL && text->length > 2 &&
	    memcmp(text->data + text->length - 3, " | ", 3) == 0)
		text->length -= 3;
}

/* Begins the answer and ends it at once: what is before the first row is the cost. */
static void
answer(const struct costly *query, const struct bytes *text)
{
	struct charindex_settings settings = { .mode = query->mode };
	struct charindex_answer answer;

	UNIT_HOLDS(charindex_answer_begin(&answer, unit_index, &settings, text->data, text->length) ==
	    CHARINDEX_OK);
	charindex_answer_release(&answer);
}

static void
print_query(const struct bytes *text)
{
	enum { SHOWN = 60 };
	size_t length = text->length < SHOWN ? text->length : SHOWN;

	while (length < text->length && ((unsigned char)text->data[length] & 0xC0) == 0x80)
		length--;
	printf("%.*s%s\n", (int)length, text->data, length < text->length ? " ..." : "");
}

/* ---- memory ----------------------------------------------------------------------------- */

/* Asks often enough for all tables that are made when they are needed: they are the index's, and no
 * query's. */
static void
make_tables(void)
{
	static const struct costly queries[] = { { WIDE, "lettre", NULL, 0 },
		{ AUTO, "in:any *zzzz*", NULL, 0 }, { AUTO, "qwrtzpsdf", NULL, 0 } };
	enum { TIMES = 200 };

	for (size_t i = 0; i < TIMES * UNIT_COUNT(queries); i++) {
		struct bytes text = { 0 };

		write_query(&queries[i / TIMES], &text);
		answer(&queries[i / TIMES], &text);
		bytes_release(&text);
	}
}

static void
open_with_tables(void)
{
	unit_index_open();
	make_tables();
}

START_TEST(tables_are_made_once_and_hold_10_mib)
{
	struct allocations counted;

	unit_index_close();
	unit_index_open();
	allocations_count();
	make_tables();
	counted = allocations_counted();
	printf("tables hold %zu bytes\n", counted.held);
	ck_assert_uint_le(counted.held, 10 * (size_t)MIB);
	allocations_count();
	make_tables();
	ck_assert_uint_eq(allocations_counted().held, 0);
}
END_TEST

START_TEST(no_query_holds_more_than_1_mib)
{
	struct bytes text = { 0 }, costliest = { 0 };
	size_t most = 0;

	for (size_t i = 0; i < UNIT_COUNT(costly); i++) {
		struct allocations counted;

		write_query(&costly[i], &text);
		answer(&costly[i], &text); /* what ICU keeps for good is there then */
		allocations_count();
		answer(&costly[i], &text);
		counted = allocations_counted();
		if (counted.most > MIB)
			ck_abort_msg("%zu bytes are held at once for %.*s", counted.most, (int)text.length,
			    text.data);
		ck_assert_uint_eq(counted.held, 0);
		if (counted.most > most) {
			most = counted.most;
			costliest.length = 0;
			bytes_add(&costliest, text.data, text.length);
		}
	}
	printf("%zu costly queries hold at most %zu bytes: ", UNIT_COUNT(costly), most);
	print_query(&costliest);
	bytes_release(&text);
	bytes_release(&costliest);
}
END_TEST

/* Pages of the seed's answers are found rows too. */
START_TEST(no_page_holds_more_than_1_mib)
{
	static const char *const queries[] = { "cjk", "unified ideograph", "letter", "with" };
	static const enum charindex_mode modes[] = { CHARINDEX_CLASSIC, CHARINDEX_AUTO,
		CHARINDEX_WIDE };

	for (size_t i = 0; i < UNIT_COUNT(queries) * UNIT_COUNT(modes); i++) {
		const char *query = queries[i / UNIT_COUNT(modes)];
		struct charindex_settings settings = { .mode = modes[i % UNIT_COUNT(modes)], .from = 2 };
		struct charindex_answer answer;
		struct allocations counted;

		/* what ICU keeps for good is there then */
		UNIT_HOLDS(charindex_answer_begin(&answer, unit_index, &settings, query, strlen(query)) ==
		    CHARINDEX_OK);
		charindex_answer_release(&answer);
		allocations_count();
		UNIT_HOLDS(charindex_answer_begin(&answer, unit_index, &settings, query, strlen(query)) ==
		    CHARINDEX_OK);
		charindex_answer_release(&answer);
		counted = allocations_counted();
		if (counted.most > MIB)
			ck_abort_msg("%zu bytes are held at once for the second page of '%s'", counted.most,
			    query);
		ck_assert_uint_eq(counted.held, 0);
	}
}
END_TEST

/* What is kept of an answer until its last row has been sent. */
static size_t
kept_of(const struct costly *query, const struct bytes *text)
{
	struct charindex_settings settings = { .mode = query->mode };
	struct charindex_answer answer;
	size_t held;

	allocations_count();
	UNIT_HOLDS(charindex_answer_begin(&answer, unit_index, &settings, text->data, text->length) ==
	    CHARINDEX_OK);
	held = allocations_counted().held;
	UNIT_HOLDS(charindex_answer_memory(&answer) <= held);
	charindex_answer_release(&answer);
	return held;
}

static void
must_keep_little(const struct costly *queries, size_t count)
{
	struct bytes text = { 0 }, costliest = { 0 };
	size_t most = 0;

	for (size_t i = 0; i < count; i++) {
		size_t kept;

		write_query(&queries[i], &text);
		answer(&queries[i], &text); /* what ICU keeps for good is there then */
		kept = kept_of(&queries[i], &text);
		if (kept > MOST_KEPT)
			ck_abort_msg("%zu bytes are kept for %.*s", kept, (int)text.length, text.data);
		if (kept > most) {
			most = kept;
			costliest.length = 0;
			bytes_add(&costliest, text.data, text.length);
		}
	}
	printf("answers are kept in at most %zu bytes: ", most);
	print_query(&costliest);
	bytes_release(&text);
	bytes_release(&costliest);
}

/* Between pages of an answer only its rows are kept. */
START_TEST(an_answer_is_kept_in_few_bytes)
{
	must_keep_little(costly, UNIT_COUNT(costly));
	must_keep_little(attacks, UNIT_COUNT(attacks));
}
END_TEST

START_TEST(what_the_seed_answers_takes_no_memory)
{
	static const char *const queries[] = { "rook", "white bishop", "a", "cjk", "digit four",
		"CRO\xC3\x9F", "knight-bishop",
		("\xC2\xAB"
		 "chess\xC2\xBB"),
		"sign !!" };
	struct charindex_run run;

	for (size_t i = 0; i < 2 * UNIT_COUNT(queries); i++) {
		const char *query = queries[i / 2];
		struct charindex_settings settings = { .mode = i % 2 ? CHARINDEX_AUTO : CHARINDEX_CLASSIC };
		struct charindex_answer answer;
		unsigned calls;

		allocations_count();
		UNIT_HOLDS(charindex_answer_begin(&answer, unit_index, &settings, query, strlen(query)) ==
		    CHARINDEX_OK);
		while (charindex_answer_next(&answer, 100, &run))
			;
		charindex_answer_release(&answer);
		calls = allocations_counted().calls;
		if (calls > 0 && answer.shown > 0)
			ck_abort_msg("memory is taken %u times for '%s'", calls, query);
	}
}
END_TEST

/* ---- work -------------------------------------------------------------------------------- */

/* What the answer to the query takes. */
static uint64_t
work_of(const struct costly *query, const struct bytes *text)
{
	struct charindex_settings settings = { .mode = query->mode };
	struct charindex_answer answer;
	struct charindex_summary summary;

	UNIT_HOLDS(charindex_answer_begin(&answer, unit_index, &settings, text->data, text->length) ==
	    CHARINDEX_OK);
	charindex_answer_summary(&answer, &summary);
	charindex_answer_release(&answer);
	return summary.work;
}

static uint64_t
must_take_little(const struct costly *queries, size_t count)
{
	struct bytes text = { 0 };
	uint64_t most = 0;

	for (size_t i = 0; i < count; i++) {
		uint64_t work;

		write_query(&queries[i], &text);
		work = work_of(&queries[i], &text);
		if (work > MOST_WORK)
			ck_abort_msg("%llu is the work of %.*s", (unsigned long long)work, (int)text.length,
			    text.data);
		most = work > most ? work : most;
	}
	bytes_release(&text);
	return most;
}

START_TEST(no_query_takes_more_work_than_is_promised)
{
	uint64_t most = must_take_little(costly, UNIT_COUNT(costly));

	printf("work of costly queries: at most %llu of %u\n", (unsigned long long)most,
	    CHARINDEX_MAX_WORK);
}
END_TEST

START_TEST(no_attack_takes_more_work_than_is_promised)
{
	uint64_t most = must_take_little(attacks, UNIT_COUNT(attacks));

	printf("work of attacks: at most %llu of %u\n", (unsigned long long)most, CHARINDEX_MAX_WORK);
}
END_TEST

/* The same words again, in a clause or in another one, make neither work nor another answer. */
START_TEST(a_word_is_looked_for_once)
{
	static const char *const same[][2] = {
		{ "*e*", "*e.e.e.e.e.e* *e* *e.e*" },
		{ "in:any *e.a*", "in:any *e.a* *a.e* *e.e.a* *a*" },
		{ "-rook", "-rook -rook.rook -rook" },
		{ "in:any of.the -cat:L", "in:any of.the the.of of of the -cat:L the.of.the" },
		{ "\"black chess\"", "\"black chess\" \"black chess\" \"Black-Chess\"" },
		{ "of* | of*", "of* of* | of.of* of*" },
		{ "in:any *e* | is:emoji", "in:any *e* | is:emoji | *e* | is:emoji | *e*" },
	};

	for (size_t i = 0; i < UNIT_COUNT(same); i++) {
		struct costly once = { AUTO, same[i][0], NULL, 0 }, again = { AUTO, same[i][1], NULL, 0 };
		struct bytes a = { 0 }, b = { 0 };

		write_query(&once, &a);
		write_query(&again, &b);
		ck_assert_uint_eq(work_of(&once, &a), work_of(&again, &b));
		bytes_release(&a);
		bytes_release(&b);
	}
}
END_TEST

START_TEST(what_the_seed_answers_is_no_work)
{
	struct costly query = { AUTO, "black chess rook", NULL, 0 };
	struct bytes text = { 0 };

	write_query(&query, &text);
	ck_assert_uint_eq(work_of(&query, &text), 0);
	bytes_release(&text);
}
END_TEST

/* ---- memory that runs out ------------------------------------------------------------------ */

/* Whichever allocation fails, the answer says so or is the right one. ICU's own is not made to
 * fail: what it cannot segment is left out, which is not noticed. */
START_TEST(memory_that_runs_out_is_told)
{
	static const char *const queries[] = { "-rook limit:20", "smilng", "tick", "rook | bishop",
		"U+20AC U+2657", "20AC..20CF", "\xE2\x82\xAC\xE2\x82\xAC", "qqqqqqqq", "lamda*" };

	for (size_t i = 0; i < 2 * UNIT_COUNT(queries); i++) {
		const char *query = queries[i / 2];
		struct charindex_settings settings = { .mode = i % 2 ? CHARINDEX_AUTO : CHARINDEX_WIDE };
		struct charindex_answer answer;
		struct charindex_summary whole, summary;
		enum charindex_err err;

		UNIT_HOLDS(charindex_answer_begin(&answer, unit_index, &settings, query, strlen(query)) ==
		    CHARINDEX_OK);
		charindex_answer_summary(&answer, &whole);
		charindex_answer_release(&answer);
		for (unsigned n = 1;; n++) {
			bool failed;

			allocations_fail_at(n);
			err = charindex_answer_begin(&answer, unit_index, &settings, query, strlen(query));
			failed = allocations_have_failed();
			if (err == CHARINDEX_OK) {
				charindex_answer_summary(&answer, &summary);
				UNIT_HOLDS(summary.total == whole.total && summary.count == whole.count);
			} else {
				UNIT_HOLDS(failed && err == CHARINDEX_ERR_MEMORY);
			}
			charindex_answer_release(&answer);
			if (!failed)
				break;
		}
	}
}
END_TEST

/* ---- time -------------------------------------------------------------------------------------- */

static double
milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void
print_times(const struct costly *queries, size_t count)
{
	enum { TRIES = 5 };
	struct bytes text = { 0 };

	for (size_t i = 0; i < count; i++) {
		double best = 1e9;
		uint64_t work;

		write_query(&queries[i], &text);
		work = work_of(&queries[i], &text);
		for (int n = 0; n < TRIES; n++) {
			double begin = milliseconds(), took;

			answer(&queries[i], &text);
			took = milliseconds() - begin;
			best = took < best ? took : best;
		}
		printf("%8.2f ms %8llu  %s  ", best, (unsigned long long)work,
		    queries[i].mode == CHARINDEX_WIDE ? "wide" : "auto");
		print_query(&text);
	}
	bytes_release(&text);
}

/* Printed, not held: the machine may be busy, and sanitizers are slow. */
START_TEST(times_of_costly_queries)
{
	print_times(costly, UNIT_COUNT(costly));
	print_times(attacks, UNIT_COUNT(attacks));
}
END_TEST

static void
add_tests(TCase *tests)
{
	allocations_of_icu();
	tcase_add_unchecked_fixture(tests, open_with_tables, unit_index_close);
	tcase_add_test(tests, tables_are_made_once_and_hold_10_mib);
	tcase_add_test(tests, no_query_holds_more_than_1_mib);
	tcase_add_test(tests, no_page_holds_more_than_1_mib);
	tcase_add_test(tests, an_answer_is_kept_in_few_bytes);
	tcase_add_test(tests, what_the_seed_answers_takes_no_memory);
	tcase_add_test(tests, no_query_takes_more_work_than_is_promised);
	tcase_add_test(tests, no_attack_takes_more_work_than_is_promised);
	tcase_add_test(tests, a_word_is_looked_for_once);
	tcase_add_test(tests, what_the_seed_answers_is_no_work);
	tcase_add_test(tests, memory_that_runs_out_is_told);
	tcase_add_test(tests, times_of_costly_queries);
}

UNIT_MAIN("cost", add_tests)
