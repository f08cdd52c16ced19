/* search_link.c - writes the addresses of searches. */
#include "search_link.h"

#include <string.h>

#include "exchange.h"
#include "languages.h"
#include "search.h"

static void
put(struct text *out, const char *and, const char *name, const char *value, size_t length)
{
	text_puts(out, and);
	text_puts(out, name);
	text_puts(out, "=");
	text_url(out, value, length);
}

static void
put_filters(struct text *out, const struct exchange *exchange, const struct search_step *step,
    const char *and)
{
	const struct params *params = &exchange->params;
	bool changed = step->filter || step->no_filter;

	for (int property = 0; property < CHARINDEX_PROPERTY_COUNT; property++) {
		const char *name = search_filter_names[property];
		bool change = changed && step->property == (enum charindex_property)property;

		for (unsigned i = 0; i < params->count && !change; i++)
			if (strcmp(params->list[i].name, name) == 0)
				put(out, and, name, params->list[i].value, params->list[i].length);
		if (change && step->filter)
			put(out, and, name, step->value.bytes, step->value.length);
	}
}

void
search_link(struct text *out, const struct exchange *exchange, const struct search_step *step,
    const char *and)
{
	const struct search *search = &exchange->search;
	const struct charindex_settings *settings = &search->settings;

	/* of what is being typed white space at the end has a meaning */
	if (step->query.length > 0)
		put(out, "", search->parameter, step->query.bytes, step->query.length);
	else if (settings->typing == CHARINDEX_BETWEEN_WORDS)
		put(out, "", search->parameter, search->text, search->length + 1);
	else
		put(out, "", search->parameter, search->text, search->length);
	if (settings->typing != CHARINDEX_TYPED && step->query.length == 0)
		put(out, and, "typing", "true", strlen("true"));
	if (step->from > 1) {
		text_puts(out, and);
		text_format(out, "from=%llu", (unsigned long long)step->from);
	}
	if (settings->mode != search->usual_mode)
		put(out, and, "mode", charindex_mode_name(settings->mode),
		    strlen(charindex_mode_name(settings->mode)));
	if (strcmp(settings->language, search->usual_language) != 0) {
		text_puts(out, and);
		languages_put_kept(out, search);
	}
	if (!step->no_filters)
		put_filters(out, exchange, step, and);
}
