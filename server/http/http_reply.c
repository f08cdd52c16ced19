/* http_reply.c - hides headers, entity tags, compression and chunks. */
#include "http_reply.h"

#include <event2/buffer.h>
#include <event2/http.h>
#include <sys/queue.h>

#include <event2/keyvalq_struct.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "generation.h"
#include "http_assets.h"
#include "http_connection.h"
#include "http_exchange.h"
#include "http_gzip.h"
#include "http_problem.h"
#include "session.h"

/* Less than this would fit into one packet anyway. */
#define GZIP_LEAST 1400

/* Answers that a worker compresses at a time, of some 270 KB each; others go as they are. */
#define MAX_GZIPS 64

/* A piece of an answer that is longer is sent before the next is made. */
#define PIECE (64 * 1024)

/* Nothing from elsewhere, nothing inline. */
#define CONTENT_SECURITY_POLICY \
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " \
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/* ---- entity tags ------------------------------------------------------------------- */

#define FNV_BASIS UINT64_C(14695981039346656037)
#define FNV_PRIME UINT64_C(1099511628211)

static uint64_t
hash(uint64_t seed, const void *bytes, size_t length)
{
	const unsigned char *at = bytes;

	for (size_t i = 0; i < length; i++)
		seed = (seed ^ at[i]) * FNV_PRIME;
	return seed;
}

/* All that an answer depends on besides its request: this program, the index, and the mode of
 * who does not choose one. */
static uint64_t
hash_service(const struct prompt_service *service, const struct charindex *ci)
{
	struct charindex_info info = charindex_info(ci);
	uint64_t hashed = hash(FNV_BASIS, PACKAGE_VERSION, strlen(PACKAGE_VERSION));

	hashed = hash(hashed, http_assets_hash, strlen(http_assets_hash));
	hashed = hash(hashed, &service->mode, sizeof(service->mode));
	hashed = hash(hashed, &info.fingerprint, sizeof(info.fingerprint));
	return hash(hashed, &info.file_size, sizeof(info.file_size));
}

void
http_reply_fingerprint(struct http_pool *pool, const struct http_exchange *exchange)
{
	unsigned generation = generation_number(exchange->lease->generation);

	if (pool->fingerprinted == generation)
		return;
	pool->fingerprint = hash_service(&pool->host->service, exchange->lease->ci);
	pool->fingerprinted = generation;
}

static void
set_etag(struct http_exchange *exchange)
{
	struct http_pool *pool = exchange->connection->pool;
	uint64_t hashed;

	http_reply_fingerprint(pool, exchange);
	hashed = hash(pool->fingerprint, exchange->path, strlen(exchange->path));
	hashed = hash(hashed, "?", 1);
	hashed = hash(hashed, exchange->query, strlen(exchange->query));
	exchange->etag[0] = '"';
	text_hex(hashed, exchange->etag + 1);
	strcpy(exchange->etag + 17, exchange->accepts_gzip ? "-gz\"" : "\"");
}

/* Is `tag` in the list of If-None-Match (RFC 9110, section 13.1.2)? */
static bool
matches(const char *list, const char *tag)
{
	size_t length = strlen(tag);

	for (const char *at = list; (at = strstr(at, tag)) != NULL; at += length)
		if (at == list || at[-1] == ' ' || at[-1] == ',' || at[-1] == '/' || at[-1] == '\t')
			return true;
	return strcmp(list, "*") == 0;
}

/* ---- headers ---------------------------------------------------------------------- */

static struct evkeyvalq *
headers(const struct http_exchange *exchange)
{
	return evhttp_request_get_output_headers(exchange->request);
}

static void
add(struct http_exchange *exchange, const char *name, const char *value)
{
	evhttp_add_header(headers(exchange), name, value);
}

/* Headers are a third of the cost of a small answer, for evhttp has three allocations and a
 * printf() for each. Those that it need not know of, and that hold nothing of a client's, go
 * in as one, with the line ends between them in its value. */
struct header_block {
	char lines[1024];
	size_t length;
};

static void
put(struct header_block *block, const char *string)
{
	size_t length = strlen(string);

	if (length > sizeof(block->lines) - 1 - block->length)
		abort(); /* they are all constant */
	memcpy(block->lines + block->length, string, length + 1);
	block->length += length;
}

static void
put_header(struct header_block *block, const char *name, const char *value)
{
	if (block->length > 0)
		put(block, "\r\n");
	put(block, name);
	put(block, ": ");
	put(block, value);
}

/* False without memory. */
static bool
add_block(struct http_exchange *exchange, const struct header_block *block)
{
	struct evkeyval *header = calloc(1, sizeof(*header));
	const char *value = strstr(block->lines, ": ");

	if (header == NULL)
		return false;
	header->key = strndup(block->lines, (size_t)(value - block->lines));
	header->value = strdup(value + 2);
	if (header->key == NULL || header->value == NULL) {
		free(header->key);
		free(header->value);
		free(header);
		return false;
	}
	TAILQ_INSERT_TAIL(headers(exchange), header, next);
	return true;
}

