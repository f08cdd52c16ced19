/* answer.c - an answer begun, given and summed up: the classic one, as it lies in the index, or
 * the hits of other stages. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "classic_search.h"
#include "extra.h"
#include "identify.h"
#include "stages.h"

/* Rows of a page in wide mode, if nothing else is said. */
#define WIDE_PAGE 20

/* ---- beginning ------------------------------------------------------------------------------ */

static void
init(struct charindex_answer *answer, const struct charindex *ci,
    const struct charindex_settings *settings, const char *query, size_t length)
{
	answer->search.ci = ci;
	answer->search.list_count = 0;
	answer->searched = false;
	answer->result = NULL;
	answer->query = query;
	answer->query_length = length;
	answer->shown = 0;
	answer->settings = *settings;
}

/* Is the whole answer the page, whatever there is? */
static bool
is_unpaged(const struct charindex_settings *settings)
{
	return (settings->limit == 0 || settings->all) && settings->most_rows == 0 &&
	    settings->from <= 1 && settings->filter_count == 0 && settings->mode != CHARINDEX_WIDE;
}

bool
charindex_answer_prepare(struct charindex_answer *answer, const struct charindex *ci,
    const struct charindex_settings *settings, const char *query, size_t length)
{
	bool classic = settings->mode == CHARINDEX_CLASSIC;

	struct charindex_text asked;

	init(answer, ci, settings, query, length);
	asked = prepared_text(answer);
	if (!is_unpaged(settings) || !(classic || query_is_words(ci, asked.bytes, asked.length)))
		return false;
	classic_search_init(&answer->search, ci, asked.bytes, asked.length);
	answer->searched = true;
	return classic || classic_search_has_rows(&answer->search);
}

/* What the query says is said for this answer. */
static void
take_settings(struct charindex_settings *settings, const struct query *query)
{
	if (query->settings.limit > 0 || query->settings.all) {
		settings->limit = query->settings.limit;
		settings->all = query->settings.all;
	}
	if (settings->from == 0)
		settings->from = query->settings.from;
	if (query->settings.language[0] != '\0')
		strcpy(settings->language, query->settings.language);
}

/* Rows of the page at most; 0: all. */
static uint32_t
page_limit(const struct charindex_settings *settings)
{
	uint32_t usual = settings->mode == CHARINDEX_WIDE ? WIDE_PAGE : 0;
	uint32_t limit = settings->all ? 0 : settings->limit > 0 ? settings->limit : usual;

	if (settings->most_rows > 0 && (limit == 0 || limit > settings->most_rows))
		return settings->most_rows;
	return limit;
}

/* What is left of a plain query without its settings is what is searched for. */
static bool
leave_out_settings(struct prepared *prepared)
{
	const struct query *query = prepared->query;
	char **words = &prepared->result->words;

	if (!query->plain || query->setting_count == 0)
		return true;
	*words = malloc(prepared->length);
	if (*words == NULL)
		return false;
	prepared->length =
	    query_without_settings(query, prepared->whole, prepared->whole_length, *words);
	prepared->text = *words;
	return true;
}

/* Takes the query apart, and answers it. */
static bool
parse_and_run(struct charindex_answer *answer, struct query *query, struct prepared *prepared)
{
	if (answer->settings.mode == CHARINDEX_CLASSIC)
		query_init(query);
	else if (!query_parse_typing(query, prepared->ci, prepared->whole, prepared->whole_length,
	             answer->settings.typing))
		prepared->result->error = query->error;
	if (query->no_memory)
		return false;
	take_settings(&answer->settings, query);
	if (!leave_out_settings(prepared))
		return false;
	if (answer->searched && prepared->text == prepared->whole)
		prepared->classic = &answer->search;
	return stages_run(prepared);
}

