/* search.c - from the parameters of a request to an answer of the library. */
#include "search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "connection.h"
#include "exchange.h"
#include "languages.h"
#include "long_way.h"
#include "problem.h"
#include "ration.h"
#include "response.h"
#include "snapshot.h"

/* ---- parameters ------------------------------------------------------------------- */

#define SAY(...) (snprintf(wrong, SEARCH_WRONG_SIZE, __VA_ARGS__), false)

/* What a filter takes, for who has given it something else. */
static const char *const filter_advice[CHARINDEX_PROPERTY_COUNT] = {
	[CHARINDEX_PROPERTY_CATEGORY] = "a general category, as Sm; /api/v1/categories has all",
	[CHARINDEX_PROPERTY_SCRIPT] = "a script, as Greek; /api/v1/scripts has all",
	[CHARINDEX_PROPERTY_BLOCK] = "a block, as Arrows; /api/v1/blocks has all",
	[CHARINDEX_PROPERTY_AGE] = "a version of Unicode, as 15.1 or >=15; /api/v1/versions has all",
};

const char *const search_filter_names[CHARINDEX_PROPERTY_COUNT] = {
	[CHARINDEX_PROPERTY_CATEGORY] = "cat",
	[CHARINDEX_PROPERTY_SCRIPT] = "script",
	[CHARINDEX_PROPERTY_BLOCK] = "block",
	[CHARINDEX_PROPERTY_AGE] = "age",
};

static bool
take_text(struct search *search, const struct param *param, char *wrong)
{
	search->text = "";
	if (param == NULL)
		return true;
	if (param->length > SEARCH_MAX_QUERY)
		return SAY("The query is longer than %d bytes.", SEARCH_MAX_QUERY);
	search->length = param->length;
	search->text = charindex_strip(param->value, &search->length);
	/* somebody has pasted a space that is none, and wants to know which */
	search->verbatim |= search->length == 0 && strspn(param->value, " \t\n\v\f\r") < param->length;
	if (search->verbatim) {
		search->text = param->value;
		search->length = param->length;
	}
	return true;
}

static bool
take_number(const struct param *param, uint32_t most, uint32_t *out, char *wrong)
{
	if (param == NULL)
		return true;
	if (!params_number(param, out) || *out < 1 || *out > most)
		return SAY("The parameter '%s' is a number from 1 to %u.", param->name, (unsigned)most);
	return true;
}

static bool
take_mode(struct search *search, const struct param *param, char *wrong)
{
	if (param == NULL)
		return true;
	if (charindex_read_mode(param->value, param->length, &search->settings.mode))
		return true;
	return SAY("The parameter 'mode' is one of classic, auto and wide.");
}

static bool
take_languages(struct exchange *exchange, const struct search_form *form, char *wrong)
{
	bool right = languages_of_params(exchange);

	if (form->page)
		languages_of_reader(exchange);
	return right ||
	    SAY("The parameter 'lang' is a language of /api/v1/languages, as fr or zh-Hant, or up to "
	        "%d of them with commas between.",
	        CHARINDEX_MAX_LANGUAGES);
}

/* Which property does the parameter filter by? CHARINDEX_PROPERTY_COUNT: none. */
static enum charindex_property
filtered_property(const char *name)
{
	int property = 0;

	while (property < CHARINDEX_PROPERTY_COUNT && strcmp(search_filter_names[property], name) != 0)
		property++;
	return (enum charindex_property)property;
}

static bool
take_filters(struct search *search, const struct params *params, const struct charindex *ci,
    const char **parameter, char *wrong)
{
	struct charindex_settings *settings = &search->settings;

	settings->filters = search->filters;
	for (unsigned i = 0; i < params->count; i++) {
		const struct param *param = &params->list[i];
		enum charindex_property property = filtered_property(param->name);

		if (property == CHARINDEX_PROPERTY_COUNT)
			continue;
		*parameter = param->name;
		if (settings->filter_count == SEARCH_MAX_FILTERS)
			return SAY("There are more than %d filters.", SEARCH_MAX_FILTERS);
		if (!charindex_read_filter(ci, property, param->value, param->length,
		        &search->filters[settings->filter_count]))
			return SAY("The parameter '%s' is %s.", param->name, filter_advice[property]);
		settings->filter_count++;
	}
	return true;
}

/* With `typing`, the query is as it stands in a box while somebody types. */
static bool
take_typing(struct search *search, const struct param *text, const struct param *param, char *wrong)
{
	bool typing = param != NULL && strcmp(param->value, "true") == 0;

	if (param != NULL && !typing && strcmp(param->value, "false") != 0)
		return SAY("The parameter 'typing' is true or false.");
	if (typing && text != NULL)
		search->settings.typing = search->text + search->length < text->value + text->length
		    ? CHARINDEX_BETWEEN_WORDS
		    : CHARINDEX_IN_WORD;
	return true;
}

