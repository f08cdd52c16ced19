/* page_answer.c - the answer to a search, in HTML. */
#include <stdlib.h>
#include <string.h>

#include "alternatives.h"
#include "base_path.h"
#include "chips.h"
#include "exchange.h"
#include "languages.h"
#include "page_parts.h"
#include "search.h"
#include "search_link.h"
#include "text.h"
#include "through.h"

static void
put_text(struct text *out, struct charindex_text text)
{
	text_html(out, text.bytes, text.length);
}

/* In other languages than that of the library. */
static void
put_own_status(struct text *out, const struct page *page)
{
	uint64_t total = page->search->summary.total;
	const struct reader_place places[] = {
		{ "query", page->search->text, page->search->length, 0 },
		{ "total", NULL, 0, total },
		{ 0 },
	};

	reader_fill(out, &page->reader, total > 0 ? TEXT_STATUS : TEXT_NO_MATCH, places);
}

static bool
is_wrong(const struct page *page)
{
	return page->is_wrong || (page->search->begun && page->search->summary.error != NULL);
}

/* A place that is filled with a string; NULL is an empty one. */
static struct reader_place
place_of(const char *name, const char *string)
{
	const char *bytes = string != NULL ? string : "";

	return (struct reader_place){ name, bytes, strlen(bytes), 0 };
}

static void
put_wrong(struct text *out, const struct page *page)
{
	const struct reader_place places[] = { place_of("parameter", page->parameter), { 0 } };

	reader_fill(out, &page->reader, page->wrong, places);
}

static void
put_parts(struct text *out, const struct page *page, const struct charindex_mistake *mistake)
{
	const struct reader_place places[] = {
		{ "value", mistake->value, mistake->length, 0 },
		place_of("field", mistake->field),
		place_of("example", mistake->example),
		{ 0 },
	};

	reader_fill(out, &page->reader, texts_fault(mistake->fault), places);
}

/* What is wrong with the query. */
static void
put_mistake(struct text *out, const struct page *page)
{
	struct charindex_mistake mistake;

	charindex_answer_mistake(&page->search->answer, &mistake);
	put_parts(out, page, &mistake);
}

/* The library's, in English. */
static void
put_library_status(struct text *out, const struct page *page)
{
	size_t length;
	char *status = search_status(page->search, &length);

	if (status != NULL)
		text_html(out, status, length);
	else
		out->failed = true;
	free(status);
}

static void
put_status(struct text *out, const struct page *page)
{
	if (page->is_wrong)
		put_wrong(out, page);
	else if (!page->search->begun)
		reader_put(out, &page->reader, TEXT_ENTER_WORDS);
	else if (page->search->summary.error != NULL)
		put_mistake(out, page);
	else if (page->reader.texts != &texts_en)
		put_own_status(out, page);
	else
		put_library_status(out, page);
}

/* What the row has been found by, if its name does not say. */
static void
put_through(struct text *out, const struct page *page, const struct charindex_hit *hit)
{
	struct charindex_record record;

	if (!through_find(page->exchange, hit, &record))
		return;
	text_puts(out, "<small lang=\"");
	languages_put_tag(out, record.language);
	text_puts(out, "\">");
	put_text(out, record.text);
	text_puts(out, "</small>");
}

static void
put_row(struct text *out, const struct page *page, const struct charindex_hit *hit)
{
	struct charindex_row row;
	struct charindex_label label;

	charindex_row(page->reader.ci, hit->row, hit->code_point, &row, &label);
	text_puts(out, "<tr><td class=\"code\"><div class=\"cell\"><a href=\"");
	reader_put_char(out, &page->reader, &row);
	text_puts(out, "\">");
	put_text(out, row.codes);
	text_puts(out, "</a></div></td><td class=\"char\"><div class=\"cell\">");
	reader_put_glyph(out, &page->reader, hit->row, &row);
	text_puts(out, "</div></td><td class=\"name\"><div class=\"cell\"><span class=\"text\">");
	put_text(out, row.name);
	text_puts(out, "</span>");
	put_through(out, page, hit);
	text_puts(out, "</div></td></tr>\n");
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
    enum page_text label)
{
	struct search_step step = { .from = from };

	text_puts(out, "<a href=\"");
	base_path_link(out, page->exchange, "/?");
	search_link(out, page->exchange, &step, "&amp;");
	text_format(out, "\" rel=\"%s\">%s</a>\n", rel, page->reader.texts->text[label]);
}

static void
put_range(struct text *out, const struct page *page, uint64_t last)
{
	const struct charindex_summary *summary = &page->search->summary;
	const struct reader_place places[] = {
		{ "first", NULL, 0, summary->first },
		{ "last", NULL, 0, last },
		{ "total", NULL, 0, summary->total },
		{ 0 },
	};

	text_puts(out, "<span>");
	reader_fill(out, &page->reader, TEXT_RANGE, places);
	text_puts(out, "</span>\n");
}

