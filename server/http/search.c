/* search.c - from the parameters of a request to an answer of the library. */
#include "search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "connection.h"
#include "exchange.h"
#include "generation.h"
#include "problem.h"

/* ---- parameters ------------------------------------------------------------------- */

#define SAY(...) (snprintf(wrong, SEARCH_WRONG_SIZE, __VA_ARGS__), false)

static bool
take_text(struct search *search, const struct param *param, char *wrong)
{
	search->text = "";
	if (param == NULL)
		return true;
	if (param->length > SEARCH_MAX_QUERY)
		return SAY("The query is longer than %d bytes.", SEARCH_MAX_QUERY);
	search->length = param->length;
	search->text = search->verbatim ? param->value : charindex_strip(param->value, &search->length);
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
take_language(struct search *search, const struct param *param, const struct charindex *ci,
    char *wrong)
{
	if (param == NULL || param->length == 0 ||
	    charindex_read_language(ci, param->value, param->length, &search->settings))
		return true;
	return SAY("The parameter 'lang' is a language of the index, as en or zh-Hant.");
}

bool
search_read(struct exchange *exchange, const struct search_form *form, const char **parameter,
    char wrong[SEARCH_WRONG_SIZE])
{
	const struct params *params = &exchange->params;
	struct search *search = &exchange->search;
	struct charindex_settings *settings = &search->settings;

	*search = (struct search){
		.verbatim = form->verbatim,
		.parameter = form->parameter,
		.settings = {
			.mode = exchange->connection->service->mode,
			.limit = form->usual_rows,
			.most_rows = form->usual_rows > 0 ? form->most_rows : 0,
		},
	};
	settings->all = form->usual_rows == 0 && params_find(params, "limit") == NULL;
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
	*parameter = "lang";
	return take_language(search, params_find(params, "lang"), exchange->lease->ci, wrong);
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
	exchange_count_query(exchange, search->summary.count);
}

bool
search_at_once(struct exchange *exchange)
{
	struct search *search = &exchange->search;

	if (search->verbatim || !charindex_answer_prepare(&search->answer, exchange->lease->ci,
	        &search->settings, search->text, search->length))
		return false;
	take_answer(exchange);
	return true;
}

void
search_further(struct exchange *exchange)
{
	struct search *search = &exchange->search;
	enum charindex_err error = search->verbatim ?
	    charindex_answer_identify(&search->answer, exchange->lease->ci, &search->settings, search->text,
	        search->length) :
	    charindex_answer_run(&search->answer);

	search->no_memory = error != CHARINDEX_OK;
	if (!search->no_memory)
		take_answer(exchange);
	else
		charindex_answer_release(&search->answer);
}

char *
search_status(const struct search *search, size_t *length)
{
	char *status = malloc(CHARINDEX_ANSWER_STATUS_SIZE(search->length) + 1);

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

	problem_of(exchange, 400, search->parameter, search->summary.column, "column %u: %s",
	    search->summary.column, search->summary.error);
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

void
search_release(struct search *search)
{
	if (search->begun)
		charindex_answer_release(&search->answer);
	search->begun = false;
}
