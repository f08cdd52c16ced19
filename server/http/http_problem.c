/* http_problem.c - hides how errors look. */
#include "http_problem.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "counters.h"
#include "http_connection.h"
#include "http_exchange.h"
#include "http_reply.h"
#include "http_server.h"
#include "session.h"

#define PROBLEM_TYPE "application/problem+json"

/* The longest sentence; it may quote a query. */
#define DETAIL_SIZE (20 * 1024)

static const struct {
	int status;
	const char *phrase;
} phrases[] = {
	{ 200, "OK" },
	{ 304, "Not Modified" },
	{ 400, "Bad Request" },
	{ 404, "Not Found" },
	{ 405, "Method Not Allowed" },
	{ 413, "Content Too Large" },
	{ 429, "Too Many Requests" },
	{ 431, "Request Header Fields Too Large" },
	{ 501, "Not Implemented" },
	{ 503, "Service Unavailable" },
};

const char *
http_phrase(int status)
{
	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++)
		if (phrases[i].status == status)
			return phrases[i].phrase;
	return "Internal Server Error";
}

static void
put_problem(struct text *out, int status, struct http_place place, const char *detail)
{
	text_format(out, "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":",
	    http_phrase(status), status);
	text_json(out, detail, strlen(detail));
	if (place.parameter != NULL) {
		text_puts(out, ",\"parameter\":");
		text_json(out, place.parameter, strlen(place.parameter));
	}
	if (place.column > 0)
		text_format(out, ",\"column\":%u", place.column);
	text_puts(out, "}\n");
}

void
http_problem(struct http_exchange *exchange, int status, struct http_place place,
    const char *format, ...)
{
	static const struct http_reply reply = { .type = PROBLEM_TYPE, .open = true };
	struct text *out = &exchange->connection->pool->scratch;
	char detail[DETAIL_SIZE];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(detail, sizeof(detail), format, arguments);
	va_end(arguments);
	text_clear(out);
	put_problem(out, status, place, detail);
	exchange->status = status;
	exchange->etag[0] = '\0';
	http_reply_text(exchange, &reply);
}

/* What evhttp has found, in our words: its status, and ours. */
static int
better_status(const struct http_connection *connection, int status)
{
	if (status == 0)
		return 501;
	if (status == 400 && connection->scan.longest >= HTTP_MAX_HEADERS / 2)
		return 431;
	return status;
}

static const char *
raw_detail(int status)
{
	switch (status) {
	case 413:
		return "A request must not have a body; send GET or HEAD without Content-Length.";
	case 431:
		return "The request line and headers are longer than 16 KB.";
	case 501:
		return "The method is not known; send GET or HEAD.";
	default:
		return "That is not an HTTP/1.1 request (RFC 9112).";
	}
}

void
http_problem_raw(struct http_connection *connection, int status)
{
	struct http_pool *pool = connection->pool;
	struct evbuffer *output = bufferevent_get_output(connection->bev);
	struct text *out = &pool->scratch;

	status = better_status(connection, status);
	text_clear(out);
	put_problem(out, status, (struct http_place){ 0 }, raw_detail(status));
	evbuffer_add_printf(output, "HTTP/1.1 %d %s\r\nContent-Type: " PROBLEM_TYPE "\r\n"
	    "Content-Length: %zu\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
	    status, http_phrase(status), out->length);
	evbuffer_add(output, out->bytes, out->length);
	http_reply_count(pool, status);
}

void
http_problem_refuse(int fd)
{
#define REFUSAL "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503," \
	"\"detail\":\"There are too many clients; try again later.\"}\n"
	char answer[512];
	int length = snprintf(answer, sizeof(answer),
	    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: " PROBLEM_TYPE "\r\n"
	    "Content-Length: %zu\r\nRetry-After: 5\r\nConnection: close\r\n\r\n%s",
	    strlen(REFUSAL), REFUSAL);

	send(fd, answer, (size_t)length, MSG_NOSIGNAL | MSG_DONTWAIT);
}
