/* problem.c - how errors look. */
#include "problem.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "exchange.h"
#include "head.h"
#include "response.h"

static const struct reply reply = { .type = PROBLEM_TYPE, .open = true };

/* The longest sentence; it may quote a query. */
#define DETAIL_SIZE (20 * 1024)

static void
put_member(struct text *out, const char *name, const char *bytes, size_t length)
{
	text_format(out, ",\"%s\":", name);
	text_json(out, bytes, length);
}

static void
put_mistake(struct text *out, const struct charindex_mistake *mistake)
{
	const char *fault = charindex_fault_name(mistake->fault);

	put_member(out, "fault", fault, strlen(fault));
	if (mistake->length > 0)
		put_member(out, "value", mistake->value, mistake->length);
	if (mistake->field == NULL)
		return;
	put_member(out, "field", mistake->field, strlen(mistake->field));
	put_member(out, "example", mistake->example, strlen(mistake->example));
}

/* `parameter` and `mistake` may be NULL, and `column` 0. */
static void
answer(struct exchange *exchange, int status, const char *parameter, unsigned column,
    const char *detail, const struct charindex_mistake *mistake)
{
	struct text *out = &exchange->body;

	text_clear(out);
	text_format(out,
	    "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":", head_phrase(status),
	    status);
	text_json(out, detail, strlen(detail));
	if (parameter != NULL)
		put_member(out, "parameter", parameter, strlen(parameter));
	if (column > 0)
		text_format(out, ",\"column\":%u", column);
	if (mistake != NULL)
		put_mistake(out, mistake);
	text_puts(out, "}\n");
	response_whole(exchange, status, &reply);
}

void
problem(struct exchange *exchange, int status, const char *format, ...)
{
	char detail[DETAIL_SIZE];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(detail, sizeof(detail), format, arguments);
	va_end(arguments);
	answer(exchange, status, NULL, 0, detail, NULL);
}

void
problem_of(struct exchange *exchange, int status, const char *parameter, unsigned column,
    const char *format, ...)
{
	char detail[DETAIL_SIZE];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(detail, sizeof(detail), format, arguments);
	va_end(arguments);
	answer(exchange, status, parameter, column, detail, NULL);
}

void
problem_of_query(struct exchange *exchange, const char *parameter, unsigned column,
    const char *error, const struct charindex_mistake *mistake)
{
	char detail[DETAIL_SIZE];

	snprintf(detail, sizeof(detail), "column %u: %s", column, error);
	answer(exchange, 400, parameter, column, detail, mistake);
}

void
problem_no_memory(struct exchange *exchange)
{
	exchange->body.failed = true; /* response.c has a body for that */
	response_whole(exchange, 503, &reply);
}
