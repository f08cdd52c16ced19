/* http_api.c - hides how searches look in JSON. */
#include "http_api.h"

#include <stdlib.h>
#include <string.h>

#include "charform.h"
#include "generation.h"
#include "http_connection.h"
#include "http_exchange.h"
#include "http_problem.h"
#include "http_query.h"
#include "http_reply.h"

static const struct http_reply json = {
	.type = "application/json",
	.cache = HTTP_CACHE_ASK,
	.open = true,
};

/* Values of a property that are counted for an answer. */
#define MAX_FACETS 40

/* Rows that are made between two looks at the length of the piece. */
#define ROWS_AT_ONCE 32

static const char *const property_names[CHARINDEX_PROPERTY_COUNT] = {
	[CHARINDEX_PROPERTY_CATEGORY] = "category",
	[CHARINDEX_PROPERTY_SCRIPT] = "script",
	[CHARINDEX_PROPERTY_BLOCK] = "block",
	[CHARINDEX_PROPERTY_AGE] = "age",
};

/* An answer that is being written. */
struct search {
	struct http_source source; /* first: a source is a search */
	const struct charindex *ci;
	struct charindex_answer answer;
	struct charindex_summary summary;
	struct charindex_settings settings;
	enum charindex_mode usual_mode; /* that need not be said */
	const char *path; /* of itself, up to the query */
	void (*put_end)(struct text *out, const struct search *search);
	bool begun;
	size_t length;
	char query[];
};

static struct search *
search_of(struct http_source *source)
{
	return (struct search *)source;
}

static void
put_text(struct text *out, struct charindex_text text)
{
	text_json(out, text.bytes, text.length);
}

static void
put_string(struct text *out, const char *string)
{
	text_json(out, string, strlen(string));
}

