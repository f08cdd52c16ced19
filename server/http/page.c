/* page.c - a template becomes a page: what stands in it as {{name}} is filled by the row of a
 * table. */
#include "page.h"

#include <stdlib.h>
#include <string.h>

#include "browse.h"
#include "char_path.h"
#include "chips.h"
#include "config.h"
#include "connection.h"
#include "details.h"
#include "embedded.h"
#include "exchange.h"
#include "generation.h"
#include "glyph_html.h"
#include "languages.h"
#include "response.h"
#include "search.h"
#include "search_link.h"

/* Rows of one page. */
#define PAGE_ROWS 200

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

/* What is on a page: an answer, or one character, or neither. */
struct page {
	struct exchange *exchange;
	const struct charindex *ci;
	struct search *search;       /* of the exchange */
	const struct char_id *found; /* the character; or NULL */
	const char *wrong;           /* instead of an answer; or NULL */
	bool browse;                 /* all that there is to look around in, instead of one */
};

/* ---- pieces of a page -------------------------------------------------------------- */

static void
put_text(struct text *out, struct charindex_text text)
{
	text_html(out, text.bytes, text.length);
}

static void
put_escaped(struct text *out, const char *string)
{
	text_html(out, string, strlen(string));
}

static void
put_title(struct text *out, const struct page *page)
{
	if (page->found != NULL) {
		put_text(out, page->found->facts.codes);
		text_puts(out, " ");
		put_text(out, page->found->facts.name);
		text_puts(out, " – Charfinder");
	} else if (page->browse) {
		text_puts(out, "Blocks, scripts, categories and versions – Charfinder");
	} else if (page->search->length > 0) {
		text_html(out, page->search->text, page->search->length);
		text_puts(out, " – Charfinder");
	} else {
		text_puts(out, "Charfinder");
	}
}

static void
put_description(struct text *out, const struct page *page)
{
	const struct charindex_row *facts = page->found != NULL ? &page->found->facts : NULL;

	if (facts == NULL) {
		text_puts(out, "Finds Unicode characters by words in their names.");
		return;
	}
	put_text(out, facts->text);
	text_puts(out, " ");
	put_text(out, facts->codes);
	text_puts(out, " ");
	put_text(out, facts->name);
	text_puts(out, ": how it is written, other names, keywords and characters like it.");
}