enum charindex_err
charindex_answer_run(struct charindex_answer *answer)
{
	struct charindex_text asked = prepared_text(answer);
	struct query query;
	struct prepared prepared;

	answer->result = result_new(answer->search.ci);
	if (answer->result == NULL)
		return CHARINDEX_ERR_MEMORY;
	prepared.ci = answer->search.ci;
	prepared.settings = &answer->settings;
	prepared.query = &query;
	prepared.text = prepared.whole = asked.bytes;
	prepared.length = prepared.whole_length = asked.length;
	prepared.classic = NULL;
	prepared.words.count = 0;
	prepared.corrected = false;
	prepared.result = answer->result;
	prepared.hits = &answer->result->hits;
	if (!parse_and_run(answer, &query, &prepared))
		return CHARINDEX_ERR_MEMORY;
	if (answer->settings.filter_count > 0)
		hits_filter(&answer->result->hits, &answer->settings);
	hits_pack(&answer->result->hits);
	result_set_page(answer->result, answer->settings.from, page_limit(&answer->settings));
	return CHARINDEX_OK;
}

enum charindex_err
charindex_answer_begin(struct charindex_answer *answer, const struct charindex *ci,
    const struct charindex_settings *settings, const char *query, size_t length)
{
	return charindex_answer_prepare(answer, ci, settings, query, length)
	    ? CHARINDEX_OK
	    : charindex_answer_run(answer);
}

enum charindex_err
charindex_answer_identify(struct charindex_answer *answer, const struct charindex *ci,
    const struct charindex_settings *settings, const char *text, size_t length)
{
	init(answer, ci, settings, text, length);
	answer->settings.instead = NULL;
	answer->result = result_new(ci);
	if (answer->result == NULL ||
	    !identify_text(&answer->result->hits, text, length, CHARINDEX_BY_TEXT))
		return CHARINDEX_ERR_MEMORY;
	answer->result->hits.source = CHARINDEX_BY_TEXT;
	if (settings->filter_count > 0)
		hits_filter(&answer->result->hits, settings);
	hits_pack(&answer->result->hits);
	answer->settings.mode = CHARINDEX_AUTO; /* which has no pages of its own */
	result_set_page(answer->result, settings->from, page_limit(&answer->settings));
	return CHARINDEX_OK;
}

size_t
charindex_answer_memory(const struct charindex_answer *answer)
{
	return answer->result != NULL ? answer->result->hits.packed_size : 0;
}

void
charindex_answer_release(struct charindex_answer *answer)
{
	result_free(answer->result);
	answer->result = NULL;
}

/* ---- giving --------------------------------------------------------------------------------- */

bool
charindex_answer_next(struct charindex_answer *answer, uint32_t max_rows, struct charindex_run *run)
{
	bool any = answer->result != NULL ? result_next(answer->result, max_rows, run)
	                                  : classic_search_next(&answer->search, max_rows, run);

	if (any)
		answer->shown += run->count;
	return any;
}

/* Copies hits as long as they fit. */
static size_t
copy_hits(struct charindex_answer *answer, char *out, size_t room)
{
	struct charindex_result *result = answer->result;
	struct charindex_run run;
	size_t copied = 0;

	for (;;) {
		struct packed_reader before = result->page.reader;

		if (!result_next(result, 1, &run))
			break;
		if (run.length > room - copied) {
			result->page.reader = before;
			break;
		}
		memcpy(out + copied, run.text, run.length);
		copied += run.length;
		answer->shown++;
	}
	return copied;
}

size_t
charindex_answer_copy(struct charindex_answer *answer, char *out, size_t room)
{
	return answer->result != NULL ? copy_hits(answer, out, room)
	                              : classic_search_copy(&answer->search, out, room, &answer->shown);
}

bool
charindex_answer_ended(const struct charindex_answer *answer)
{
	const struct charindex_result *result = answer->result;

	return result != NULL ? result->page.reader.number >= result->page.end
	                      : answer->search.list_count == 0;
}

bool
charindex_answer_next_hit(struct charindex_answer *answer, struct charindex_hit *hit)
{
	struct charindex_result *result = answer->result;
	struct charindex_run run;

	if (result != NULL) {
		if (result->page.reader.number >= result->page.end)
			return false;
		*hit = hits_read(&result->hits, &result->page.reader);
	} else {
		if (!classic_search_next(&answer->search, 1, &run))
			return false;
		*hit = (struct charindex_hit){ run.first, extra_row_code(answer->search.ci, run.first),
			CHARINDEX_BY_NAME };
	}
	answer->shown++;
	return true;
}

/* ---- what is known of the whole ---------------------------------------------------------------- */