/* ---- rows ----------------------------------------------------------------------- */

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
put_seed_row(struct text *out, bool begun, const char *text, size_t text_length, const char *name,
    size_t name_length)
{
	static const char beginning[] = ",{\"char\":", middle[] = ",\"name\":";
	char *room = text_room(out, CHARFORM_JSON_STRING_SIZE(text_length) +
	        CHARFORM_JSON_STRING_SIZE(name_length) + sizeof(beginning) + sizeof(middle));
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
put_seed_rows(struct text *out, struct search *search, const char *at, size_t length)
{
	const char *end = at + length;

	while (at < end) {
		const char *text = find(at, end, '\t') + 1;
		const char *name = find(text, end, '\t') + 1;
		const char *stop = find(name, end, '\r');

		put_seed_row(out, search->begun, text, (size_t)(name - text) - 1, name, (size_t)(stop - name));
		search->begun = true;
		at = stop + 2;
	}
}

/* http_source.more of the list of the seed */
static bool
more_seed_rows(struct http_source *source, struct text *out)
{
	struct search *search = search_of(source);
	struct charindex_run run;

	if (charindex_answer_next(&search->answer, ROWS_AT_ONCE, &run)) {
		put_seed_rows(out, search, run.text, run.length);
		return true;
	}
	search->put_end(out, search);
	return false;
}

/* "U+1F468 U+200D" as ["U+1F468","U+200D"]. */
static void
put_codes(struct text *out, struct charindex_text codes)
{
	const char *at = codes.bytes, *end = codes.bytes + codes.length;

	text_puts(out, "[");
	while (at < end) {
		const char *space = memchr(at, ' ', (size_t)(end - at));
		const char *stop = space != NULL ? space : end;

		text_json(out, at, (size_t)(stop - at));
		at = stop + 1;
		if (at < end)
			text_puts(out, ",");
	}
	text_puts(out, "]");
}

/* The fields that all forms of a character have in common, without braces. */
static void
put_facts(struct text *out, const struct charindex_row *row)
{
	text_puts(out, "\"code\":");
	put_text(out, row->codes);
	text_puts(out, ",\"codes\":");
	put_codes(out, row->codes);
	text_puts(out, ",\"char\":");
	put_text(out, row->text);
	text_puts(out, ",\"name\":");
	put_text(out, row->name);
	for (int i = 0; i < CHARINDEX_PROPERTY_COUNT; i++) {
		text_puts(out, ",\"");
		text_puts(out, property_names[i]);
		text_puts(out, "\":");
		put_text(out, row->property[i]);
	}
}

static void
put_full_row(struct text *out, const struct search *search, const struct charindex_hit *hit)
{
	struct charindex_row row;
	struct charindex_label label;

	charindex_row(search->ci, hit->row, hit->code_point, &row, &label);
	text_puts(out, "{");
	put_facts(out, &row);
	text_puts(out, ",\"source\":");
	put_string(out, charindex_source_name(hit->source));
	text_puts(out, "}");
}

/* http_source.more */
static bool
more_rows(struct http_source *source, struct text *out)
{
	struct search *search = search_of(source);
	struct charindex_hit hit;

	for (int n = 0; n < ROWS_AT_ONCE; n++) {
		if (!charindex_answer_next_hit(&search->answer, &hit)) {
			search->put_end(out, search);
			return false;
		}
		if (search->begun)
			text_puts(out, ",");
		search->begun = true;
		put_full_row(out, search, &hit);
	}
	return true;
}

/* ---- searches --------------------------------------------------------------------- */

static void
release_search(struct http_source *source)
{
	struct search *search = search_of(source);

	charindex_answer_release(&search->answer);
	free(search);
}

static void
say_wrong(struct http_exchange *exchange, const struct http_query *query)
{
	http_problem(exchange, 400, (struct http_place){ query->parameter, 0 }, "%s", query->wrong);
}

/* The query is not understood: what the answer says of it. */
static void
say_why(struct http_exchange *exchange, const struct search *search, const char *parameter)
{
	static const char prefix[] = "Error: "; /* for who reads it among rows */
	char *status = malloc(CHARINDEX_ANSWER_STATUS_SIZE(search->length) + 1);
	const char *detail = status;

	if (status == NULL) {
		http_problem(exchange, 503, (struct http_place){ 0 }, "Out of memory; try again later.");
		return;
	}
	status[charindex_answer_status(&search->answer, status)] = '\0';
	if (strncmp(status, prefix, strlen(prefix)) == 0)
		detail += strlen(prefix);
	http_problem(exchange, 400, (struct http_place){ parameter, search->summary.column }, "%s",
	    detail);
	free(status);
}

typedef enum charindex_err begin_answer(struct charindex_answer *answer,
    const struct charindex *ci, const struct charindex_settings *settings, const char *query,
    size_t length);

/* Begins a search: NULL if it cannot be, which has been said then. */
static struct search *
begin_search(struct http_exchange *exchange, const struct http_query *query,
    const char *parameter, begin_answer *begin)
{
	struct search *search = calloc(1, sizeof(*search) + query->length + 1);

	if (search == NULL) {
		http_problem(exchange, 503, (struct http_place){ 0 }, "Out of memory; try again later.");
		return NULL;
	}
	search->source = (struct http_source){ more_rows, release_search };
	search->ci = exchange->lease->ci;
	search->settings = query->settings;
	search->usual_mode = http_usual_mode(exchange);
	search->length = query->length;
	memcpy(search->query, query->text, query->length);
	if (begin(&search->answer, search->ci, &search->settings, search->query, search->length) !=
	    CHARINDEX_OK) {
		http_problem(exchange, 503, (struct http_place){ 0 }, "Out of memory; try again later.");
		release_search(&search->source);
		return NULL;
	}
	charindex_answer_summary(&search->answer, &search->summary);
	http_exchange_count(exchange, search->summary.count);
	if (!search->summary.wrong)
		return search;
	say_why(exchange, search, parameter);
	release_search(&search->source);
	return NULL;
}

/* Does all that comes before the rows: NULL if the request has been answered by that, or has to
 * wait for its turn. */
static struct search *
take_search(struct http_exchange *exchange, const char *parameter, struct http_limits limits,
    begin_answer *begin)
{
	struct http_query query;

	if (http_param(&exchange->params, parameter) == NULL) {
		http_problem(exchange, 400, (struct http_place){ parameter, 0 },
		    "The parameter '%s' is missing.", parameter);
		return NULL;
	}
	if (!http_query_read(exchange, parameter, limits, &query)) {
		say_wrong(exchange, &query);
		return NULL;
	}
	if (http_reply_not_modified(exchange, &json) || !http_query_may_begin(exchange, &query))
		return NULL;
	return begin_search(exchange, &query, parameter, begin);
}

static void
put_seed_end(struct text *out, const struct search *search)
{
	(void)search;
	text_puts(out, "]\n");
}

void
http_api_seed_search(struct http_exchange *exchange)
{
	static const struct http_limits limits = { 0, 999999999, false };
	struct text *out = &exchange->connection->pool->scratch;
	struct search *search = take_search(exchange, "q", limits, charindex_answer_begin);

	if (search == NULL)
		return;
	search->source.more = more_seed_rows;
	search->put_end = put_seed_end;
	text_clear(out);
	text_puts(out, "[");
	http_reply_source(exchange, &json, &search->source);
}

/* ---- the rich form ------------------------------------------------------------------ */

static void
put_next(struct text *out, const struct search *search)
{
	const struct charindex_settings *settings = &search->settings;

	text_format(out, "\"%s", search->path);
	text_url(out, search->query, search->length);
	text_format(out, "&from=%llu&limit=%u",
	    (unsigned long long)(search->summary.first + search->summary.count),
	    (unsigned)settings->limit);
	if (settings->mode != search->usual_mode)
		text_format(out, "&mode=%s", charindex_mode_name(settings->mode));
	if (settings->language[0] != '\0')
		text_format(out, "&lang=%s", settings->language);
	text_puts(out, "\"");
}

static void
put_status(struct text *out, const struct search *search)
{
	char *status = malloc(CHARINDEX_ANSWER_STATUS_SIZE(search->length));

	if (status == NULL) {
		out->failed = true;
		return;
	}
	text_json(out, status, charindex_answer_status(&search->answer, status));
	free(status);
}

static void
put_search_end(struct text *out, const struct search *search)
{
	text_puts(out, "],\"status\":");
	put_status(out, search);
	text_puts(out, ",\"next\":");
	if (search->summary.more && search->settings.limit > 0)
		put_next(out, search);
	else
		text_puts(out, "null");
	text_puts(out, "}\n");
}

static void
put_facets(struct text *out, const struct search *search)
{
	struct charindex_facet facets[MAX_FACETS];

	text_puts(out, ",\"facets\":{");
	for (int property = 0; property < CHARINDEX_PROPERTY_COUNT; property++) {
		size_t count = charindex_answer_facets(&search->answer, (enum charindex_property)property,
		    facets, MAX_FACETS);

		text_format(out, "%s\"%s\":[", property > 0 ? "," : "", property_names[property]);
		for (size_t i = 0; i < count; i++) {
			text_puts(out, i > 0 ? ",{\"value\":" : "{\"value\":");
			text_json(out, facets[i].value, facets[i].length);
			text_format(out, ",\"count\":%u}", (unsigned)facets[i].count);
		}
		text_puts(out, "]");
	}
	text_puts(out, "}");
}

static void
put_search_begin(struct text *out, const struct search *search, bool with_facets)
{
	const struct charindex_summary *summary = &search->summary;

	text_puts(out, "{\"query\":");
	text_json(out, search->query, search->length);
	text_format(out, ",\"mode\":\"%s\",\"total\":%llu,\"first\":%llu,\"count\":%llu,\"source\":",
	    charindex_mode_name(search->settings.mode), (unsigned long long)summary->total,
	    (unsigned long long)summary->first, (unsigned long long)summary->count);
	/* the seed's rule knows nothing but names */
	put_string(out, charindex_source_name(summary->source < CHARINDEX_SOURCE_COUNT ?
	    summary->source : CHARINDEX_BY_NAME));
	text_puts(out, ",\"corrected\":");
	if (summary->corrected != NULL)
		text_json(out, summary->corrected, summary->corrected_length);
	else
		text_puts(out, "null");
	if (with_facets)
		put_facets(out, search);
	text_puts(out, ",\"results\":[");
}

/* Reads facets=true or false: false if it is neither. */
static bool
read_facets(struct http_exchange *exchange, bool *wanted)
{
	const struct http_param *param = http_param(&exchange->params, "facets");

	*wanted = param == NULL || strcmp(param->value, "true") == 0;
	if (*wanted || strcmp(param->value, "false") == 0)
		return true;
	http_problem(exchange, 400, (struct http_place){ "facets", 0 },
	    "The parameter 'facets' is true or false.");
	return false;
}

static void
answer_richly(struct http_exchange *exchange, const char *path, const char *parameter,
    begin_answer *begin, bool with_facets)
{
	const struct http_limits limits = { 100, 1000, begin == charindex_answer_identify };
	struct text *out = &exchange->connection->pool->scratch;
	struct search *search = take_search(exchange, parameter, limits, begin);

	if (search == NULL)
		return;
	search->path = path;
	search->put_end = put_search_end;
	text_clear(out);
	put_search_begin(out, search, with_facets);
	http_reply_source(exchange, &json, &search->source);
}

void
http_api_search(struct http_exchange *exchange)
{
	bool with_facets;

	if (read_facets(exchange, &with_facets))
		answer_richly(exchange, "/api/v1/search?q=", "q", charindex_answer_begin, with_facets);
}

void
http_api_identify(struct http_exchange *exchange)
{
	answer_richly(exchange, "/api/v1/identify?text=", "text", charindex_answer_identify, false);
}

/* ---- one character -------------------------------------------------------------------- */

static void
put_forms(struct text *out, const struct http_char *found)
{
	char room[4];
	const char *text;
	size_t length = http_char_text(found, &text, room);

	text_puts(out, ",\"forms\":{");
	for (int form = 0; form < CHARFORM_COUNT && length > 0; form++) {
		char written[CHARFORM_SIZE(64)];

		if (length > 64)
			break;
		text_puts(out, form > 0 ? "," : "");
		put_string(out, charform_name((enum charform)form));
		text_puts(out, ":");
		text_json(out, written, charform_write((enum charform)form, text, length, written));
	}
	text_puts(out, "}");
}

struct record_list {
	struct text *out;
	bool begun;
};

static void
put_record(void *arg, const struct charindex_record *record)
{
	struct record_list *list = arg;

	text_puts(list->out, list->begun ? ",{\"kind\":" : "{\"kind\":");
	list->begun = true;
	put_string(list->out, charindex_record_kind_name(record->kind));
	text_puts(list->out, ",\"text\":");
	put_text(list->out, record->text);
	text_puts(list->out, ",\"language\":");
	put_string(list->out, record->language);
	text_puts(list->out, "}");
}

static void
put_brief(struct text *out, const struct charindex *ci, uint32_t row, uint32_t code_point)
{
	struct charindex_row facts;
	struct charindex_label label;

	charindex_row(ci, row, code_point, &facts, &label);
	text_puts(out, "{");
	put_facts(out, &facts);
	text_puts(out, "}");
}

static void
put_neighbour(struct text *out, const struct charindex *ci, const char *name, uint32_t row)
{
	text_format(out, ",\"%s\":", name);
	if (row < charindex_info(ci).row_count)
		put_brief(out, ci, row, 0);
	else
		text_puts(out, "null");
}

static void
put_references(struct text *out, const struct charindex *ci, uint32_t row)
{
	uint32_t code_points[32];
	size_t most = sizeof(code_points) / sizeof(code_points[0]);
	size_t count = row != CHARINDEX_NO_ROW ? charindex_references(ci, row, code_points, most) : 0;

	text_puts(out, ",\"references\":[");
	for (size_t i = 0; i < count && i < most; i++) {
		text_puts(out, i > 0 ? "," : "");
		put_brief(out, ci, charindex_row_of(ci, code_points[i]), code_points[i]);
	}
	text_puts(out, "]");
}

static void
put_char(struct text *out, const struct charindex *ci, const struct http_char *found)
{
	struct record_list records = { .out = out };
	uint32_t none = CHARINDEX_NO_ROW;

	text_puts(out, "{");
	put_facts(out, &found->facts);
	put_forms(out, found);
	text_puts(out, ",\"records\":[");
	if (found->row != CHARINDEX_NO_ROW)
		charindex_records(ci, found->row, put_record, &records);
	text_puts(out, "]");
	put_references(out, ci, found->row);
	/* 0 - 1 is no row either */
	put_neighbour(out, ci, "previous", found->row != CHARINDEX_NO_ROW ? found->row - 1 : none);
	put_neighbour(out, ci, "next", found->row != CHARINDEX_NO_ROW ? found->row + 1 : none);
	text_puts(out, "}\n");
}

void
http_api_char(struct http_exchange *exchange)
{
	struct text *out = &exchange->connection->pool->scratch;
	struct http_char found;
	int status;
	const char *wrong = http_char_find(exchange->lease->ci, exchange->rest, &found, &status);

	if (wrong != NULL) {
		http_problem(exchange, status, (struct http_place){ "code", 0 }, "%s", wrong);
		return;
	}
	if (http_reply_not_modified(exchange, &json))
		return;
	text_clear(out);
	put_char(out, exchange->lease->ci, &found);
	http_reply_text(exchange, &json);
}
