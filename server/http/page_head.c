/* page_head.c - what stands in the head of a page, for search engines and the tabs of browsers. */
#include "base_path.h"
#include "char_id.h"
#include "char_link.h"
#include "exchange.h"
#include "page_parts.h"
#include "search.h"
#include "text.h"

#define MOST_KEYWORDS 8

static void
put_text(struct text *out, struct charindex_text text)
{
	text_html(out, text.bytes, text.length);
}

void
page_put_title(struct text *out, const struct page *page)
{
	if (page->found != NULL) {
		put_text(out, page->found->facts.codes);
		text_puts(out, " ");
		put_text(out, page->found->facts.name);
		text_puts(out, " – Charfinder");
	} else if (page->browse) {
		reader_put(out, &page->reader, TEXT_BROWSE);
		text_puts(out, " – Charfinder");
	} else if (page->search->length > 0) {
		text_html(out, page->search->text, page->search->length);
		text_puts(out, " – Charfinder");
	} else {
		text_puts(out, "Charfinder");
	}
}

/* Keywords of a character, as many as a line has room for. */
struct keywords {
	struct text *out;
	unsigned count;
};

static void
put_keyword(void *arg, const struct charindex_record *record)
{
	struct keywords *keywords = arg;

	if (record->kind > CHARINDEX_RECORD_DEFINITION || record->kind == CHARINDEX_RECORD_ENTITY ||
	    keywords->count == MOST_KEYWORDS)
		return;
	text_puts(keywords->out, keywords->count++ > 0 ? ", " : ": ");
	put_text(keywords->out, record->text);
}

static const char *
keyword_languages(const struct page *page)
{
	return page->reader.languages[0] != '\0' ? page->reader.languages : "en";
}

static void
describe(struct text *out, const struct page *page)
{
	const struct charindex_row *facts = &page->found->facts;
	struct keywords keywords = { .out = out };

	put_text(out, facts->text);
	text_puts(out, facts->text.length > 0 ? " " : "");
	put_text(out, facts->codes);
	text_puts(out, " ");
	put_text(out, facts->name);
	text_format(out, ", %s, ",
	    texts_category(page->reader.texts, facts->property[CHARINDEX_PROPERTY_CATEGORY]));
	put_text(out, facts->property[CHARINDEX_PROPERTY_BLOCK]);
	if (page->found->row != CHARINDEX_NO_ROW)
		charindex_records_in(page->reader.ci, page->found->row, keyword_languages(page),
		    put_keyword, &keywords);
}

void
page_put_description(struct text *out, const struct page *page)
{
	if (page->found != NULL)
		describe(out, page);
	else
		reader_put(out, &page->reader, TEXT_DESCRIPTION);
}

/* The one address of a page that has several; those of searches are not for crawlers. */
void
page_put_canonical(struct text *out, const struct page *page)
{
	if (page->found == NULL && page->search->length > 0)
		return;
	text_puts(out, "<link rel=\"canonical\" href=\"");
	if (page->found != NULL)
		char_link_put(out, page->exchange, &page->found->facts);
	else
		base_path_link(out, page->exchange, page->browse ? "/browse" : "/");
	text_puts(out, "\">\n");
}
