/* api.c - searches, in JSON. */
#include "api.h"

#include <stdlib.h>
#include <string.h>

#include "alternatives.h"
#include "charform.h"
#include "connection.h"
#include "entity.h"
#include "exchange.h"
#include "facts.h"
#include "fields.h"
#include "languages.h"
#include "members.h"
#include "paging.h"
#include "problem.h"
#include "response.h"
#include "search.h"
#include "snapshot.h"
#include "through.h"

const struct reply api_json = {
	.type = "application/json",
	.cache = CACHE_ASK,
	.open = true,
};

/* Values of a property that are counted for an answer. */
#define MAX_FACETS 40

/* To count the values of so many rows takes some tenths of a millisecond. */
#define MANY_TO_COUNT 2000

/* Rows that are made between two looks at the length of the piece. */
#define ROWS_AT_ONCE 32

/* What it costs to make a byte of a row, in bytes that are only copied (stream_charge()): in the
 * list all that is needed stands in the index as it is, properties have to be looked up. */
#define WORK_OF_LIST 8
#define WORK_OF_ROWS 60

/* ---- asking --------------------------------------------------------------------------- */

static void
ask(struct exchange *exchange, const struct search_form *form)
{
	if (!search_prepare(exchange, form))
		return;
	exchange->pending = !response_not_modified(exchange, &api_json);
	exchange->search.wanted = exchange->pending;
}

/* ---- the list of the seed ---------------------------------------------------------------- */

/* The next `c`, which is there: a row always has its tabs and its end. */
static const char *
find(const char *at, const char *end, char c)
{
	const char *found = memchr(at, c, (size_t)(end - at));

	return found != NULL ? found : end;
}

static char *
append(char *out, const char *bytes, size_t length)
{
	memcpy(out, bytes, length);
	return out + length;
}

/* The row in one piece: there may be a hundred thousand of them. */
static void
put_classic_row(struct text *out, bool begun, const char *text, size_t text_length,
    const char *name, size_t name_length)
{
	static const char beginning[] = ",{\"char\":", middle[] = ",\"name\":";
	char *room = text_room(out,
	    CHARFORM_JSON_STRING_SIZE(text_length) + CHARFORM_JSON_STRING_SIZE(name_length) +
	        sizeof(beginning) + sizeof(middle));
	char *at = room;

	if (room == NULL)
		return;
	at = append(at, beginning + !begun, sizeof(beginning) - 1 - !begun);
	at += text_json_string(text, text_length, at);
	at = append(at, middle, sizeof(middle) - 1);
	at += text_json_string(name, name_length, at);
	*at++ = '}';
	text_fill(out, (size_t)(at - room));
}

/* Writes rows as the prompt sends them, "U+2657 \t♗\tWHITE CHESS BISHOP\r\n", in the other form:
 * all it takes is there. */
static void
put_classic_rows(struct text *out, bool begun, const char *at, size_t length)
{
	const char *end = at + length;

	while (at < end) {
		const char *text = find(at, end, '\t') + 1;
		const char *name = find(text, end, '\t') + 1;
		const char *stop = find(name, end, '\r');

		put_classic_row(out, begun, text, (size_t)(name - text) - 1, name, (size_t)(stop - name));
		begun = true;
		at = stop + 2;
	}
}

static bool
more_classic_rows(struct exchange *exchange)
{
	struct text *out = &exchange->body;
	struct charindex_answer *answer = &exchange->search.answer;
	bool begun = answer->shown > 0;
	size_t before = out->length;
	struct charindex_run run;

	if (charindex_answer_next(answer, ROWS_AT_ONCE, &run)) {
		put_classic_rows(out, begun, run.text, run.length);
		stream_charge(&exchange->connection->stream, (out->length - before) * WORK_OF_LIST);
		return true;
	}
	text_puts(out, "]\n");
	return false;
}

void
api_ask_classic(struct exchange *exchange)
{
	static const struct search_form form = { "q", 0, 999999999, false, false };

	ask(exchange, &form);
}

