/* http.c - the conversation with one client over HTTP, from top to bottom. */
#include "http.h"

#include "connection.h"
#include "coro.h"
#include "exchange.h"
#include "request.h"
#include "response.h"
#include "route.h"
#include "search.h"
#include "shared.h"

struct http {
	struct coro coro;
	uint8_t got;                   /* enum request_status */
	uint8_t reason;                /* enum close_reason, once the conversation is over */
	struct connection *connection; /* not owned */
	struct exchange *exchange;     /* owned; NULL between answers */
	struct request request;        /* the head that is being read, or answered */
};

static void
http_init(void *state, struct connection *connection)
{
	struct http *http = state;

	*http = (struct http){ .connection = connection };
}

static void
http_release(void *state)
{
	struct http *http = state;

	if (http->exchange != NULL)
		exchange_free(http->exchange);
	http->exchange = NULL;
}

/* The three that follow set the reason if they end the conversation. */

/* Reads on in the head of a request. It is taken from the stream only when it has been answered,
 * so that it can be looked at where it is. */
static enum request_status
read_request(struct http *http)
{
	const char *bytes;
	size_t length = stream_peek(&http->connection->stream, REQUEST_MAX_SIZE, &bytes);

	return request_read(&http->request, bytes, length);
}

static bool
input_ended(struct http *http)
{
	if (http->got != REQUEST_PARTIAL)
		return false;
	http->reason = (uint8_t)stream_reason(&http->connection->stream);
	return true;
}

static bool
begin_exchange(struct http *http)
{
	const char *bytes;

	stream_peek(&http->connection->stream, REQUEST_MAX_SIZE, &bytes);
	http->exchange = exchange_new(http->connection, &http->request, bytes);
	if (http->exchange != NULL)
		return true;
	response_out_of_memory(http->connection);
	http->reason = CLOSE_NO_MEMORY;
	return false;
}

/* Ends it: does another one follow on this connection? */
static bool
end_exchange(struct http *http)
{
	struct exchange *exchange = http->exchange;
	bool last = exchange->last;

	http->reason = exchange->reason;
	exchange_end(exchange);
	http->exchange = NULL;
	stream_skip(&http->connection->stream, http->request.size);
	http->request = (struct request){ 0 };
	return !last;
}

static enum coro_status
http_run(void *state)
{
	struct http *http = state;

	CORO_BEGIN(&http->coro);
	do {
		CORO_AWAIT(&http->coro, stream_drained(&http->connection->stream));
		CORO_AWAIT(&http->coro,
		    (http->got = (uint8_t)read_request(http)) != REQUEST_PARTIAL ||
		        stream_input_ended(&http->connection->stream));
		if (input_ended(http) || !begin_exchange(http))
			break;
		route_request(http->exchange);
		if (search_is_wanted(http->exchange) && search_is_allowed(http->exchange) &&
		    !search_at_once(http->exchange)) {
			CORO_AWAIT(&http->coro, stream_let_through(&http->connection->stream));
			search_further(http->exchange);
		}
		if (route_is_costly(http->exchange))
			CORO_AWAIT(&http->coro, stream_let_through(&http->connection->stream));
		route_answer(http->exchange);
		while (response_write(http->exchange))
			CORO_AWAIT(&http->coro, stream_drained(&http->connection->stream));
	} while (end_exchange(http));
	CORO_END(&http->coro);
}

static enum close_reason
http_reason(const void *state)
{
	const struct http *http = state;

	return (enum close_reason)http->reason;
}

static void *
open_shared(struct service *service)
{
	return http_shared_new(service);
}

static void
close_shared(void *shared)
{
	http_shared_free(shared);
}

#define SPEAKS_HTTP \
	.scheme = "http", .advice = "", .too_many = RESPONSE_TOO_MANY_CLIENTS, \
	.state_size = sizeof(struct http), .forwards = true, .open = open_shared, \
	.close = close_shared, .init = http_init, .run = http_run, .reason = http_reason, \
	.release = http_release

const struct face http_face = { .name = "http", .serving = "HTTP", SPEAKS_HTTP };

const struct face admin_face = {
	.name = "admin",
	.serving = "Metrics and health",
	.admin = true,
	SPEAKS_HTTP,
};
