/* page_template.c - a template becomes a page: what stands in it as {{name}} is filled by the row of a
 * table, {{:name}} is a text in the language of the reader. */
#include <string.h>

#include "base_path.h"
#include "browse.h"
#include "config.h"
#include "details.h"
#include "embedded.h"
#include "language_choices.h"
#include "languages.h"
#include "page_parts.h"
#include "script_texts.h"
#include "search.h"
#include "search_link.h"
#include "text.h"
#include "texts.h"

/* clang-format off */
static const char *const samples[] = {
	"bismillah", "black", "Braille", "cat", "chess", "circled", "digit", "dot", "Ethiopic", "face",
	"hexagram", "Malayalam", "mark", "operator", "Roman", "symbol",
};
/* clang-format on */

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
	text_puts(out, charindex_mode_name(page->search->usual_mode));
}

/* A search in another mode than usual stays in it. */
static void
put_kept_mode(struct text *out, const struct page *page)
{
	enum charindex_mode mode = page->search->settings.mode;

	if (mode != page->search->usual_mode)
		text_format(out, "<input type=\"hidden\" name=\"mode\" value=\"%s\">\n",
		    charindex_mode_name(mode));
}

static void
put_language(struct text *out, const struct page *page)
{
	text_puts(out, page->reader.texts->tag);
}

static void
put_direction(struct text *out, const struct page *page)
{
	text_puts(out, page->reader.texts->right_to_left ? "rtl" : "ltr");
}

static void
put_base(struct text *out, const struct page *page)
{
	text_puts(out, base_path(page->exchange));
}

/* For the script; only where there is one. */
static void
put_base_attribute(struct text *out, const struct page *page)
{
	const char *base = base_path(page->exchange);

	if (base[0] != '\0')
		text_format(out, " data-base=\"%s\"", base);
}

static void
put_usual_languages(struct text *out, const struct page *page)
{
	languages_put_tag(out, page->search->usual_language);
}

static void
put_glyphs(struct text *out, const struct page *page)
{
	text_puts(out, page->reader.glyphs != NULL ? page->reader.glyphs : "");
}

static void
put_languages(struct text *out, const struct page *page)
{
	language_choices_put_options(out, &page->reader);
}

static void
put_more_languages(struct text *out, const struct page *page)
{
	language_choices_put_boxes(out, &page->reader);
}

/* How many there are besides the one that the select shows. */
static void
put_more_count(struct text *out, const struct page *page)
{
	unsigned commas = 0;

	for (const char *c = page->reader.languages; *c != '\0'; c++)
		commas += *c == ',';
	if (commas > 0)
		text_format(out, " (%u)", commas);
}

static void
put_kept_first(struct text *out, const struct page *page)
{
	reader_put_kept(out, &page->reader, "?");
}

static void
put_script_texts(struct text *out, const struct page *page)
{
	script_texts_put(out, page->reader.texts);
}

/* They are for whoever has not asked yet. */
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
	struct charindex_info info = charindex_info(page->reader.ci);

	put_escaped(out, info.unicode_version);
}

static void
put_samples(struct text *out, const struct page *page)
{
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		text_puts(out, "<li><a lang=\"en\" href=\"");
		base_path_link(out, page->exchange, "/?query=");
		text_puts(out, samples[i]);
		reader_put_kept(out, &page->reader, "&amp;");
		text_format(out, "\">%s</a></li>\n", samples[i]);
	}
}

/* From a character to the search that has led to it. */
static void
put_way_back(struct text *out, const struct page *page)
{
	struct search_step step = { .from = page->search->settings.from };

	if (page->search->length == 0)
		return;
	text_puts(out, "<p class=\"back\"><a href=\"");
	base_path_link(out, page->exchange, "/?");
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
		details_put(out, &page->reader, page->found);
	} else if (page->browse) {
		out->failed |= !browse_put(out, &page->reader);
	} else {
		page_put_answer(out, page);
		page_put_start(out, page);
	}
}

/* ---- filling it ------------------------------------------------------------------------ */

static const struct {
	const char *name;
	void (*put)(struct text *out, const struct page *page);
} holes[] = {
	{ "title", page_put_title },
	{ "description", page_put_description },
	{ "canonical", page_put_canonical },
	{ "base", put_base },
	{ "base-attribute", put_base_attribute },
	{ "query", put_query },
	{ "kept-mode", put_kept_mode },
	{ "usual-mode", put_usual_mode },
	{ "lang", put_language },
	{ "dir", put_direction },
	{ "languages", put_languages },
	{ "more-languages", put_more_languages },
	{ "more-count", put_more_count },
	{ "usual-languages", put_usual_languages },
	{ "glyphs", put_glyphs },
	{ "kept", put_kept_first },
	{ "script-texts", put_script_texts },
	{ "samples-hidden", put_samples_hidden },
	{ "assets", put_assets_hash },
	{ "version", put_version },
	{ "unicode", put_unicode },
	{ "samples", put_samples },
};

static bool
is(const char *name, size_t length, const char *hole)
{
	return strlen(hole) == length && memcmp(hole, name, length) == 0;
}

static void
fill_hole(struct text *out, struct page *page, const char *name, size_t length)
{
	if (is(name, length, "content"))
		put_content(out, page);
	for (int text = 0; text < TEXT_COUNT && name[0] == ':'; text++)
		if (is(name + 1, length - 1, texts_names[text]))
			reader_put(out, &page->reader, (enum page_text)text);
	for (size_t i = 0; i < sizeof(holes) / sizeof(holes[0]); i++)
		if (is(name, length, holes[i].name))
			holes[i].put(out, page);
}

void
page_fill_template(struct text *out, struct page *page)
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