/* The one address of a character, which has several. */
static void
put_canonical(struct text *out, const struct page *page)
{
	if (page->found == NULL)
		return;
	text_puts(out, "<link rel=\"canonical\" href=\"");
	details_link(out, &page->found->facts);
	text_puts(out, "\">\n");
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

/* ---- the answer ----------------------------------------------------------------------- */

static void
put_status(struct text *out, const struct page *page)
{
	size_t length;
	char *status;

	if (page->wrong != NULL) {
		put_escaped(out, page->wrong);
		return;
	}
	if (!page->search->begun) {
		text_puts(out, "Enter words describing characters.");
		return;
	}
	status = search_status(page->search, &length);
	if (status != NULL)
		text_html(out, status, length);
	else
		out->failed = true;
	free(status);
}

static void
put_row(struct text *out, const struct page *page, const struct charindex_hit *hit)
{
	struct charindex_row row;
	struct charindex_label label;

	charindex_row(page->ci, hit->row, hit->code_point, &row, &label);
	text_puts(out, "<tr><td class=\"code\"><div class=\"cell\"><a href=\"");
	details_link(out, &row);
	text_puts(out, "\">");
	put_text(out, row.codes);
	text_puts(out, "</a></div></td><td class=\"char\"><div class=\"cell\">");
	glyph_put(out, page->ci, hit->row, &row);
	text_puts(out, "</div></td><td class=\"name\"><div class=\"cell\"><span class=\"text\">");
	put_text(out, row.name);
	text_puts(out, "</span></div></td></tr>\n");
}

static void
put_rows(struct text *out, struct page *page)
{
	struct charindex_hit hit;

	while (charindex_answer_next_hit(&page->search->answer, &hit))
		put_row(out, page, &hit);
}

static void
put_link(struct text *out, const struct page *page, uint64_t from, const char *rel,
    const char *label)
{
	struct search_step step = { .from = from };

	text_puts(out, "<a href=\"/?");
	search_link(out, page->exchange, &step, "&amp;");
	text_format(out, "\" rel=\"%s\">%s</a>\n", rel, label);
}

static void
put_pages(struct text *out, const struct page *page)
{
	const struct charindex_summary *summary = &page->search->summary;
	uint64_t last = summary->first + summary->count - 1;

	if (!summary->more && summary->first <= 1)
		return;
	text_puts(out, "<nav class=\"pages\" aria-label=\"Pages\">\n");
	if (summary->first > 1)
		put_link(out, page, summary->first > PAGE_ROWS ? summary->first - PAGE_ROWS : 1, "prev",
		    "Previous");
	if (summary->count > 0)
		text_format(out, "<span>%llu to %llu of %llu</span>\n", (unsigned long long)summary->first,
		    (unsigned long long)last, (unsigned long long)summary->total);
	if (summary->more)
		put_link(out, page, last + 1, "next", "Next");
	text_puts(out, "</nav>\n");
}

static void
put_table(struct text *out, struct page *page)
{
	text_puts(out,
	    "<table id=\"results\">\n<caption class=\"hidden\">Characters found</caption>\n"
	    "<thead><tr><th scope=\"col\">Code</th><th scope=\"col\">Character</th>"
	    "<th scope=\"col\">Name</th></tr></thead>\n<tbody>\n");
	put_rows(out, page);
	text_puts(out, "</tbody>\n</table>\n");
}

/* The status comes with the last row, and stands before the first. */
static void
put_answer(struct text *out, struct page *page)
{
	struct search *search = page->search;
	struct text chips = { 0 }, table = { 0 };
	bool right = search->begun && search->summary.error == NULL;

	if (right)
		chips_put(&chips, page->exchange);
	if (right && search->summary.count > 0)
		put_table(&table, page);
	text_format(out, "<div class=\"bar\"><p id=\"status\" role=\"status\"%s>",
	    page->wrong != NULL || search->summary.error != NULL ? " class=\"wrong\"" : "");
	put_status(out, page);
	text_puts(out, "</p></div>\n<div id=\"filters\">\n");
	text_add(out, chips.bytes, chips.length);
	text_format(out, "</div>\n<div id=\"answer\" data-total=\"%llu\" data-first=\"%llu\">\n",
	    (unsigned long long)search->summary.total, (unsigned long long)search->summary.first);
	text_add(out, table.bytes, table.length);
	out->failed |= table.failed || chips.failed;
	text_release(&table);
	text_release(&chips);
	if (right)
		put_pages(out, page);
	text_puts(out, "</div>\n");
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
		details_put(out, page->ci, page->found);
	} else if (page->browse) {
		out->failed |= !browse_put(out, page->ci);
	} else {
		put_answer(out, page);
	}
}

/* ---- the template ---------------------------------------------------------------------- */

static const struct {
	const char *name;
	void (*put)(struct text *out, const struct page *page);
} holes[] = {
	{ "title", put_title },
	{ "description", put_description },
	{ "canonical", put_canonical },
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
	struct page page = { exchange, exchange->lease->ci, &exchange->search, found, wrong, false };

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
	not_found = char_path_find(exchange->lease->ci, exchange->rest, &found, &status);
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
	const char *wrong = char_path_find(exchange->lease->ci, exchange->rest, &found, &status);

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
		.ci = exchange->lease->ci,
		.search = &exchange->search,
		.browse = true };

	fill_template(&exchange->body, &page);
	response_whole(exchange, 200, &html);
}
