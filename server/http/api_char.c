/* api_char.c - one character, in JSON. */
#include "api_char.h"

#include "about_json.h"
#include "api.h"
#include "char_path.h"
#include "exchange.h"
#include "generation.h"
#include "problem.h"
#include "response.h"

void
api_ask_char(struct exchange *exchange)
{
	struct char_id found;
	int status;
	const char *wrong = char_path_find(exchange->lease->ci, exchange->rest, &found, &status);

	if (wrong != NULL)
		problem_of(exchange, status, "code", 0, "%s", wrong);
	else
		exchange->pending = !response_not_modified(exchange, &api_json);
}

void
api_answer_char(struct exchange *exchange)
{
	struct char_id found;
	int status;

	if (char_path_find(exchange->lease->ci, exchange->rest, &found, &status) == NULL)
		about_json(&exchange->body, exchange->lease->ci, &found);
	text_puts(&exchange->body, "\n");
	response_whole(exchange, 200, &api_json);
}
