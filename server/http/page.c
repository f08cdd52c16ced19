/* page.c - a template becomes a page: what stands in it as {{name}} is filled by the row of a
 * table. */
#include "page.h"

#include <string.h>

#include "browse.h"
#include "char_path.h"
#include "config.h"
#include "connection.h"
#include "details.h"
#include "embedded.h"
#include "exchange.h"
#include "languages.h"
#include "page_parts.h"
#include "response.h"
#include "search.h"
#include "search_link.h"
#include "snapshot.h"

static const struct reply html = {
	.type = "text/html; charset=utf-8",
	.cache = CACHE_ASK,
	.page = true,
};

/* clang-format off */
static const char *const samples[] = {
	"bismillah", "black", "Braille", "cat", "chess", "circled", "digit", "dot", "Ethiopic", "face",
	"hexagram", "Malayalam", "mark", "operator", "Roman", "symbol",
};
/* clang-format on */

/* ---- pieces of a page -------------------------------------------------------------- */

static void
put_escaped(struct text *out, const char *string)
{
	text_html(out, string, strlen(string));
}

static void
put_query(struct text *out, const struct page *page)
{
	text_html(out, page->search->text, page->search->length);
}

static void
put_usual_mode(struct text *out, const struct page *page)
{
	text_puts(out, charindex_mode_name(page->exchange->connection->service->mode));
}

/* A search in another mode than usual stays in it. */
static void
put_kept_mode(struct text *out, const struct page *page)
{
	enum charindex_mode mode = page->search->settings.mode;

	if (mode != page->exchange->connection->service->mode)
		text_format(out, "<input type=\"hidden\" name=\"mode\" value=\"%s\">\n",
		    charindex_mode_name(mode));
}

static void
put_languages(struct text *out, const struct page *page)
{
	languages_put_options(out, page->ci, page->search->settings.language);
}

/* They are for who has not asked yet. */
static void
put_samples_hidden(struct text *out, const struct page *page)
{
	text_puts(out,
	    page->found != NULL || page->browse || page->search->length > 0 ? " hidden" : "");
}

static void
put_assets_hash(struct text *out, const struct page *page)
{
	(void)page;
	text_puts(out, http_assets_hash);
}

static void
put_version(struct text *out, const struct page *page)
{
	(void)page;
	text_puts(out, PACKAGE_VERSION);
}

static void
put_unicode(struct text *out, const struct page *page)
{
	struct charindex_info info = charindex_info(page->ci);

	put_escaped(out, info.unicode_version);
}

static void
put_samples(struct text *out, const struct page *page)
{
	(void)page;
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++)
		text_format(out, "<li><a href=\"/?query=%s\">%s</a></li>\n", samples[i], samples[i]);
}

/* From a character to the search that has led to it. */
static void
put_way_back(struct text *out, const struct page *page)
{
	struct search_step step = { .from = page->search->settings.from };

	if (page->search->length == 0)
		return;
	text_puts(out, "<p class=\"back\"><a href=\"/?");
	search_link(out, page->exchange, &step, "&amp;");
	text_puts(out, "\">← ");
	text_html(out, page->search->text, page->search->length);
	text_puts(out, "</a></p>\n");
}

static void
put_content(struct text *out, struct page *page)
{
	if (page->found != NULL) {
		put_way_back(out, page);
		details_put(out, page->ci, page->found, page->search->settings.language);
	} else if (page->browse) {
		out->failed |= !browse_put(out, page->ci);
	} else {
		page_put_answer(out, page);
	}
}

/* ---- the template ---------------------------------------------------------------------- */

static const struct {
	const char *name;
	void (*put)(struct text *out, const struct page *page);
} holes[] = {
	{ "title", page_put_title },
	{ "description", page_put_description },
	{ "canonical", page_put_canonical },
	{ "query", put_query },
	{ "kept-mode", put_kept_mode },
	{ "usual-mode", put_usual_mode },
	{ "languages", put_languages },
	{ "samples-hidden", put_samples_hidden },
	{ "assets", put_assets_hash },
	{ "version", put_version },
	{ "unicode", put_unicode },
	{ "samples", put_samples },
};

