/* page_start.c - where those may begin who do not know yet what they look for. */
#include <stdio.h>
#include <string.h>

#include "base_path.h"
#include "browse.h"
#include "page_parts.h"
#include "search.h"
#include "text.h"

/* ---- blocks that many know, and what they look like ------------------------------------- */

/* clang-format off */
static const struct {
	const char *block, *sample;
} gallery[] = {
	{ "Arrows", "→" }, { "Mathematical Operators", "∑" }, { "Currency Symbols", "€" },
	{ "General Punctuation", "‰" }, { "Letterlike Symbols", "ℵ" }, { "Number Forms", "⅔" },
	{ "Superscripts and Subscripts", "ⁿ" }, { "Enclosed Alphanumerics", "①" },
	{ "Box Drawing", "╬" }, { "Geometric Shapes", "◆" }, { "Miscellaneous Symbols", "☂" },
	{ "Dingbats", "✂" }, { "Emoticons", "😀" }, { "Transport and Map Symbols", "🚀" },
	{ "Playing Cards", "🂡" }, { "Musical Symbols", "𝄞" }, { "Braille Patterns", "⠿" },
	{ "IPA Extensions", "ʃ" }, { "Greek and Coptic", "Ω" }, { "Cyrillic", "Ж" },
	{ "Hebrew", "א" }, { "Arabic", "ع" }, { "Devanagari", "अ" }, { "Hiragana", "あ" },
};
/* clang-format on */

static void
put_gallery(struct text *out, const struct page *page)
{
	text_puts(out, "<ul class=\"gallery\" lang=\"en\">\n");
	for (size_t i = 0; i < sizeof(gallery) / sizeof(gallery[0]); i++) {
		const char *block = gallery[i].block;

		text_puts(out, "<li><a href=\"");
		base_path_link(out, page->exchange, "/?query=");
		browse_put_query(out, "block", block, strlen(block));
		reader_put_kept(out, &page->reader, "&amp;");
		text_format(out,
		    "&amp;view=grid\"><span class=\"glyph\" aria-hidden=\"true\">%s</span>"
		    "<span class=\"label\">%s</span></a></li>\n",
		    gallery[i].sample, block);
	}
	text_puts(out, "</ul>\n");
}

/* Ways to all there is, and to something that nobody has asked for. */
static void
put_ways(struct text *out, const struct page *page)
{
	text_puts(out, "<ul class=\"ways\">\n");
	browse_put_ways(out, &page->reader);
	text_puts(out, "<li><a href=\"");
	base_path_link(out, page->exchange, "/random");
	reader_put_kept(out, &page->reader, "?");
	text_puts(out, "\">");
	reader_put(out, &page->reader, TEXT_RANDOM);
	text_puts(out, "</a></li>\n</ul>\n");
}

/* ---- what is new --------------------------------------------------------------------------- */

/* Blocks that are named: those with the most new characters. */
#define MOST_BLOCKS 8

/* What is new in the Unicode of the index. */
struct newest {
	char version[16]; /* "18.0" */
	char query[24];   /* that finds it, "age:18.0" */
	struct charindex_summary summary;
	struct charindex_facet blocks[MOST_BLOCKS];
	size_t block_count;
};

/* False without memory. */
static bool
find_newest(const struct charindex *ci, struct newest *newest)
{
	static const struct charindex_settings settings = { .mode = CHARINDEX_AUTO, .all = true };
	struct charindex_info info = charindex_info(ci);
	struct charindex_answer answer;
	bool found;

	/* of 18.0.0 the last part is none that a character is as old as */
	snprintf(newest->version, sizeof(newest->version), "%.*s",
	    (int)(strrchr(info.unicode_version, '.') - info.unicode_version), info.unicode_version);
	snprintf(newest->query, sizeof(newest->query), "age:%s", newest->version);
	found = charindex_answer_begin(&answer, ci, &settings, newest->query, strlen(newest->query)) ==
	    CHARINDEX_OK;
	if (found) {
		newest->block_count =
		    charindex_answer_facets(&answer, CHARINDEX_PROPERTY_BLOCK, newest->blocks, MOST_BLOCKS);
		charindex_answer_summary(&answer, &newest->summary);
	}
	charindex_answer_release(&answer);
	return found;
}

/* A link to all that is new, or to what of it is in a block. */
static void
put_link(struct text *out, const struct page *page, const struct newest *newest,
    const struct charindex_facet *block)
{
	text_puts(out, "<a href=\"");
	base_path_link(out, page->exchange, "/?query=age%3A");
	text_puts(out, newest->version);
	if (block != NULL) {
		text_puts(out, "&amp;block=");
		text_url(out, block->value, block->length);
	}
	reader_put_kept(out, &page->reader, "&amp;");
	text_puts(out, block != NULL ? "\" lang=\"en\">" : "\">");
}

static void
put_heading(struct text *out, const struct page *page, const struct newest *newest)
{
	const struct reader_place places[] = {
		{ "version", newest->version, strlen(newest->version), 0 },
		{ 0 },
	};

	text_puts(out, "<h2>");
	put_link(out, page, newest, NULL);
	reader_fill(out, &page->reader, TEXT_NEW_IN, places);
	text_format(out, "</a> <span class=\"count\">%llu</span></h2>\n",
	    (unsigned long long)newest->summary.total);
}

static void
put_blocks(struct text *out, const struct page *page, const struct newest *newest)
{
	text_puts(out, "<ul class=\"values\">\n");
	for (size_t i = 0; i < newest->block_count; i++) {
		text_puts(out, "<li>");
		put_link(out, page, newest, &newest->blocks[i]);
		text_html(out, newest->blocks[i].value, newest->blocks[i].length);
		text_format(out, "</a> <span class=\"count\">%u</span></li>\n",
		    (unsigned)newest->blocks[i].count);
	}
	text_puts(out, "</ul>\n");
}

static void
put_newest(struct text *out, const struct page *page)
{
	struct newest newest;

	if (!find_newest(page->reader.ci, &newest)) {
		out->failed = true;
		return;
	}
	if (newest.summary.total == 0)
		return;
	put_heading(out, page, &newest);
	put_blocks(out, page, &newest);
}

void
page_put_start(struct text *out, const struct page *page)
{
	const struct search *search = page->search;
	bool blank = search->length == 0 && !page->is_wrong, has_rows = search->summary.total > 0;

	text_format(out, "<section id=\"start\" class=\"browse\"%s>\n", has_rows ? " hidden" : "");
	put_gallery(out, page);
	put_ways(out, page);
	if (blank)
		put_newest(out, page);
	text_puts(out, "</section>\n");
}
