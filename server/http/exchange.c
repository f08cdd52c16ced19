/* exchange.c - from a request that has come whole to an answer that has been sent: whose it is,
 * and what is counted and logged of it. */
#include "exchange.h"

#include <stdlib.h>
#include <string.h>

#include "address.h"
#include "admission.h"
#include "connection.h"
#include "forwarded.h"
#include "log.h"
#include "shared.h"
#include "snapshot.h"
#include "trusted.h"

/* ---- whose it is ------------------------------------------------------------------- */

static bool
is_trusted(void *arg, const struct in6_addr *ip)
{
	return trusted_has(arg, ip);
}

/* The client behind trusted proxies, as far as they are (HTTP.md, "Limits"). */
static struct in6_addr
find_client(const struct exchange *exchange)
{
	const struct trusted *trusted = exchange->connection->service->trusted;
	struct in6_addr peer = exchange->connection->peer;

	if (exchange->request->status != REQUEST_READY || !trusted_has(trusted, &peer))
		return peer;
	return forwarded_client(exchange->request, exchange->head, peer, is_trusted, (void *)trusted);
}

bool
exchange_takes_place(struct exchange *exchange)
{
	const struct connection *connection = exchange->connection;
	struct sockaddr_in6 client = { .sin6_family = AF_INET6, .sin6_addr = exchange->client };

	return !trusted_has(connection->service->trusted, &connection->peer) ||
	    admission_take_place(connection->service->admission, (const struct sockaddr *)&client,
	        &exchange->place) == ADMISSION_GRANTED;
}

/* ---- the beginning ------------------------------------------------------------------- */

/* Is it the last request of those that came before the server was told to shut down? */
static bool
is_last_of_all(const struct exchange *exchange)
{
	struct connection *connection = exchange->connection;
	const char *bytes;

	return connection->service->draining && stream_input_ended(&connection->stream) &&
	    stream_peek(&connection->stream, SIZE_MAX, &bytes) == exchange->request->size;
}

struct exchange *
exchange_new(struct connection *connection, const struct request *request, const char *head)
{
	size_t room = (size_t)request->path.length + request->query.length + 2;
	struct exchange *exchange = malloc(sizeof(*exchange) + room);

	if (exchange == NULL)
		return NULL;
	*exchange = (struct exchange){
		.connection = connection,
		.shared = connection->face->shared,
		.request = request,
		.head = head,
		.snapshot = snapshot_hold(connection->service->snapshot),
		.status = 200,
	};
	exchange->body = http_shared_take_text(exchange->shared);
	exchange->client = find_client(exchange);
	if (request->status == REQUEST_BAD)
		exchange_close_after(exchange, CLOSE_BAD_REQUEST);
	else if (!request->persistent || is_last_of_all(exchange))
		exchange_close_after(exchange, CLOSE_ANSWERED);
	connection->answering = true;
	return exchange;
}

void
exchange_close_after(struct exchange *exchange, enum close_reason reason)
{
	exchange->last = true;
	exchange->reason = (uint8_t)reason;
}

/* ---- the end ----------------------------------------------------------------------- */

void
exchange_free(struct exchange *exchange)
{
	struct connection *connection = exchange->connection;

	connection->answering = false;
	search_release(&exchange->search);
	stream_hold(&connection->stream, 0);
	if (exchange->gzip != NULL)
		http_shared_return_gzip(exchange->shared, exchange->gzip);
	text_release(&exchange->links);
	http_shared_return_text(exchange->shared, &exchange->body);
	admission_give_back(connection->service->admission, exchange->place);
	snapshot_drop(exchange->snapshot);
	free(exchange);
}

/* Writes bytes of a request as they can stand in the log. */
static void
escape(const char *bytes, size_t length, char *out, size_t size)
{
	static const char hex[] = "0123456789abcdef";
	char *end = out + size - 5;

	for (size_t i = 0; i < length && out < end; i++) {
		unsigned char c = (unsigned char)bytes[i];

		if (c > 0x20 && c < 0x7f && c != '\\') {
			*out++ = (char)c;
			continue;
		}
		*out++ = '\\';
		*out++ = 'x';
		*out++ = hex[c >> 4];
		*out++ = hex[c & 15];
	}
	*out = '\0';
}

static void
log_answer(const struct exchange *exchange)
{
	const struct request *request = exchange->request;
	struct request_span path = request->path, query = request->query;
	char method[64], target[4096], client[INET6_ADDRSTRLEN];

	if (query.length > 0) /* it stands behind the path and its question mark */
		path.length = (uint16_t)(query.at + query.length - path.at);
	escape(exchange->head + request->method_name.at, request->method_name.length, method,
	    sizeof(method));
	escape(exchange->head + path.at, path.length, target, sizeof(target));
	log_line(LOG_QUERY, "c%llu answered status=%d client=%s method=%s target=%s",
	    (unsigned long long)exchange->connection->number, exchange->status,
	    address_format_ip(&exchange->client, client), method, target);
}

static void
count_status(struct counters *counters, int status)
{
	static const enum counter classes[] = { COUNTER_HTTP_2XX, COUNTER_HTTP_3XX, COUNTER_HTTP_4XX,
		COUNTER_HTTP_5XX };

	counter_add(&counters->values[classes[status / 100 - 2]], 1);
	if (status == 304)
		counter_add(&counters->values[COUNTER_HTTP_NOT_MODIFIED], 1);
}

void
exchange_end(struct exchange *exchange)
{
	const struct service *service = exchange->connection->service;

	if (service->verbose)
		log_answer(exchange);
	count_status(&exchange->connection->service->counters, exchange->status);
	exchange_free(exchange);
}
