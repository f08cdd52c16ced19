/* paging.c - the query of a request, with another `from`. */
#include "paging.h"

#include <stdbool.h>
#include <string.h>

#include "connection.h"
#include "exchange.h"
#include "search_link.h"

/* Proxies have room for 4 KB of headers, some of them. */
#define LONGEST_LINK 2000

/* Parameters that search_link() knows nothing of, or leaves out where they say what is usual. */
static void
put_rest(struct text *out, const struct exchange *exchange)
{
	static const char *const names[] = { "limit", "facets", "fields", "mode" };
	bool usual = exchange->search.settings.mode == exchange->connection->service->mode;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct param *param = params_find(&exchange->params, names[i]);

		if (param == NULL || (strcmp(names[i], "mode") == 0 && !usual))
			continue;
		text_format(out, "&%s=", names[i]);
		text_url(out, param->value, param->length);
	}
}

void
paging_address(struct text *out, const struct exchange *exchange, uint64_t from)
{
	const struct request_span *path = &exchange->request->path;
	struct search_step step = { .from = from };

	text_add(out, exchange->head + path->at, path->length);
	text_puts(out, "?");
	search_link(out, exchange, &step, "&");
	put_rest(out, exchange);
}

static void
put_page(struct exchange *exchange, uint64_t from, const char *relation)
{
	struct text *out = &exchange->links;

	text_puts(out, out->length > 0 ? ", <" : "<");
	paging_address(out, exchange, from);
	text_format(out, ">; rel=\"%s\"", relation);
}

void
paging_link(struct exchange *exchange)
{
	const struct charindex_summary *summary = &exchange->search.summary;
	uint64_t limit = exchange->search.answer.settings.limit;

	if (summary->first > 1 && limit > 0) {
		put_page(exchange, 1, "first");
		put_page(exchange, summary->first > limit ? summary->first - limit : 1, "prev");
	}
	if (summary->more && summary->count > 0)
		put_page(exchange, summary->first + summary->count, "next");
	if (exchange->links.length > LONGEST_LINK || exchange->links.failed)
		text_clear(&exchange->links);
}
