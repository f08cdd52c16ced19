/* http_exchange.c - hides how a request is read, and refused if it is not one that we trust to
 * have been understood alike by all on its way. */
#include "http_exchange.h"

#include <event2/buffer.h>
#include <event2/http.h>
#include <event2/http_struct.h>
#include <sys/queue.h>

#include <event2/keyvalq_struct.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "address.h"
#include "admission.h"
#include "generation.h"
#include "http_connection.h"
#include "http_gzip.h"
#include "http_problem.h"
#include "http_route.h"
#include "http_server.h"
#include "log.h"
#include "session.h"

/* ---- the end ----------------------------------------------------------------------- */

static void
release(struct http_exchange *exchange)
{
	turnstile_leave(exchange->connection->pool->host->turnstile, &exchange->ticket);
	if (exchange->source != NULL)
		exchange->source->release(exchange->source);
	if (exchange->gzip != NULL) {
		http_gzip_free(exchange->gzip);
		exchange->connection->pool->gzips--;
	}
	if (exchange->chunk != NULL)
		evbuffer_free(exchange->chunk);
	lease_drop(exchange->lease);
	free(exchange);
}

/* Writes the bytes of a URL as they can stand in the log. */
static void
escape(const char *bytes, char *out, size_t size)
{
	static const char hex[] = "0123456789abcdef";
	char *end = out + size - 5;

	for (; *bytes != '\0' && out < end; bytes++) {
		unsigned char c = (unsigned char)*bytes;

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
log_answer(const struct http_exchange *exchange)
{
	const struct http_connection *connection = exchange->connection;
	char target[4096], client[INET6_ADDRSTRLEN];

	if (connection->pool->host->service.log == NULL)
		return;
	escape(evhttp_request_get_uri(exchange->request), target, sizeof(target));
	log_line("c%llu answered status=%d client=%s %s %s", (unsigned long long)connection->number,
	    exchange->status, address_format_ip(&exchange->client, client),
	    exchange->head ? "HEAD" : "GET", target);
}

void
http_exchange_end(struct http_exchange *exchange)
{
	log_answer(exchange);
	release(exchange);
}

void
http_exchange_abandon(struct http_exchange *exchange)
{
	struct evhttp_request *request = exchange->request;

	/* of a request whose answer has not come to its end evhttp lets go when the client is
	 * lost, and it is ours */
	if (evhttp_request_get_connection(request) == NULL)
		evhttp_request_free(request);
	release(exchange);
}

/* ---- reading the headers ----------------------------------------------------------- */

/* What of the headers matters to us. */
struct header_facts {
	unsigned hosts;
	bool has_body;     /* or may have */
	bool wants_close;
	bool wants_keep_alive;
	bool accepts_gzip;
	bool forwarded;
};

/* Has the comma-separated list the token, whatever comes after its semicolon? */
static bool
list_has(const char *list, const char *token)
{
	size_t length = strlen(token);

	for (const char *at = list; *at != '\0'; at += strcspn(at, ",")) {
		at += strspn(at, ", \t");
		if (strncasecmp(at, token, length) == 0 && strchr(",; \t", at[length]) != NULL)
			return true;
	}
	return false;
}

/* "gzip;q=0" says no (RFC 9110, section 12.5.3). */
static bool
accepts_gzip(const char *list)
{
	const char *at = strcasestr(list, "gzip");
	const char *end;

	if (at == NULL || !list_has(list, "gzip"))
		return false;
	at += strlen("gzip");
	end = at + strcspn(at, ",");
	at += strspn(at, " \t");
	if (*at != ';')
		return true;
	at += 1 + strspn(at + 1, " \t");
	return !(end - at >= 3 && strncasecmp(at, "q=0", 3) == 0 &&
	    strspn(at + 3, ".0") == strcspn(at + 3, ", \t"));
}

static void
read_header(struct header_facts *facts, const char *name, const char *value)
{
	if (strcasecmp(name, "Host") == 0) {
		facts->hosts++;
	} else if (strcasecmp(name, "Content-Length") == 0 ||
	    strcasecmp(name, "Transfer-Encoding") == 0) {
		facts->has_body = true;
	} else if (strcasecmp(name, "Connection") == 0) {
		facts->wants_close |= list_has(value, "close");
		facts->wants_keep_alive |= list_has(value, "keep-alive");
	} else if (strcasecmp(name, "Accept-Encoding") == 0) {
		facts->accepts_gzip |= accepts_gzip(value);
	} else if (strcasecmp(name, "X-Forwarded-For") == 0) {
		facts->forwarded = true;
	}
}

static struct header_facts
read_headers(struct evhttp_request *request)
{
	struct header_facts facts = { 0 };
	struct evkeyval *header;

	TAILQ_FOREACH(header, evhttp_request_get_input_headers(request), next)
		read_header(&facts, header->key, header->value);
	return facts;
}

/* ---- the client behind a proxy ------------------------------------------------------- */

/* Goes through a list of addresses from its end, while those are proxies that we trust: true
 * if one that we do not was found, or something that is no address. */
static bool
walk_back(const struct http_shared *shared, const char *list, struct in6_addr *client)
{
	size_t end = strlen(list);

	while (end > 0) {
		char address[ADDRESS_SIZE];
		size_t begin = end, length;

		while (begin > 0 && list[begin - 1] != ',')
			begin--;
		length = end - begin;
		end = begin > 0 ? begin - 1 : 0;
		for (; length > 0 && (list[begin] == ' ' || list[begin] == '\t'); length--)
			begin++;
		for (; length > 0 && (list[begin + length - 1] == ' ' || list[begin + length - 1] == '\t');)
			length--;
		if (length == 0 || length >= sizeof(address))
			return true;
		memcpy(address, list + begin, length);
		address[length] = '\0';
		if (!address_read_ip(address, client))
			return true;
		if (!http_is_trusted(shared, client))
			return true;
	}
	return false;
}

/* Whose request is it? The proxies say it, as far as they are trusted: the last address that
 * they have got from somebody else. */
static struct in6_addr
find_client(const struct http_exchange *exchange)
{
	const struct http_shared *shared = exchange->connection->pool->shared;
	struct evkeyvalq *headers = evhttp_request_get_input_headers(exchange->request);
	struct in6_addr client = exchange->connection->peer;
	struct evkeyval *header;

	TAILQ_FOREACH_REVERSE(header, headers, evkeyvalq, next)
		if (strcasecmp(header->key, "X-Forwarded-For") == 0 &&
		    walk_back(shared, header->value, &client))
			break;
	return client;
}

/* The place of a client that shares its connection with others: false if there is none. */
static bool
take_client_place(struct http_exchange *exchange)
{
	struct http_connection *connection = exchange->connection;
	struct sockaddr_in6 client = { .sin6_family = AF_INET6, .sin6_addr = exchange->client };

	return admission_take_place(connection->pool->host->admission,
	    (const struct sockaddr *)&client, &connection->client_place) == ADMISSION_GRANTED;
}

/* ---- the beginning ------------------------------------------------------------------- */

void
http_exchange_last(struct http_exchange *exchange, enum close_reason reason)
{
	exchange->last = true;
	/* else evhttp would promise the contrary to HTTP/1.0 */
	evhttp_remove_header(evhttp_request_get_input_headers(exchange->request), "Connection");
	http_connection_last(exchange->connection, reason);
}

static void
refuse(struct http_exchange *exchange, int status, const char *detail)
{
	http_exchange_last(exchange, CLOSE_BAD_REQUEST);
	http_problem(exchange, status, (struct http_place){ 0 }, "%s", detail);
}

/* Is it a request that we answer? If not, it has been refused. */
static bool
accept_request(struct http_exchange *exchange, const struct header_facts *facts)
{
	const struct http_connection *connection = exchange->connection;
	enum evhttp_cmd_type method = evhttp_request_get_command(exchange->request);

	if (connection->scan.bad != 0 && connection->requests >= connection->scan.bad)
		refuse(exchange, 400, "Lines end with CR LF, and a header is a name, a colon and a value "
		    "on one line (RFC 9112).");
	else if (method != EVHTTP_REQ_GET && method != EVHTTP_REQ_HEAD)
		refuse(exchange, 405, "There is nothing but GET and HEAD here.");
	else if (facts->has_body)
		refuse(exchange, 400, "A request must not have a body; leave out Content-Length and "
		    "Transfer-Encoding.");
	else if (facts->hosts > 1 || (facts->hosts == 0 && !exchange->old))
		refuse(exchange, 400, "A request has one header Host (RFC 9112).");
	else
		return true;
	return false;
}

static bool
read_target(struct http_exchange *exchange)
{
	const struct evhttp_uri *uri = evhttp_request_get_evhttp_uri(exchange->request);
	const char *path = evhttp_uri_get_path(uri), *query = evhttp_uri_get_query(uri);

	exchange->path = path != NULL && *path != '\0' ? path : "/";
	exchange->query = query != NULL ? query : "";
	return exchange->path[0] == '/';
}

static void
answer(struct http_exchange *exchange)
{
	struct http_connection *connection = exchange->connection;
	struct header_facts facts = read_headers(exchange->request);

	exchange->client = connection->peer;
	exchange->accepts_gzip = facts.accepts_gzip;
	if (connection->pool->draining || facts.wants_close || (exchange->old && !facts.wants_keep_alive))
		http_exchange_last(exchange, CLOSE_ANSWERED);
	if (!accept_request(exchange, &facts))
		return;
	if (http_is_trusted(connection->pool->shared, &connection->peer)) {
		exchange->client = find_client(exchange);
		if (!take_client_place(exchange)) {
			http_problem(exchange, 429, (struct http_place){ 0 },
			    "There are too many requests from your address; wait for their answers.");
			return;
		}
	}
	if (!read_target(exchange))
		refuse(exchange, 400, "The target of a request begins with a slash.");
	else
		http_route(exchange);
}

static void
on_turn(void *arg)
{
	http_route(arg);
}

bool
http_exchange_alone(struct http_exchange *exchange)
{
	return turnstile_pass(exchange->connection->pool->host->turnstile, &exchange->ticket);
}

void
http_exchange_begin(struct http_connection *connection, struct evhttp_request *request)
{
	struct http_exchange *exchange = calloc(1, sizeof(*exchange));

	if (exchange == NULL) {
		http_connection_close(connection, CLOSE_NO_MEMORY);
		return;
	}
	exchange->connection = connection;
	exchange->request = request;
	exchange->lease = lease_hold(connection->pool->host->service.lease);
	exchange->ticket = (struct turnstile_ticket){ .turn = on_turn, .arg = exchange };
	exchange->status = 200;
	exchange->head = evhttp_request_get_command(request) == EVHTTP_REQ_HEAD;
	exchange->old = request->major == 1 && request->minor == 0;
	connection->exchange = exchange;
	answer(exchange);
}

void
http_exchange_count(struct http_exchange *exchange, uint64_t rows)
{
	struct http_connection *connection = exchange->connection;
	struct counters *counters = &connection->pool->host->counters;

	connection->queries++;
	counter_add(&counters->values[COUNTER_QUERIES], 1);
	counter_add(&counters->values[COUNTER_ROWS], rows);
}
