/* api_suggest.c - the best rows to a query, as OpenSearch has suggestions: a list of the query, the
 * words to search for instead, descriptions, and addresses. */
#include "api_suggest.h"

#include "char_link.h"
#include "exchange.h"
#include "origin.h"
#include "response.h"
#include "search.h"
#include "snapshot.h"

static const struct reply suggestions = {
	.type = "application/x-suggestions+json",
	.cache = CACHE_ASK,
	.open = true,
	.absolute = true,
};

#define USUAL_ROWS 8
#define MOST_ROWS 20

void
api_ask_suggest(struct exchange *exchange)
{
	static const struct search_form form = { "q", USUAL_ROWS, MOST_ROWS, false, false };
	struct search *search = &exchange->search;

	if (!search_prepare(exchange, &form))
		return;
	if (params_find(&exchange->params, "mode") == NULL)
		search->settings.mode = CHARINDEX_WIDE;
	search->settings.typing = CHARINDEX_IN_WORD;
	exchange->pending = !response_not_modified(exchange, &suggestions);
	search->wanted = exchange->pending && search->length > 0;
}

/* Its name in small letters, which finds it again. */
static void
put_words(struct text *out, const struct charindex_row *row)
{
	for (size_t i = 0; i < row->name.length; i++) {
		char c = row->name.bytes[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		text_add(out, &c, 1);
	}
}

static void
put_description(struct text *out, const struct charindex_row *row)
{
	text_add(out, row->text.bytes, row->text.length);
	text_puts(out, row->text.length > 0 ? " " : "");
	text_add(out, row->codes.bytes, row->codes.length);
}

static void
put_address(struct text *out, const struct exchange *exchange, const struct charindex_row *row)
{
	origin_put(out, exchange);
	char_link_put(out, exchange, row);
}

/* The three lists; each element is made in `one`, and quoted. */
struct lists {
	struct text words, descriptions, addresses, one;
};

static void
take(struct text *list, struct text *one)
{
	text_puts(list, list->length > 0 ? "," : "");
	text_json(list, one->bytes, one->length);
	list->failed |= one->failed;
	text_clear(one);
}

static void
put_rows(struct lists *lists, struct exchange *exchange)
{
	struct charindex_hit hit;

	while (charindex_answer_next_hit(&exchange->search.answer, &hit)) {
		struct charindex_row row;
		struct charindex_label label;

		charindex_row(exchange->snapshot->ci, hit.row, hit.code_point, &row, &label);
		put_words(&lists->one, &row);
		take(&lists->words, &lists->one);
		put_description(&lists->one, &row);
		take(&lists->descriptions, &lists->one);
		put_address(&lists->one, exchange, &row);
		take(&lists->addresses, &lists->one);
	}
}

static void
end_list(struct text *out, struct text *list, const char *end)
{
	text_add(out, list->bytes, list->length);
	text_puts(out, end);
	out->failed |= list->failed;
	text_release(list);
}

void
api_answer_suggest(struct exchange *exchange)
{
	struct search *search = &exchange->search;
	struct text *out = &exchange->body;
	struct lists lists = { 0 };

	if (!search_has_answer(exchange))
		return;
	if (search->begun)
		put_rows(&lists, exchange);
	text_puts(out, "[");
	text_json(out, search->text, search->length);
	text_puts(out, ",[");
	end_list(out, &lists.words, "],[");
	end_list(out, &lists.descriptions, "],[");
	end_list(out, &lists.addresses, "]]\n");
	text_release(&lists.one);
	response_whole(exchange, 200, &suggestions);
}