static void
put_cache_headers(struct header_block *block, const struct http_exchange *exchange,
    const struct http_reply *reply)
{
	static const char *const values[] = {
		[HTTP_CACHE_NEVER] = "no-store",
		[HTTP_CACHE_ASK] = "public, max-age=60, stale-while-revalidate=600",
		[HTTP_CACHE_FOREVER] = "public, max-age=31536000, immutable",
	};

	put_header(block, "Cache-Control", values[reply->cache]);
	if (exchange->etag[0] != '\0') {
		put_header(block, "ETag", exchange->etag);
		put_header(block, "Vary", "Accept-Encoding");
	}
	if (reply->open)
		put_header(block, "Access-Control-Allow-Origin", "*");
}

static void
add_headers(struct http_exchange *exchange, const struct http_reply *reply)
{
	struct header_block block = { .length = 0 };

	put_header(&block, "Content-Type", reply->type);
	put_cache_headers(&block, exchange, reply);
	put_header(&block, "X-Content-Type-Options", "nosniff");
	put_header(&block, "Referrer-Policy", "no-referrer");
	if (reply->page)
		put_header(&block, "Content-Security-Policy", CONTENT_SECURITY_POLICY);
	if (exchange->status == 405)
		put_header(&block, "Allow", "GET, HEAD");
	exchange->lacks_headers = !add_block(exchange, &block);
	if (exchange->last)
		add(exchange, "Connection", "close");
}

void
http_reply_count(struct http_pool *pool, int status)
{
	static const enum counter classes[] = { COUNTER_HTTP_2XX, COUNTER_HTTP_3XX, COUNTER_HTTP_4XX,
		COUNTER_HTTP_5XX };

	counter_add(&pool->host->counters.values[classes[status / 100 - 2]], 1);
	if (status == 304)
		counter_add(&pool->host->counters.values[COUNTER_HTTP_NOT_MODIFIED], 1);
}

static void
send_whole(struct http_exchange *exchange, const void *body, size_t length)
{
	char number[24];

	number[text_decimal(length, number)] = '\0';
	add(exchange, "Content-Length", number);
	if (!exchange->head)
		evbuffer_add(evhttp_request_get_output_buffer(exchange->request), body, length);
	http_reply_count(exchange->connection->pool, exchange->status);
	evhttp_send_reply(exchange->request, exchange->status, http_phrase(exchange->status), NULL);
	http_connection_send(exchange->connection);
}

/* ---- whole answers ------------------------------------------------------------------- */

static struct http_gzip *
begin_gzip(struct http_exchange *exchange)
{
	struct http_pool *pool = exchange->connection->pool;
	struct http_gzip *gzip;

	if (!exchange->accepts_gzip || pool->gzips >= MAX_GZIPS)
		return NULL;
	gzip = http_gzip_new();
	if (gzip != NULL)
		pool->gzips++;
	return gzip;
}

static void
end_gzip(struct http_exchange *exchange)
{
	if (exchange->gzip == NULL)
		return;
	exchange->connection->pool->gzips--;
	http_gzip_free(exchange->gzip);
	exchange->gzip = NULL;
}

/* Answers 503 for want of memory. */
static void
send_out_of_memory(struct http_exchange *exchange)
{
	static const char body[] = "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\","
	    "\"status\":503,\"detail\":\"Out of memory; try again later.\"}\n";

	evhttp_clear_headers(headers(exchange));
	exchange->status = 503;
	add(exchange, "Content-Type", "application/problem+json");
	send_whole(exchange, body, sizeof(body) - 1);
}

static void
send_text(struct http_exchange *exchange, const struct http_reply *reply, const struct text *text)
{
	struct text *gzipped = &exchange->connection->pool->gzipped;

	add_headers(exchange, reply);
	if (text->failed || exchange->lacks_headers) {
		send_out_of_memory(exchange);
		return;
	}
	if (text->length >= GZIP_LEAST)
		exchange->gzip = begin_gzip(exchange);
	if (exchange->gzip == NULL) {
		send_whole(exchange, text->bytes, text->length);
		return;
	}
	text_clear(gzipped);
	http_gzip_add(exchange->gzip, text, gzipped, true);
	end_gzip(exchange);
	if (gzipped->failed) {
		send_out_of_memory(exchange);
		return;
	}
	add(exchange, "Content-Encoding", "gzip");
	send_whole(exchange, gzipped->bytes, gzipped->length);
}

void
http_reply_text(struct http_exchange *exchange, const struct http_reply *reply)
{
	send_text(exchange, reply, &exchange->connection->pool->scratch);
}

