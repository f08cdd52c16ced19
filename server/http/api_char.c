/* api_char.c - one character, or several, in JSON. */
#include "api_char.h"

#include <stdio.h>
#include <string.h>

#include "about_json.h"
#include "api.h"
#include "char_path.h"
#include "connection.h"
#include "exchange.h"
#include "fields.h"
#include "members.h"
#include "problem.h"
#include "response.h"
#include "snapshot.h"

/* Characters that are asked for at a time, and the longest code of one. */
#define MOST_CODES 100
#define CODE_SIZE 256

/* What it costs to look one up, and to make a byte of it (stream_charge()). */
#define WORK_OF_CHAR 20000
#define WORK_OF_BYTE 60

/* ---- one -------------------------------------------------------------------------------- */

void
api_ask_char(struct exchange *exchange)
{
	struct char_id found;
	int status;
	const char *wrong = char_path_find(exchange->snapshot->ci, exchange->rest, &found, &status);

	if (wrong != NULL)
		problem_of(exchange, status, "code", 0, "%s", wrong);
	else if (fields_read(exchange, MEMBERS_OF_DETAILS))
		exchange->pending = !response_not_modified(exchange, &api_json);
}

void
api_answer_char(struct exchange *exchange)
{
	struct char_id found;
	int status;

	if (char_path_find(exchange->snapshot->ci, exchange->rest, &found, &status) == NULL)
		about_json(&exchange->body, exchange->snapshot->ci, &found, exchange->members);
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
		const char *wrong = char_path_find(exchange->snapshot->ci, code, &found, &status);

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
	if (check_codes(exchange, exchange->rest) && fields_read(exchange, MEMBERS_OF_DETAILS))
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
	if (char_path_find(exchange->snapshot->ci, code, &found, &status) == NULL)
		about_json(&exchange->body, exchange->snapshot->ci, &found, exchange->members);
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