void
api_answer_classic(struct exchange *exchange)
{
	if (!search_has_answer(exchange))
		return;
	paging_link(exchange);
	text_puts(&exchange->body, "[");
	response_in_pieces(exchange, &api_json, more_classic_rows);
}

/* ---- rows ------------------------------------------------------------------------------- */

static void
put_through(struct exchange *exchange, const struct charindex_hit *hit)
{
	struct text *out = &exchange->body;
	struct charindex_record record;

	if (!through_find(exchange, hit, &record)) {
		text_puts(out, "null");
		return;
	}
	text_puts(out, "{\"kind\":");
	text_json_puts(out, charindex_record_kind_name(record.kind));
	text_puts(out, ",\"text\":");
	text_json(out, record.text.bytes, record.text.length);
	text_puts(out, ",\"language\":\"");
	languages_put_tag(out, record.language);
	text_puts(out, "\"}");
}

static void
put_entity(struct text *out, struct charindex_text entity)
{
	if (entity.length > 0)
		text_json(out, entity.bytes, entity.length);
	else
		text_puts(out, "null");
}

static void
put_row(struct exchange *exchange, const struct charindex_hit *hit)
{
	const struct charindex *ci = exchange->snapshot->ci;
	struct text *out = &exchange->body;
	struct members members = { .out = out, .wanted = exchange->members };
	struct charindex_row row;
	struct charindex_label label;

	charindex_row(ci, hit->row, hit->code_point, &row, &label);
	text_puts(out, "{");
	facts_put(&members, ci, hit->row, &row);
	if (members_next(&members, MEMBER_SOURCE))
		text_json_puts(out, charindex_source_name(hit->source));
	if (members_next(&members, MEMBER_THROUGH))
		put_through(exchange, hit);
	if (members_next(&members, MEMBER_ENTITY))
		put_entity(out, entity_of(ci, hit->row, &row));
	text_puts(out, "}");
}

static void put_end(struct exchange *exchange);

static bool
more_rows(struct exchange *exchange)
{
	struct charindex_answer *answer = &exchange->search.answer;
	size_t before = exchange->body.length;
	struct charindex_hit hit;

	for (int n = 0; n < ROWS_AT_ONCE; n++) {
		bool begun = answer->shown > 0;

		if (!charindex_answer_next_hit(answer, &hit)) {
			put_end(exchange);
			return false;
		}
		text_puts(&exchange->body, begun ? "," : "");
		put_row(exchange, &hit);
	}
	stream_charge(&exchange->connection->stream, (exchange->body.length - before) * WORK_OF_ROWS);
	return true;
}

/* ---- what is around them ------------------------------------------------------------------ */

static bool
wants_facets(const struct exchange *exchange)
{
	const struct param *param = params_find(&exchange->params, "facets");

	return strcmp(exchange->search.parameter, "text") != 0 &&
	    (param == NULL || strcmp(param->value, "true") == 0);
}

static void
put_next(struct exchange *exchange)
{
	const struct charindex_summary *summary = &exchange->search.summary;
	struct text *out = &exchange->body;

	text_puts(out, "\"");
	paging_address(out, exchange, summary->first + summary->count);
	text_puts(out, "\"");
}

static void
put_status(struct text *out, const struct search *search)
{
	size_t length;
	char *status = search_status(search, &length);

	if (status != NULL)
		text_json(out, status, length);
	else
		out->failed = true;
	free(status);
}

static void
put_end(struct exchange *exchange)
{
	const struct search *search = &exchange->search;
	struct text *out = &exchange->body;

	text_puts(out, "],\"status\":");
	put_status(out, search);
	text_puts(out, ",\"next\":");
	if (search->summary.more && search->settings.limit > 0)
		put_next(exchange);
	else
		text_puts(out, "null");
	text_puts(out, "}\n");
}

static void
put_category_name(struct text *out, const struct charindex_facet *facet)
{
	text_puts(out, ",\"name\":");
	text_json_puts(out,
	    charindex_category_name((struct charindex_text){ facet->value, facet->length }));
}