static void
put_pages(struct text *out, const struct page *page)
{
	const struct charindex_summary *summary = &page->search->summary;
	uint64_t last = summary->first + summary->count - 1;

	if (!summary->more && summary->first <= 1)
		return;
	text_format(out, "<nav class=\"pages\" aria-label=\"%s\">\n",
	    page->reader.texts->text[TEXT_PAGES]);
	if (summary->first > 1)
		put_link(out, page, summary->first > PAGE_ROWS ? summary->first - PAGE_ROWS : 1, "prev",
		    TEXT_PREVIOUS);
	if (summary->count > 0)
		put_range(out, page, last);
	if (summary->more)
		put_link(out, page, last + 1, "next", TEXT_NEXT);
	text_puts(out, "</nav>\n");
}

static void
put_table(struct text *out, struct page *page)
{
	const char *const *text = page->reader.texts->text;

	text_format(out,
	    "<table id=\"results\">\n<caption class=\"hidden\">%s</caption>\n"
	    "<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
	    "<th scope=\"col\">%s</th></tr></thead>\n<tbody lang=\"en\">\n",
	    text[TEXT_FOUND], text[TEXT_CODE], text[TEXT_CHARACTER], text[TEXT_NAME]);
	put_rows(out, page);
	text_puts(out, "</tbody>\n</table>\n");
}

/* ---- what would help ----------------------------------------------------------------------- */

static void
put_query_link(struct text *out, const struct page *page, struct charindex_text query,
    bool without_filters)
{
	struct search_step step = { .query = query, .no_filters = without_filters };

	text_puts(out, "<a href=\"");
	base_path_link(out, page->exchange, "/?");
	search_link(out, page->exchange, &step, "&amp;");
	text_puts(out, "\">");
	put_text(out, query);
	text_puts(out, "</a>");
}

static void
put_alternative(struct text *out, const struct page *page, const struct alternative *alternative)
{
	put_query_link(out, page,
	    (struct charindex_text){ alternative->query, strlen(alternative->query) },
	    alternative->without_filters);
	if (alternative->without_filters) {
		text_puts(out, " ");
		reader_put(out, &page->reader, TEXT_WITHOUT_FILTERS);
	}
	text_format(out, " <span class=\"count\">%llu</span>", (unsigned long long)alternative->total);
}

/* The correction that has been made, or what has rows where the query has none, or only without some
 * of its words: as help.js. */
static void
put_help(struct text *out, const struct page *page)
{
	const struct charindex_summary *summary = &page->search->summary;
	struct alternative list[ALTERNATIVES_MAX];
	unsigned count = alternatives_find(page->exchange, list);

	if (summary->corrected != NULL && count == 0) {
		reader_put(out, &page->reader, TEXT_CORRECTED);
		text_puts(out, " ");
		put_query_link(out, page,
		    (struct charindex_text){ summary->corrected, summary->corrected_length }, false);
	}
	for (unsigned i = 0; i < count; i++) {
		if (i == 0)
			reader_put(out, &page->reader, TEXT_NEARLY);
		text_puts(out, i == 0 ? " " : ", ");
		put_alternative(out, page, &list[i]);
	}
}

static bool
is_filter(const char *parameter)
{
	for (int property = 0; property < CHARINDEX_PROPERTY_COUNT; property++)
		if (strcmp(search_filter_names[property], parameter) == 0)
			return true;
	return false;
}

/* From an address of which a part is wrong to the query without it. */
static void
put_way_out(struct text *out, const struct page *page)
{
	const struct search *search = page->search;

	if (search->length == 0 || page->parameter == NULL)
		return;
	put_query_link(out, page, (struct charindex_text){ search->text, search->length }, true);
	if (is_filter(page->parameter)) {
		text_puts(out, " ");
		reader_put(out, &page->reader, TEXT_WITHOUT_FILTERS);
	}
}

/* The status comes with the last row, and stands before the first. */
void
page_put_answer(struct text *out, struct page *page)
{
	struct search *search = page->search;
	struct text help = { 0 }, chips = { 0 }, table = { 0 };
	bool right = search->begun && search->summary.error == NULL;

	if (right)
		chips_put(&chips, &page->reader);
	if (right && search->summary.count > 0)
		put_table(&table, page);
	if (right)
		put_help(&help, page);
	else if (page->is_wrong)
		put_way_out(&help, page);
	text_format(out, "<div class=\"bar\"><p id=\"status\" role=\"status\"%s>",
	    is_wrong(page) ? " class=\"wrong\"" : "");
	put_status(out, page);
	text_puts(out, "</p></div>\n<p id=\"help\">");
	text_add(out, help.bytes, help.length);
	text_puts(out, "</p>\n<div id=\"filters\">\n");
	text_add(out, chips.bytes, chips.length);
	text_format(out, "</div>\n<div id=\"answer\" data-total=\"%llu\" data-first=\"%llu\">\n",
	    (unsigned long long)search->summary.total, (unsigned long long)search->summary.first);
	text_add(out, table.bytes, table.length);
	out->failed |= table.failed || chips.failed || help.failed;
	text_release(&help);
	text_release(&table);
	text_release(&chips);
	if (right)
		put_pages(out, page);
	text_puts(out, "</div>\n");
}
