/* fuzz_cost.c - looks for queries that cost more than is promised, with the real index, which
 * CHARINDEX_DB names. The input: the mode (an even number: auto), the number of a language, then
 * the query; bytes that are not ASCII stand for pieces that queries are likely to cost much by.
 * Holds: no answer takes more work to begin than CHARINDEX_MAX_WORK, which does not depend on
 * the clock. The more work a query takes, the rarer are the counters that it sets, so that
 * libFuzzer keeps it and goes on from there. */
#include "charindex.h"
#include "fuzz.h"
#include "the_index.h"

const char fuzz_name[] = "cost";

/* The line of a client, at most (server/prompt/PROTOCOL.md), and bytes before the query. */
enum { MAX_LINE = 4096, HEAD = 2 };

/* clang-format off */
static const char *const pieces[] = {
	"*", " *", "* ", " | ", " -", "\"", " \"", "\" ", ".", "e", "a", "i", "o", "s", "t",
	"in:any ", "in:definition ", "in:keyword ", "in:alias ", "in:name ", "in:name,alias ",
	"cat:L ", "cat:Cn ", "-cat:Lo ", "cat:So ", "script:Common ", "script:Han ", "age:>=1.1 ", "age:1.1 ",
	"block:arrows ", "is:emoji ", "is:toned ", "is:sequence ", "-is:control ", "0..10FFFF ", "3400..33479 ",
	"of ", "to ", "the ", "letter ", "sign ", "cjk ", "with ", "small ", "unified ideograph ", "hangul syllable ",
	"cuneiform ", "face ", "flag ", "hand ", "zzzz ", "smilng ", "fcae ", "haert ", "compatability ",
	"\u0E18\u0E07", "\u0E2B\u0E19\u0E49\u0E32", "\u306E", "\u9854", "\u7684", "\u4EBA", "\u0430", "\u0438",
	"\u0441", "\u00E9", "\u00EA", "\uFDFA", "\uFF41", "\u1EBF ", "xi\u01CEo ", "l\u00E8 ", "\u20AC",
	"\U0001F468\u200D\U0001F469\u200D\U0001F467", "\u200D", "&euro;", "U+20AC ", "%E2%82%AC", "lang:th ", "lang:ja ",
	"lang:ru ", "limit:1 ", "from:9999 ", "an", "er", "in", "on", "st", "ing", "ion", "ter", "sig", "lat", "let", "ide",
};
/* clang-format on */

enum { PIECES = sizeof(pieces) / sizeof(pieces[0]) };

/* Each stands for so much work more. */
enum { COUNTERS = 256 };

__attribute__((section("__libfuzzer_extra_counters"))) static uint8_t counters[COUNTERS];

/* Returns the length of the query. */
static size_t
write_query(const uint8_t *data, size_t size, char *query)
{
	size_t length = 0;

	for (size_t i = 0; i < size; i++) {
		char ascii[2] = { (char)data[i] };
		const char *piece = data[i] < 0x80 ? ascii : pieces[(data[i] - 0x80) % PIECES];
		size_t piece_length = strlen(piece);

		if (length + piece_length > MAX_LINE)
			break;
		memcpy(query + length, piece, piece_length);
		length += piece_length;
	}
	return length;
}

static void
set_counters(uint64_t work)
{
	uint64_t greatest = work * COUNTERS / (2 * CHARINDEX_MAX_WORK);

	for (uint64_t n = 0; n <= greatest && n < COUNTERS; n++)
		counters[n] = 1;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct charindex *ci = the_index();
	struct charindex_settings settings = { .mode = CHARINDEX_AUTO };
	struct charindex_answer answer;
	struct charindex_summary summary;
	char query[MAX_LINE];
	const char *language, *stripped;
	size_t length;

	if (size < HEAD)
		return 0;
	if (data[0] % 2 == 1)
		settings.mode = CHARINDEX_WIDE;
	language = charindex_language(ci, data[1]);
	if (language != NULL)
		strcpy(settings.language, language);
	length = write_query(data + HEAD, size - HEAD, query);
	stripped = charindex_strip(query, &length);
	FUZZ_HOLDS(charindex_answer_begin(&answer, ci, &settings, stripped, length) == CHARINDEX_OK);
	charindex_answer_summary(&answer, &summary);
	charindex_answer_release(&answer);
	set_counters(summary.work);
	if (summary.work > CHARINDEX_MAX_WORK)
		fprintf(stderr, "%llu is the work of %.*s\n", (unsigned long long)summary.work, (int)length,
		    stripped);
	FUZZ_HOLDS(summary.work <= CHARINDEX_MAX_WORK);
	return 0;
}