/* Rows that the classic rule has still to give. */
static uint64_t
count_rest(const struct charindex_answer *answer)
{
	struct charindex_search search = answer->search;
	struct charindex_run run;
	uint64_t count = 0;

	while (classic_search_next(&search, UINT32_MAX, &run))
		count += run.count;
	return count;
}

void
charindex_answer_summary(const struct charindex_answer *answer, struct charindex_summary *summary)
{
	const struct charindex_result *result = answer->result;

	*summary = (struct charindex_summary){
		.first = 1,
		.source = CHARINDEX_BY_NAME,
		.corrected = answer->settings.instead,
		.corrected_length = answer->settings.instead_length,
	};
	if (result == NULL) {
		summary->total = summary->count =
		    answer->shown + (charindex_answer_ended(answer) ? 0 : count_rest(answer));
		return;
	}
	summary->total = result->hits.count;
	summary->first = (uint64_t)result->page.first + 1;
	summary->count = result->page.end - result->page.first;
	summary->more = result->page.end < result->hits.count;
	summary->column = result->error.column;
	summary->error = result->error.column > 0 ? result->error.text : NULL;
	summary->source = result->hits.source;
	summary->work = result->hits.work;
	if (result->also.length > 0) {
		summary->also = result->also.text;
		summary->also_length = result->also.length;
	}
	if (result->corrected.length > 0) {
		summary->corrected = result->corrected.text;
		summary->corrected_length = result->corrected.length;
	}
}

void
charindex_answer_mistake(const struct charindex_answer *answer, struct charindex_mistake *mistake)
{
	const struct charindex_result *result = answer->result;

	*mistake = (struct charindex_mistake){ 0 };
	if (result != NULL && result->error.column > 0)
		*mistake = result->error.mistake;
}

static char *
put_instead(const struct charindex_answer *answer, char *out)
{
	const struct charindex_settings *settings = &answer->settings;

	return status_put_repr(answer->search.ci, settings->instead, settings->instead_length,
	    stpcpy(out, " as "));
}

/* "by keyword", "as 'smiling'": how the rows were hits, if that is not plain from the query. */
static char *
put_how(const struct charindex_answer *answer, char *out)
{
	const struct charindex_result *result = answer->result;

	if (result->corrected.length > 0)
		return status_put_repr(answer->search.ci, result->corrected.text, result->corrected.length,
		    stpcpy(out, " as "));
	if (answer->settings.instead != NULL)
		return put_instead(answer, out);
	if (result->hits.count == 0 || result->hits.source == CHARINDEX_SOURCE_COUNT ||
	    result->hits.source == CHARINDEX_BY_NAME)
		return out;
	return stpcpy(stpcpy(out, " by "), charindex_source_name(result->hits.source));
}

size_t
charindex_answer_longest(const struct charindex_answer *answer)
{
	return answer->settings.instead_length > answer->query_length ? answer->settings.instead_length
	                                                              : answer->query_length;
}

size_t
charindex_answer_status(const struct charindex_answer *answer, char *out)
{
	const struct charindex_result *result = answer->result;
	char *p = out;

	if (result == NULL) {
		p += charindex_status(answer->search.ci, answer->shown, answer->query, answer->query_length,
		    p);
		if (answer->settings.instead != NULL)
			p = put_instead(answer, p);
		return (size_t)(p - out);
	}
	if (result->error.column > 0)
		return (
		    size_t)sprintf(out, "Error: column %u: %s", result->error.column, result->error.text);
	if (result->hits.count > 0 &&
	    (result->page.first > 0 || result->page.end < result->hits.count)) {
		if (result->page.end > result->page.first + 1)
			p += sprintf(p, "%u-%u of ", (unsigned)result->page.first + 1,
			    (unsigned)result->page.end);
		else
			p += sprintf(p, result->page.end > result->page.first ? "%u of " : "0 of ",
			    (unsigned)result->page.end);
	}
	p += charindex_status(answer->search.ci, result->hits.count, answer->query,
	    answer->query_length, p);
	p = put_how(answer, p);
	if (result->also.length > 0)
		p = status_put_repr(answer->search.ci, result->also.text, result->also.length,
		    stpcpy(p, " or "));
	return (size_t)(p - out);
}
