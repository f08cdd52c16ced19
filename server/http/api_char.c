/* api_char.c - one character, or several, in JSON. */
#include "api_char.h"

#include <stdio.h>
#include <string.h>

#include "api.h"
#include "char_id.h"
#include "charform.h"
#include "connection.h"
#include "exchange.h"
#include "facts.h"
#include "generation.h"
#include "problem.h"
#include "response.h"

/* Characters that are asked for at a time, and the longest code of one. */
#define MOST_CODES 100
#define CODE_SIZE 256

/* What it costs to look one up, and to make a byte of it (stream_charge()). */
#define WORK_OF_CHAR 20000
#define WORK_OF_BYTE 60

static void
put_text(struct text *out, struct charindex_text text)
{
	text_json(out, text.bytes, text.length);
}

static void
put_forms(struct text *out, const struct char_id *found)
{
	char room[4];
	const char *text;
	size_t length = char_id_text(found, &text, room);

	text_puts(out, "{");
	for (int form = 0; form < CHARFORM_COUNT && length > 0; form++) {
		char written[CHARFORM_SIZE(64)];

		if (length > 64)
			break;
		text_puts(out, form > 0 ? "," : "");
		text_json_puts(out, charform_name((enum charform)form));
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
	text_json_puts(list->out, charindex_record_kind_name(record->kind));
	text_puts(list->out, ",\"text\":");
	put_text(list->out, record->text);
	text_puts(list->out, ",\"language\":");
	text_json_puts(list->out, record->language);
	text_puts(list->out, "}");
}

static void
put_brief(struct text *out, const struct charindex *ci, uint32_t row, uint32_t code_point)
{
	struct charindex_row facts;
	struct charindex_label label;
	struct members members = { .out = out, .wanted = MEMBERS_OF_CHARACTER };

	charindex_row(ci, row, code_point, &facts, &label);
	text_puts(out, "{");
	facts_put(&members, ci, row, &facts);
	text_puts(out, "}");
}

static void
put_neighbour(struct text *out, const struct charindex *ci, uint32_t row)
{
	if (row != CHARINDEX_NO_ROW)
		put_brief(out, ci, row, 0);
	else
		text_puts(out, "null");
}

static void
put_records(struct text *out, const struct charindex *ci, uint32_t row)
{
	struct record_list records = { .out = out };

	text_puts(out, "[");
	if (row != CHARINDEX_NO_ROW)
		charindex_records(ci, row, put_record, &records);
	text_puts(out, "]");
}

static void
put_references(struct text *out, const struct charindex *ci, uint32_t row)
{
	uint32_t code_points[32];
	size_t most = sizeof(code_points) / sizeof(code_points[0]);
	size_t count = row != CHARINDEX_NO_ROW ? charindex_references(ci, row, code_points, most) : 0;

	text_puts(out, "[");
	for (size_t i = 0; i < count && i < most; i++) {
		text_puts(out, i > 0 ? "," : "");
		put_brief(out, ci, charindex_row_of(ci, code_points[i]), code_points[i]);
	}
	text_puts(out, "]");
}

static void
put_char(struct exchange *exchange, const struct char_id *found)
{
	const struct charindex *ci = exchange->lease->ci;
	struct text *out = &exchange->body;
	struct members members = { .out = out, .wanted = exchange->members };
	uint32_t previous, next;

	text_puts(out, "{");
	facts_put(&members, ci, found->row, &found->facts);
	if (members_next(&members, MEMBER_FORMS))
		put_forms(out, found);
	if (members_next(&members, MEMBER_RECORDS))
		put_records(out, ci, found->row);
	if (members_next(&members, MEMBER_REFERENCES))
		put_references(out, ci, found->row);
	char_id_neighbours(ci, found, &previous, &next);
	if (members_next(&members, MEMBER_PREVIOUS))
		put_neighbour(out, ci, previous);
	if (members_next(&members, MEMBER_NEXT))
		put_neighbour(out, ci, next);
	text_puts(out, "}");
}

/* ---- one -------------------------------------------------------------------------------- */

void
api_ask_char(struct exchange *exchange)
{
	struct char_id found;
	int status;
	const char *wrong = char_id_find(exchange->lease->ci, exchange->rest, &found, &status);

	if (wrong != NULL)
		problem_of(exchange, status, "code", 0, "%s", wrong);
	else if (members_read(exchange, MEMBERS_OF_DETAILS))
		exchange->pending = !response_not_modified(exchange, &api_json);
}

void
api_answer_char(struct exchange *exchange)
{
	struct char_id found;
	int status;

	if (char_id_find(exchange->lease->ci, exchange->rest, &found, &status) == NULL)
		put_char(exchange, &found);
	text_puts(&exchange->body, "\n");
	response_whole(exchange, 200, &api_json);
}

/* ---- several ---------------------------------------------------------------------------- */

/* Takes the next code off the list, as it stands in a path; + has come as a space. False if there
 * is none. */
static bool
next_code(const char **list, char code[CODE_SIZE])
{
	size_t length = strcspn(*list, ",");

	if (**list == '\0')
		return false;
	snprintf(code, CODE_SIZE, "%.*s", (int)length, *list);
	*list += length + ((*list)[length] == ',');
	if ((code[0] | 0x20) == 'u' && code[1] == ' ')
		code[1] = '+';
	for (char *at = code; (at = strpbrk(at, "-_")) != NULL; at++)
		if ((at[1] | 0x20) == 'u' && at[2] == ' ')
			at[2] = '+';
	return true;
}

/* Are all of them characters? If not, that has been answered. */
static bool
check_codes(struct exchange *exchange, const char *list)
{
	char code[CODE_SIZE];
	unsigned count = 0;

	while (next_code(&list, code)) {
		struct char_id found;
		int status;
		const char *wrong = char_id_find(exchange->lease->ci, code, &found, &status);

		if (wrong != NULL) {
			problem_of(exchange, status, "codes", 0, "'%s': %s", code, wrong);
			return false;
		}
		if (++count > MOST_CODES)
			break;
	}
	if (count > 0 && count <= MOST_CODES)
		return true;
	problem_of(exchange, 400, "codes", 0,
	    "The parameter 'codes' has 1 to %d of them, separated by commas: U+20AC,U+0023-U+20E3.",
	    MOST_CODES);
	return false;
}

void
api_ask_chars(struct exchange *exchange)
{
	const struct param *param = params_find(&exchange->params, "codes");

	exchange->rest = param != NULL ? param->value : "";
	if (check_codes(exchange, exchange->rest) && members_read(exchange, MEMBERS_OF_DETAILS))
		exchange->pending = !response_not_modified(exchange, &api_json);
}

static bool
more_chars(struct exchange *exchange)
{
	size_t before = exchange->body.length;
	struct char_id found;
	char code[CODE_SIZE];
	bool begun = exchange->rest != params_find(&exchange->params, "codes")->value;
	int status;

	if (!next_code(&exchange->rest, code)) {
		text_puts(&exchange->body, "]}\n");
		return false;
	}
	text_puts(&exchange->body, begun ? "," : "");
	if (char_id_find(exchange->lease->ci, code, &found, &status) == NULL)
		put_char(exchange, &found);
	stream_charge(&exchange->connection->stream,
	    WORK_OF_CHAR + (exchange->body.length - before) * WORK_OF_BYTE);
	return true;
}

void
api_answer_chars(struct exchange *exchange)
{
	text_puts(&exchange->body, "{\"characters\":[");
	response_in_pieces(exchange, &api_json, more_chars);
}
