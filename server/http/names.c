/* names.c - lines of code points, a tab, and a name. */
#include "names.h"

#include <stdio.h>
#include <string.h>

#include "connection.h"
#include "exchange.h"
#include "response.h"
#include "search.h"
#include "snapshot.h"

#define ROWS_AT_ONCE 256

/* What it costs to look at a row, in bytes that are only copied (stream_charge()). */
#define WORK_OF_ROW 200

static const struct reply text = {
	.type = "text/plain; charset=utf-8",
	.cache = CACHE_ASK,
	.open = true,
};

void
names_ask(struct exchange *exchange)
{
	static const char everything[] = "-cat:Cn";
	struct search *search = &exchange->search;

	exchange->pending = !response_not_modified(exchange, &text);
	search->text = everything;
	search->length = strlen(everything);
	search->parameter = "q";
	search->settings.mode = CHARINDEX_AUTO;
	search->settings.all = true;
	search->wanted = exchange->pending;
}

/* "CJK UNIFIED IDEOGRAPH-4E00", and the syllables of Hangul, of which there are as many. */
bool
names_are_by_rule(const struct charindex_row *row)
{
	static const char hangul[] = "HANGUL SYLLABLE ";
	char number[12];
	size_t length = (size_t)snprintf(number, sizeof(number), "-%04X", (unsigned)row->code_point);

	if (row->name.length > length &&
	    memcmp(row->name.bytes + row->name.length - length, number, length) == 0)
		return true;
	return row->name.length > strlen(hangul) &&
	    memcmp(row->name.bytes, hangul, strlen(hangul)) == 0;
}

/* "1F468-200D" of "U+1F468 U+200D". */
static void
put_codes(struct text *out, struct charindex_text codes)
{
	for (size_t i = 0; i < codes.length; i++) {
		if (codes.bytes[i] == ' ')
			text_puts(out, "-");
		else if (codes.bytes[i] != 'U' && codes.bytes[i] != '+')
			text_add(out, codes.bytes + i, 1);
	}
}

static bool
more_names(struct exchange *exchange)
{
	struct text *out = &exchange->body;
	struct charindex_hit hit;

	stream_charge(&exchange->connection->stream, (size_t)ROWS_AT_ONCE * WORK_OF_ROW);
	for (int n = 0; n < ROWS_AT_ONCE; n++) {
		struct charindex_row row;
		struct charindex_label label;

		if (!charindex_answer_next_hit(&exchange->search.answer, &hit))
			return false;
		charindex_row(exchange->snapshot->ci, hit.row, hit.code_point, &row, &label);
		if (names_are_by_rule(&row))
			continue;
		put_codes(out, row.codes);
		text_puts(out, "\t");
		text_add(out, row.name.bytes, row.name.length);
		text_puts(out, "\n");
	}
	return true;
}

void
names_answer(struct exchange *exchange)
{
	if (search_has_answer(exchange))
		response_in_pieces(exchange, &text, more_names);
}