void
http_reply_bytes(struct http_exchange *exchange, const struct http_reply *reply, const void *bytes,
    size_t length)
{
	struct text *out = &exchange->connection->pool->scratch;

	text_clear(out);
	text_add(out, bytes, length);
	send_text(exchange, reply, out);
}

bool
http_reply_not_modified(struct http_exchange *exchange, const struct http_reply *reply)
{
	const char *list = evhttp_find_header(
	    evhttp_request_get_input_headers(exchange->request), "If-None-Match");
	struct header_block block = { .length = 0 };

	set_etag(exchange);
	if (list == NULL || !matches(list, exchange->etag))
		return false;
	exchange->status = 304;
	put_cache_headers(&block, exchange, reply);
	add_block(exchange, &block); /* without memory they are missed, and nothing else */
	if (exchange->last)
		add(exchange, "Connection", "close");
	http_reply_count(exchange->connection->pool, 304);
	evhttp_send_reply(exchange->request, 304, http_phrase(304), NULL);
	http_connection_send(exchange->connection);
	return true;
}

/* ---- answers in pieces ---------------------------------------------------------------- */

/* Makes the next piece, after what is there of it: true if there may be more. */
static bool
make_piece(struct http_source *source, struct text *piece)
{
	bool more = true;

	while (more && piece->length < PIECE && !piece->failed)
		more = source->more(source, piece);
	return more;
}

/* What of `piece` is to be sent; nothing, if the compressor has swallowed it all. */
static const struct text *
encode(struct http_exchange *exchange, const struct text *piece, bool more)
{
	struct text *gzipped = &exchange->connection->pool->gzipped;

	if (exchange->gzip == NULL)
		return piece;
	text_clear(gzipped);
	http_gzip_add(exchange->gzip, piece, gzipped, !more);
	return gzipped;
}

/* The answer goes on with `piece`, and has been sent up to there. */
static void
send_pieces(struct http_exchange *exchange, struct text *piece, bool more,
    void (*taken)(struct evhttp_connection *evcon, void *arg))
{
	struct http_connection *connection = exchange->connection;
	const struct text *out = encode(exchange, piece, more);

	while (out->length == 0 && more && !piece->failed && !out->failed) {
		text_clear(piece);
		more = make_piece(exchange->source, piece);
		out = encode(exchange, piece, more);
	}
	if (piece->failed || out->failed || evbuffer_add(exchange->chunk, out->bytes, out->length) != 0) {
		/* the client must not take what it has for all there is */
		http_connection_close(connection, CLOSE_NO_MEMORY);
		return;
	}
	evhttp_send_reply_chunk_with_cb(exchange->request, exchange->chunk, taken, exchange);
	http_connection_mute(connection);
	if (more)
		return;
	if (!exchange->old) /* which has no chunks, and ends with the connection */
		evhttp_send_reply_end(exchange->request);
	if (exchange->last)
		http_connection_linger(connection);
	else
		http_connection_mute(connection);
}

static void
on_taken(struct evhttp_connection *evcon, void *arg)
{
	struct http_exchange *exchange = arg;
	struct text *piece = &exchange->connection->pool->scratch;
	bool more;

	(void)evcon;
	text_clear(piece);
	more = make_piece(exchange->source, piece);
	send_pieces(exchange, piece, more, on_taken);
}

static void
begin_pieces(struct http_exchange *exchange, const struct http_reply *reply,
    struct text *piece)
{
	struct http_connection *connection = exchange->connection;

	exchange->gzip = begin_gzip(exchange);
	exchange->chunk = evbuffer_new();
	if (exchange->chunk == NULL) {
		end_gzip(exchange);
		send_out_of_memory(exchange);
		return;
	}
	if (exchange->old && !exchange->last) {
		/* without chunks the end of the connection is the end of the answer */
		http_exchange_last(exchange, CLOSE_ANSWERED);
	}
	add_headers(exchange, reply);
	if (exchange->lacks_headers) {
		end_gzip(exchange);
		send_out_of_memory(exchange);
		return;
	}
	if (exchange->gzip != NULL)
		add(exchange, "Content-Encoding", "gzip");
	http_reply_count(connection->pool, exchange->status);
	if (exchange->head) {
		evhttp_send_reply(exchange->request, exchange->status, http_phrase(exchange->status), NULL);
		http_connection_send(connection);
		return;
	}
	evhttp_send_reply_start(exchange->request, exchange->status, http_phrase(exchange->status));
	send_pieces(exchange, piece, true, on_taken);
}

void
http_reply_source(struct http_exchange *exchange, const struct http_reply *reply,
    struct http_source *source)
{
	struct text *piece = &exchange->connection->pool->scratch;

	exchange->source = source;
	if (!make_piece(source, piece) || piece->failed)
		send_text(exchange, reply, piece);
	else
		begin_pieces(exchange, reply, piece);
}