bool
search_read(struct exchange *exchange, const struct search_form *form, const char **parameter,
    char wrong[SEARCH_WRONG_SIZE])
{
	const struct params *params = &exchange->params;
	struct search *search = &exchange->search;
	struct charindex_settings *settings = &search->settings;

	enum charindex_mode mode = form->page ? CHARINDEX_WIDE : exchange->connection->service->mode;

	*search = (struct search){
		.verbatim = form->verbatim,
		.parameter = form->parameter,
		.usual_mode = mode,
		.settings = {
			.mode = mode,
			.limit = form->usual_rows,
			.most_rows = form->usual_rows > 0 ? form->most_rows : 0,
		},
	};
	settings->all = form->usual_rows == 0 && params_find(params, "limit") == NULL;
	*parameter = "lang";
	if (!take_languages(exchange, form, wrong))
		return false;
	*parameter = form->parameter;
	if (!take_text(search, params_find(params, form->parameter), wrong))
		return false;
	*parameter = "limit";
	if (!take_number(params_find(params, "limit"), form->most_rows, &settings->limit, wrong))
		return false;
	*parameter = "from";
	if (!take_number(params_find(params, "from"), 999999999, &settings->from, wrong))
		return false;
	*parameter = "mode";
	if (!take_mode(search, params_find(params, "mode"), wrong))
		return false;
	*parameter = "typing";
	if (!take_typing(search, params_find(params, form->parameter), params_find(params, "typing"),
	        wrong))
		return false;
	return take_filters(search, params, exchange->snapshot->ci, parameter, wrong);
}

bool
search_prepare(struct exchange *exchange, const struct search_form *form)
{
	const char *parameter = form->parameter;
	char wrong[SEARCH_WRONG_SIZE];

	if (params_find(&exchange->params, parameter) == NULL)
		problem_of(exchange, 400, parameter, 0, "The parameter '%s' is missing.", parameter);
	else if (!search_read(exchange, form, &parameter, wrong))
		problem_of(exchange, 400, parameter, 0, "%s", wrong);
	else
		exchange->search.wanted = true;
	return exchange->search.wanted;
}

void
search_prepare_all(struct exchange *exchange, const struct reply *reply)
{
	static const char everything[] = "-cat:Cn";
	struct search *search = &exchange->search;

	exchange->pending = !response_not_modified(exchange, reply);
	search->text = everything;
	search->length = strlen(everything);
	search->parameter = "q";
	search->settings.mode = CHARINDEX_AUTO;
	search->settings.all = true;
	search->wanted = exchange->pending;
}

bool
search_is_allowed(struct exchange *exchange)
{
	if (ration_take(exchange->connection->service, &exchange->client))
		return true;
	exchange->pending = false; /* but answered now */
	problem(exchange, 429, "Your address asks more often than it may; wait some seconds.");
	return false;
}

/* ---- running ---------------------------------------------------------------------- */

bool
search_is_wanted(const struct exchange *exchange)
{
	return exchange->search.wanted;
}

static void
take_answer(struct exchange *exchange)
{
	struct search *search = &exchange->search;

	search->begun = true;
	stream_hold(&exchange->connection->stream, charindex_answer_memory(&search->answer));
	charindex_answer_summary(&search->answer, &search->summary);
	connection_count_answer(exchange->connection, search->summary.count);
}

bool
search_at_once(struct exchange *exchange)
{
	struct search *search = &exchange->search;

	if (search->verbatim)
		return false;
	synonyms_apply(exchange->snapshot->synonyms, search->text, search->length, &search->settings);
	if (!charindex_answer_prepare(&search->answer, exchange->snapshot->ci, &search->settings,
	        search->text, search->length) &&
	    !long_way_recalls(exchange->connection->service, exchange->snapshot, &search->answer))
		return false;
	take_answer(exchange);
	return true;
}

void
search_further(struct exchange *exchange)
{
	struct search *search = &exchange->search;
	enum charindex_err error = search->verbatim
	    ? charindex_answer_identify(&search->answer, exchange->snapshot->ci, &search->settings,
	          search->text, search->length)
	    : long_way_run(exchange->connection->service, exchange->snapshot, &search->answer);

	search->no_memory = error != CHARINDEX_OK;
	if (!search->no_memory)
		take_answer(exchange);
	else
		charindex_answer_release(&search->answer);
}

char *
search_status(const struct search *search, size_t *length)
{
	char *status =
	    malloc(CHARINDEX_ANSWER_STATUS_SIZE(charindex_answer_longest(&search->answer)) + 1);

	if (status == NULL)
		return NULL;
	*length = charindex_answer_status(&search->answer, status);
	status[*length] = '\0';
	return status;
}

/* The query is not understood. */
static void
say_why(struct exchange *exchange)
{
	const struct search *search = &exchange->search;
	struct charindex_mistake mistake;

	charindex_answer_mistake(&search->answer, &mistake);
	problem_of_query(exchange, search->parameter, search->summary.column, search->summary.error,
	    &mistake);
}

bool
search_has_answer(struct exchange *exchange)
{
	const struct search *search = &exchange->search;

	if (search->no_memory)
		problem_no_memory(exchange);
	else if (search->summary.error != NULL)
		say_why(exchange);
	return !search->no_memory && search->summary.error == NULL;
}
