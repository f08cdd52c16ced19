/* chips.c - a group of links for each property, with the number of rows that each leads to. The
 * page's chips.js draws the same from the API. */
#include "chips.h"

#include <string.h>

#include "base_path.h"
#include "exchange.h"
#include "reader.h"
#include "search.h"
#include "search_link.h"
#include "snapshot.h"

/* Of each property: the most frequent, and all that the answer is narrowed by. */
#define CHIPS 12

static const struct {
	enum charindex_property property;
	enum page_text label;
} groups[] = {
	{ CHARINDEX_PROPERTY_CATEGORY, TEXT_CATEGORY },
	{ CHARINDEX_PROPERTY_SCRIPT, TEXT_SCRIPT },
	{ CHARINDEX_PROPERTY_BLOCK, TEXT_BLOCK },
	{ CHARINDEX_PROPERTY_AGE, TEXT_VERSION },
};

struct chips {
	struct text *out;
	const struct exchange *exchange;
	const struct reader *reader;
	enum charindex_property property;
	struct charindex_facet facets[CHIPS];
	size_t count;
};

static void
put_chip(const struct chips *chips, struct charindex_text value, const char *label, bool pressed,
    uint32_t count)
{
	struct search_step step = { .filter = !pressed,
		.no_filter = pressed,
		.property = chips->property,
		.value = value };
	struct text *out = chips->out;

	text_format(out, "<a class=\"chip\" rel=\"nofollow\"%s data-field=\"%s\" data-value=\"",
	    pressed ? " aria-current=\"true\"" : "", search_filter_names[chips->property]);
	text_html(out, value.bytes, value.length);
	text_puts(out, "\" href=\"");
	base_path_link(out, chips->exchange, "/?");
	search_link(out, chips->exchange, &step, "&amp;");
	text_puts(out, "\">");
	text_html(out, label != NULL ? label : value.bytes,
	    label != NULL ? strlen(label) : value.length);
	if (count > 0)
		text_format(out, " <span class=\"count\">%u</span>", (unsigned)count);
	text_puts(out, "</a>\n");
}

/* Does the filter ask for just this value? */
static bool
asks_for(const struct chips *chips, const struct charindex_filter *filter,
    const struct charindex_facet *facet)
{
	struct charindex_filter other;

	return filter->property == chips->property &&
	    charindex_read_filter(chips->exchange->snapshot->ci, chips->property, facet->value,
	        facet->length, &other) &&
	    filter->mask == other.mask && filter->value == other.value;
}

/* The facet that the filter asks for; NULL if it is not among them, or asks for several. */
static const struct charindex_facet *
find_facet(const struct chips *chips, const struct charindex_filter *filter)
{
	for (size_t i = 0; i < chips->count; i++)
		if (asks_for(chips, filter, &chips->facets[i]))
			return &chips->facets[i];
	return NULL;
}

static bool
is_pressed(const struct chips *chips, const struct charindex_facet *facet)
{
	const struct charindex_settings *settings = &chips->exchange->search.settings;
	uint32_t i = 0;

	while (i < settings->filter_count && !asks_for(chips, &settings->filters[i], facet))
		i++;
	return i < settings->filter_count;
}

/* Filters that are no facet show as they have been written. */
static void
put_other_filters(const struct chips *chips)
{
	const struct params *params = &chips->exchange->params;

	for (unsigned i = 0; i < params->count; i++) {
		const struct param *param = &params->list[i];
		struct charindex_filter read;

		if (strcmp(param->name, search_filter_names[chips->property]) == 0 &&
		    charindex_read_filter(chips->exchange->snapshot->ci, chips->property, param->value,
		        param->length, &read) &&
		    find_facet(chips, &read) == NULL)
			put_chip(chips, (struct charindex_text){ param->value, param->length }, NULL, true, 0);
	}
}

static void
put_group(struct chips *chips, enum page_text text)
{
	struct text *out = chips->out;
	const char *label = chips->reader->texts->text[text];
	bool named = chips->property == CHARINDEX_PROPERTY_CATEGORY;

	text_format(out,
	    "<div class=\"group\" role=\"group\" aria-label=\"%s\"><span class=\"legend\">%s</span>\n",
	    label, label);
	put_other_filters(chips);
	for (size_t i = 0; i < chips->count; i++) {
		const struct charindex_facet *facet = &chips->facets[i];
		struct charindex_text value = { facet->value, facet->length };

		put_chip(chips, value, named ? texts_category(chips->reader->texts, value) : NULL,
		    is_pressed(chips, facet), facet->count);
	}
	text_puts(out, "</div>\n");
}

static bool
is_filtered(const struct chips *chips)
{
	return params_find(&chips->exchange->params, search_filter_names[chips->property]) != NULL;
}

void
chips_put(struct text *out, const struct reader *reader)
{
	const struct exchange *exchange = reader->exchange;

	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		struct chips chips = { .out = out,
			.exchange = exchange,
			.reader = reader,
			.property = groups[i].property };

		chips.count =
		    charindex_answer_facets(&exchange->search.answer, chips.property, chips.facets, CHIPS);
		if (chips.count > 1 || is_filtered(&chips))
			put_group(&chips, groups[i].label);
	}
}