static void
put_facets(struct text *out, const struct search *search)
{
	struct charindex_facet facets[MAX_FACETS];

	text_puts(out, ",\"facets\":{");
	for (int property = 0; property < CHARINDEX_PROPERTY_COUNT; property++) {
		size_t count = charindex_answer_facets(&search->answer, (enum charindex_property)property,
		    facets, MAX_FACETS);

		text_format(out, "%s\"%s\":[", property > 0 ? "," : "", facts_property_names[property]);
		for (size_t i = 0; i < count; i++) {
			text_puts(out, i > 0 ? ",{\"value\":" : "{\"value\":");
			text_json(out, facets[i].value, facets[i].length);
			if (property == CHARINDEX_PROPERTY_CATEGORY)
				put_category_name(out, &facets[i]);
			text_format(out, ",\"count\":%u}", (unsigned)facets[i].count);
		}
		text_puts(out, "]");
	}
	text_puts(out, "}");
}

static void
put_alternatives(struct exchange *exchange)
{
	struct text *out = &exchange->body;
	struct alternative list[ALTERNATIVES_MAX];
	unsigned count = alternatives_find(exchange, list);

	text_puts(out, ",\"alternatives\":[");
	for (unsigned i = 0; i < count; i++) {
		text_puts(out, i > 0 ? ",{\"query\":" : "{\"query\":");
		text_json_puts(out, list[i].query);
		text_format(out, ",\"filters\":%s,\"total\":%llu}",
		    list[i].without_filters ? "false" : "true", (unsigned long long)list[i].total);
	}
	text_puts(out, "]");
}

/* A member that is a query, or null. */
static void
put_query(struct text *out, const char *member, const char *query, size_t length)
{
	text_format(out, ",\"%s\":", member);
	if (query != NULL)
		text_json(out, query, length);
	else
		text_puts(out, "null");
}

static void
put_begin(struct exchange *exchange)
{
	const struct search *search = &exchange->search;
	const struct charindex_summary *summary = &search->summary;
	struct text *out = &exchange->body;

	text_puts(out, "{\"query\":");
	text_json(out, search->text, search->length);
	text_format(out, ",\"mode\":\"%s\",\"total\":%llu,\"first\":%llu,\"count\":%llu,\"source\":",
	    charindex_mode_name(search->settings.mode), (unsigned long long)summary->total,
	    (unsigned long long)summary->first, (unsigned long long)summary->count);
	/* the classic rule knows nothing but names */
	text_json_puts(out,
	    charindex_source_name(
	        summary->source < CHARINDEX_SOURCE_COUNT ? summary->source : CHARINDEX_BY_NAME));
	put_query(out, "corrected", summary->corrected, summary->corrected_length);
	put_query(out, "also", summary->also, summary->also_length);
	put_alternatives(exchange);
	if (wants_facets(exchange))
		put_facets(out, search);
	text_puts(out, ",\"results\":[");
}

/* ---- the rich form ------------------------------------------------------------------------ */

bool
api_is_costly(const struct exchange *exchange)
{
	uint64_t total = exchange->search.summary.total;

	/* what has no rows is asked again with less */
	return total == 0 || (total >= MANY_TO_COUNT && wants_facets(exchange));
}

/* Is facets= true or false? */
static bool
facets_are_right(struct exchange *exchange)
{
	const struct param *param = params_find(&exchange->params, "facets");

	if (param == NULL || strcmp(param->value, "true") == 0 || strcmp(param->value, "false") == 0)
		return true;
	problem_of(exchange, 400, "facets", 0, "The parameter 'facets' is true or false.");
	return false;
}

void
api_ask(struct exchange *exchange)
{
	static const struct search_form form = { "q", 100, 1000, false, false };

	if (facets_are_right(exchange) && fields_read(exchange, MEMBERS_OF_RESULT))
		ask(exchange, &form);
}

void
api_ask_text(struct exchange *exchange)
{
	static const struct search_form form = { "text", 100, 1000, true, false };

	if (fields_read(exchange, MEMBERS_OF_RESULT))
		ask(exchange, &form);
}

void
api_answer(struct exchange *exchange)
{
	if (!search_has_answer(exchange))
		return;
	paging_link(exchange);
	put_begin(exchange);
	response_in_pieces(exchange, &api_json, more_rows);
}