static void
fill_hole(struct text *out, struct page *page, const char *name, size_t length)
{
	if (length == strlen("content") && memcmp(name, "content", length) == 0)
		put_content(out, page);
	for (size_t i = 0; i < sizeof(holes) / sizeof(holes[0]); i++)
		if (strlen(holes[i].name) == length && memcmp(holes[i].name, name, length) == 0)
			holes[i].put(out, page);
}

static void
fill_template(struct text *out, struct page *page)
{
	const struct http_asset *asset = http_assets_find("page.html");
	const char *at = (const char *)asset->bytes, *end = at + asset->length, *open, *close;

	while ((open = memmem(at, (size_t)(end - at), "{{", 2)) != NULL &&
	    (close = memmem(open, (size_t)(end - open), "}}", 2)) != NULL) {
		text_add(out, at, (size_t)(open - at));
		fill_hole(out, page, open + 2, (size_t)(close - open) - 2);
		at = close + 2;
	}
	text_add(out, at, (size_t)(end - at));
}

/* ---- pages ---------------------------------------------------------------------------- */

static const struct search_form form = { "query", PAGE_ROWS, PAGE_ROWS, false };

static void
put_page(struct exchange *exchange, int status, const struct char_id *found, const char *wrong)
{
	struct page page = { exchange, exchange->snapshot->ci, &exchange->search, found, wrong, false };

	fill_template(&exchange->body, &page);
	response_whole(exchange, status, &html);
}

void
page_ask(struct exchange *exchange)
{
	const char *parameter;
	char wrong[SEARCH_WRONG_SIZE];

	if (!search_read(exchange, &form, &parameter, wrong)) {
		exchange->search.length = 0;
		put_page(exchange, 400, NULL, wrong);
		return;
	}
	exchange->pending = !response_not_modified(exchange, &html);
	exchange->search.wanted = exchange->pending && exchange->search.length > 0;
}

void
page_answer(struct exchange *exchange)
{
	const struct search *search = &exchange->search;

	if (search->no_memory)
		put_page(exchange, 503, NULL, "Out of memory; try again later.");
	else
		put_page(exchange, search->summary.error != NULL ? 400 : 200, NULL, NULL);
}

void
page_ask_char(struct exchange *exchange)
{
	const char *parameter, *not_found;
	char wrong[SEARCH_WRONG_SIZE];
	struct char_id found;
	int status;

	/* the query is only for the box */
	if (!search_read(exchange, &form, &parameter, wrong))
		exchange->search.length = 0;
	not_found = char_path_find(exchange->snapshot->ci, exchange->rest, &found, &status);
	if (not_found != NULL)
		put_page(exchange, status, NULL, not_found);
	else
		exchange->pending = !response_not_modified(exchange, &html);
}

void
page_answer_char(struct exchange *exchange)
{
	struct char_id found;
	int status;
	const char *wrong = char_path_find(exchange->snapshot->ci, exchange->rest, &found, &status);

	put_page(exchange, wrong == NULL ? 200 : status, wrong == NULL ? &found : NULL, wrong);
}

void
page_ask_browse(struct exchange *exchange)
{
	const char *parameter;
	char wrong[SEARCH_WRONG_SIZE];

	/* nothing is searched for, and what is wrong with that is none of its business */
	if (!search_read(exchange, &form, &parameter, wrong))
		exchange->search.length = 0;
	exchange->pending = !response_not_modified(exchange, &html);
}

void
page_answer_browse(struct exchange *exchange)
{
	struct page page = { .exchange = exchange,
		.ci = exchange->snapshot->ci,
		.search = &exchange->search,
		.browse = true };

	fill_template(&exchange->body, &page);
	response_whole(exchange, 200, &html);
}
