/* sitemap.c - what is for crawlers and browsers rather than for people, with whole addresses in it
 * (sitemaps.org, OpenSearch 1.1). */
#include "sitemap.h"

#include <string.h>

#include "base_path.h"
#include "char_link.h"
#include "connection.h"
#include "embedded.h"
#include "exchange.h"
#include "origin.h"
#include "problem.h"
#include "response.h"
#include "search.h"
#include "snapshot.h"

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define XMLNS "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\""
#define ENDING ".xml"

#define ROWS_AT_ONCE 32

/* What it costs to make a byte, in bytes that are only copied (stream_charge()). */
#define WORK_OF_BYTE 20

static const struct reply text = {
	.type = "text/plain; charset=utf-8",
	.cache = CACHE_ASK,
	.open = true,
	.absolute = true,
};

static const struct reply xml = {
	.type = "application/xml",
	.cache = CACHE_ASK,
	.open = true,
	.absolute = true,
};

static void
put_whole(struct text *out, const struct exchange *exchange, const char *path)
{
	origin_put(out, exchange);
	base_path_link(out, exchange, path);
}

/* ---- robots.txt -------------------------------------------------------------------------- */

void
sitemap_robots(struct exchange *exchange)
{
	const struct http_asset *rules = http_assets_find("robots.txt");
	struct text *out = &exchange->body;

	if (response_not_modified(exchange, &text))
		return;
	base_path_fill(out, exchange, rules);
	text_puts(out, "Sitemap: ");
	put_whole(out, exchange, "/sitemap.xml");
	text_puts(out, "\n");
	response_whole(exchange, 200, &text);
}

/* ---- the blocks -------------------------------------------------------------------------- */

void
sitemap_ask_index(struct exchange *exchange)
{
	search_prepare_all(exchange, &xml);
}

/* Spaces of its name are _ here. */
static void
put_block(struct text *out, const struct exchange *exchange, const struct charindex_facet *block)
{
	text_puts(out, "<sitemap><loc>");
	put_whole(out, exchange, "/sitemap/");
	for (size_t i = 0; i < block->length; i++)
		text_url(out, block->value[i] == ' ' ? "_" : block->value + i, 1);
	text_puts(out, ENDING "</loc></sitemap>\n");
}

void
sitemap_answer_index(struct exchange *exchange)
{
	struct charindex_facet blocks[1024];
	struct text *out = &exchange->body;
	size_t count;

	if (!search_has_answer(exchange))
		return;
	count = charindex_answer_facets(&exchange->search.answer, CHARINDEX_PROPERTY_BLOCK, blocks,
	    sizeof(blocks) / sizeof(blocks[0]));
	text_puts(out, XML "<sitemapindex " XMLNS ">\n");
	for (size_t i = 0; i < count; i++)
		put_block(out, exchange, &blocks[i]);
	text_puts(out, "</sitemapindex>\n");
	response_whole(exchange, 200, &xml);
}

/* ---- the characters of a block --------------------------------------------------------------- */

void
sitemap_ask_block(struct exchange *exchange)
{
	struct search *search = &exchange->search;
	const char *name = exchange->rest;
	size_t length = strlen(name), ending = strlen(ENDING);

	if (length <= ending || strcmp(name + length - ending, ENDING) != 0 ||
	    !charindex_read_filter(exchange->snapshot->ci, CHARINDEX_PROPERTY_BLOCK, name,
	        length - ending, &search->filters[0])) {
		problem(exchange, 404, "There is no such block; see %s/sitemap.xml.", base_path(exchange));
		return;
	}
	search->settings.filters = search->filters;
	search->settings.filter_count = 1;
	search_prepare_all(exchange, &xml);
}

static void
put_char(struct exchange *exchange, const struct charindex_hit *hit)
{
	struct text *out = &exchange->body;
	struct charindex_row row;
	struct charindex_label label;

	charindex_row(exchange->snapshot->ci, hit->row, hit->code_point, &row, &label);
	text_puts(out, "<url><loc>");
	origin_put(out, exchange);
	char_link_put(out, exchange, &row);
	text_puts(out, "</loc></url>\n");
}

static bool
more_chars(struct exchange *exchange)
{
	size_t before = exchange->body.length;
	struct charindex_hit hit;

	for (int n = 0; n < ROWS_AT_ONCE; n++) {
		if (!charindex_answer_next_hit(&exchange->search.answer, &hit)) {
			text_puts(&exchange->body, "</urlset>\n");
			return false;
		}
		put_char(exchange, &hit);
	}
	stream_charge(&exchange->connection->stream, (exchange->body.length - before) * WORK_OF_BYTE);
	return true;
}

void
sitemap_answer_block(struct exchange *exchange)
{
	if (!search_has_answer(exchange))
		return;
	text_puts(&exchange->body, XML "<urlset " XMLNS ">\n");
	response_in_pieces(exchange, &xml, more_chars);
}

/* ---- OpenSearch -------------------------------------------------------------------------- */

static void
put_address(struct text *out, const struct exchange *exchange, const char *type, const char *path)
{
	text_format(out, "<Url type=\"%s\" template=\"", type);
	put_whole(out, exchange, path);
	text_puts(out, "\"/>\n");
}

void
sitemap_opensearch(struct exchange *exchange)
{
	static const struct reply reply = {
		.type = "application/opensearchdescription+xml",
		.cache = CACHE_ASK,
		.open = true,
		.absolute = true,
	};
	struct text *out = &exchange->body;

	if (response_not_modified(exchange, &reply))
		return;
	text_puts(out,
	    XML "<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n"
	        "<ShortName>Charfinder</ShortName>\n"
	        "<Description>Unicode characters by words in their names</Description>\n"
	        "<InputEncoding>UTF-8</InputEncoding>\n<Image type=\"image/svg+xml\">");
	put_whole(out, exchange, "/favicon.ico");
	text_puts(out, "</Image>\n");
	put_address(out, exchange, "text/html", "/?query={searchTerms}");
	put_address(out, exchange, "application/x-suggestions+json", "/api/v1/suggest?q={searchTerms}");
	text_puts(out, "</OpenSearchDescription>\n");
	response_whole(exchange, 200, &reply);
}
