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
answer(struct exchange *exchange, int status, const char *parameter, unsigned column,
    const char *detail)
{
	struct text *out = &exchange->body;

	text_clear(out);
	text_format(out,
	    "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":", head_phrase(status),
	    status);
	text_json(out, detail, strlen(detail));
	if (parameter != NULL) {
		text_puts(out, ",\"parameter\":");
		text_json(out, parameter, strlen(parameter));
	}
	if (column > 0)
		text_format(out, ",\"column\":%u", column);
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
	answer(exchange, status, NULL, 0, detail);
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
	answer(exchange, status, parameter, column, detail);
}

void
problem_no_memory(struct exchange *exchange)
{
	exchange->body.failed = true; /* response.c has a body for that */
	response_whole(exchange, 503, &reply);
}
