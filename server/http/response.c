/* response.c - heads, entity tags, compression and chunks. */
#include "response.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "connection.h"
#include "exchange.h"
#include "generation.h"
#include "gzip.h"
#include "hash.h"
#include "shared.h"

/* Less than this would fit into one packet anyway. */
#define GZIP_LEAST 1400

/* An answer that is longer is sent in pieces, each made when the one before has been sent. */
#define PIECE (64 * 1024)

/* Of what is compressed, which takes longer, a piece is less, so that others have their turn. */
#define GZIP_PIECE (8 * 1024)

/* What it costs to compress a byte, in bytes that are only copied (stream_charge()). */
#define WORK_TO_COMPRESS 60

/* Nothing from elsewhere, nothing inline. */
#define CONTENT_SECURITY_POLICY \
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " \
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

#define CRLF "\r\n"

#define OUT_OF_MEMORY \
	"{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503," \
	"\"detail\":\"Out of memory; try again later.\"}\n"

static const struct reply problem_reply = { .type = PROBLEM_TYPE, .open = true };

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
	{ 414, "URI Too Long" },
	{ 417, "Expectation Failed" },
	{ 429, "Too Many Requests" },
	{ 431, "Request Header Fields Too Large" },
	{ 501, "Not Implemented" },
	{ 503, "Service Unavailable" },
	{ 505, "HTTP Version Not Supported" },
};

const char *
response_phrase(int status)
{
	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++)
		if (phrases[i].status == status)
			return phrases[i].phrase;
	abort(); /* every status that is answered has its row */
}

/* ---- what is to be answered ---------------------------------------------------------- */

void
response_whole(struct exchange *exchange, int status, const struct reply *reply)
{
	exchange->status = status;
	exchange->reply = *reply;
	exchange->more = NULL;
	if (status >= 400)
		exchange->etag[0] = '\0';
}

void
response_in_pieces(struct exchange *exchange, const struct reply *reply,
    bool (*more)(struct exchange *exchange))
{
	exchange->reply = *reply;
	exchange->more = more;
}

static bool
accepts_gzip(const struct exchange *exchange)
{
	return field_prefers_gzip(&exchange->request->encodings);
}

static void
set_etag(struct exchange *exchange)
{
	const struct request_span *path = &exchange->request->path, *query = &exchange->request->query;
	uint64_t hashed = http_shared_fingerprint(exchange->shared, exchange->lease);

	hashed = hash_bytes(hashed, exchange->head + path->at, path->length);
	hashed = hash_bytes(hashed, "?", 1);
	hashed = hash_bytes(hashed, exchange->head + query->at, query->length);
	exchange->etag[0] = '"';
	text_hex(hashed, exchange->etag + 1);
	strcpy(exchange->etag + 17, accepts_gzip(exchange) ? "-gz\"" : "\"");
}

static bool
client_has_it(const struct exchange *exchange)
{
	struct request_span values[REQUEST_MAX_HEADERS];
	unsigned count =
	    request_find_lines(exchange->request, exchange->head, REQUEST_IF_NONE_MATCH, values);

	for (unsigned i = 0; i < count; i++)
		if (field_has_tag(exchange->head + values[i].at, values[i].length, exchange->etag))
			return true;
	return false;
}

bool
response_not_modified(struct exchange *exchange, const struct reply *reply)
{
	set_etag(exchange);
	if (exchange->request->lists[REQUEST_IF_NONE_MATCH].count == 0 || !client_has_it(exchange))
		return false;
	text_clear(&exchange->body);
	response_whole(exchange, 304, reply);
	return true;
}

/* ---- the head --------------------------------------------------------------------- */

static char *
put(char *out, const char *string)
{
	return stpcpy(out, string);
}

static char *
put_header(char *out, const char *name, const char *value)
{
	return put(put(put(put(out, name), ": "), value), CRLF);
}

static char *
put_number(char *out, uint64_t number)
{
	return out + text_decimal(number, out);
}

static char *
put_status_line(char *out, const struct exchange *exchange)
{
	out = put(out, "HTTP/1.1 ");
	out = put_number(out, (uint64_t)exchange->status);
	out = put(put(put(out, " "), response_phrase(exchange->status)), CRLF);
	return put_header(out, "Date", http_shared_date(exchange->shared));
}

static char *
put_cache_headers(char *out, const struct exchange *exchange)
{
	static const char *const values[] = {
		[CACHE_NEVER] = "no-store",
		[CACHE_ASK] = "public, max-age=60, stale-while-revalidate=600",
		[CACHE_FOREVER] = "public, max-age=31536000, immutable",
	};
	bool is_error = exchange->status >= 400;

	out = put_header(out, "Cache-Control", values[is_error ? CACHE_NEVER : exchange->reply.cache]);
	if (exchange->etag[0] != '\0')
		out = put_header(out, "ETag", exchange->etag);
	return put_header(out, "Vary", "Accept-Encoding");
}

static char *
put_headers(char *out, const struct exchange *exchange)
{
	const struct reply *reply = &exchange->reply;

	out = put_cache_headers(out, exchange);
	if (reply->open)
		out = put(out, "Access-Control-Allow-Origin: *" CRLF "Access-Control-Expose-Headers: ETag" CRLF);
	if (exchange->status == 304) /* it describes nothing (RFC 9110, section 15.4.5) */
		return out;
	out = put_header(out, "Content-Type", reply->type);
	out = put_header(out, "X-Content-Type-Options", "nosniff");
	out = put_header(out, "Referrer-Policy", "no-referrer");
	if (reply->page)
		out = put_header(out, "Content-Security-Policy", CONTENT_SECURITY_POLICY);
	if (exchange->status == 405)
		out = put_header(out, "Allow", "GET, HEAD");
	if (exchange->status == 429 || exchange->status == 503)
		out = put_header(out, "Retry-After", "5");
	return out;
}

/* HTTP/1.0 does not go on unless both sides say so. */
static char *
put_connection(char *out, const struct exchange *exchange)
{
	if (exchange->last)
		return put_header(out, "Connection", "close");
	return exchange->request->minor == 0 ? put_header(out, "Connection", "keep-alive") : out;
}

#define LENGTH_UNKNOWN SIZE_MAX

/* Writes the head of an answer whose body, which may be compressed, has `length` bytes. */
static void
write_head(struct exchange *exchange, bool compressed, size_t length)
{
	struct stream *stream = &exchange->connection->stream;
	size_t room;
	char *begin = stream_room(stream, &room), *out = begin;

	out = put_headers(put_status_line(out, exchange), exchange);
	if (compressed)
		out = put_header(out, "Content-Encoding", "gzip");
	out = put_connection(out, exchange);
	if (exchange->chunked)
		out = put_header(out, "Transfer-Encoding", "chunked");
	else if (length != LENGTH_UNKNOWN && exchange->status != 304)
		out = put(put_number(put(out, "Content-Length: "), length), CRLF);
	out = put(out, CRLF);
	stream_fill(stream, (size_t)(out - begin));
	exchange->begun = true;
}

static bool
has_body(const struct exchange *exchange)
{
	return exchange->request->method != REQUEST_HEAD && exchange->status != 304;
}

/* ---- memory that has run out --------------------------------------------------------- */

/* Nothing has been sent yet, and this needs no memory. */
static bool
answer_out_of_memory(struct exchange *exchange)
{
	exchange->more = NULL;
	exchange->chunked = false;
	response_whole(exchange, 503, &problem_reply);
	write_head(exchange, false, strlen(OUT_OF_MEMORY));
	if (has_body(exchange))
		stream_puts(&exchange->connection->stream, OUT_OF_MEMORY);
	return false;
}

void
response_out_of_memory(struct connection *connection)
{
	char head[256];

	snprintf(head, sizeof(head), "HTTP/1.1 503 Service Unavailable\r\nContent-Type: " PROBLEM_TYPE
	    "\r\nContent-Length: %zu\r\nCache-Control: no-store\r\nRetry-After: 5\r\n"
	    "Connection: close\r\n\r\n", strlen(OUT_OF_MEMORY));
	stream_puts(&connection->stream, head);
	stream_puts(&connection->stream, OUT_OF_MEMORY);
}

/* The client must not take what it has got for all there is. */
static bool
cut_short(struct exchange *exchange)
{
	exchange_close_after(exchange, CLOSE_NO_MEMORY);
	stream_break(&exchange->connection->stream, CLOSE_NO_MEMORY);
	return false;
}

/* ---- the body, whole ------------------------------------------------------------------ */

/* Makes the body, up to a piece of it, or to its end: false if there has to be another turn
 * for it. */
static bool
make_piece(struct exchange *exchange)
{
	struct text *body = &exchange->body;

	while (exchange->more != NULL && body->length < PIECE && !body->failed) {
		if (!stream_drained(&exchange->connection->stream))
			return false;
		if (!exchange->more(exchange))
			exchange->more = NULL;
	}
	return true;
}

static bool
write_whole(struct exchange *exchange)
{
	const struct text *body = &exchange->body;

	write_head(exchange, false, body->length);
	if (!has_body(exchange))
		return false;
	stream_write(&exchange->connection->stream, body->bytes, body->length);
	return false;
}

/* Compresses the next bytes of the body to the worker's buffer, `last` if no more follow: false
 * without memory. */
static bool
compress(struct exchange *exchange, size_t length, bool last)
{
	struct text *out = &exchange->shared->compressed;

	stream_charge(&exchange->connection->stream, length * WORK_TO_COMPRESS);
	text_clear(out);
	gzip_add(exchange->gzip, exchange->body.bytes + exchange->sent, length, out, last);
	exchange->sent += length;
	return !out->failed;
}

static bool
write_whole_compressed(struct exchange *exchange)
{
	const struct text *out = &exchange->shared->compressed;

	if (!compress(exchange, exchange->body.length, true))
		return answer_out_of_memory(exchange);
	write_head(exchange, true, out->length);
	if (has_body(exchange))
		stream_write(&exchange->connection->stream, out->bytes, out->length);
	return false;
}

/* ---- the body, in pieces ---------------------------------------------------------------- */

static void
write_chunk(struct exchange *exchange, const char *bytes, size_t length)
{
	struct stream *stream = &exchange->connection->stream;
	char size[32];

	if (length == 0) /* would be the end (RFC 9112, section 7.1) */
		return;
	if (exchange->chunked)
		stream_write(stream, size, (size_t)snprintf(size, sizeof(size), "%zx" CRLF, length));
	stream_write(stream, bytes, length);
	if (exchange->chunked)
		stream_puts(stream, CRLF);
}

static bool
end_chunks(struct exchange *exchange)
{
	if (exchange->chunked)
		stream_puts(&exchange->connection->stream, "0" CRLF CRLF);
	return false;
}

/* Has all of the body been made, and sent? */
static bool
is_at_end(const struct exchange *exchange)
{
	return exchange->more == NULL && exchange->sent == exchange->body.length;
}

static bool
write_compressed_piece(struct exchange *exchange)
{
	const struct text *out = &exchange->shared->compressed;
	size_t left = exchange->body.length - exchange->sent;
	size_t length = left < GZIP_PIECE ? left : GZIP_PIECE;

	if (!compress(exchange, length, exchange->more == NULL && length == left))
		return cut_short(exchange);
	write_chunk(exchange, out->bytes, out->length);
	return true;
}

/* Writes the next piece: false with the last one. */
static bool
write_piece(struct exchange *exchange)
{
	struct text *body = &exchange->body;

	if (exchange->sent > 0 && exchange->sent == body->length) {
		text_clear(body);
		exchange->sent = 0;
	}
	if (exchange->sent == 0 && !make_piece(exchange))
		return true;
	if (body->failed)
		return cut_short(exchange);
	if (exchange->gzip == NULL) {
		write_chunk(exchange, body->bytes, body->length);
		exchange->sent = body->length;
	} else if (!write_compressed_piece(exchange)) {
		return false;
	}
	return is_at_end(exchange) ? end_chunks(exchange) : true;
}

/* ---- which of these ------------------------------------------------------------------ */

static void
begin_gzip(struct exchange *exchange)
{
	if (accepts_gzip(exchange) && (exchange->more != NULL || exchange->body.length >= GZIP_LEAST))
		exchange->gzip = http_shared_take_gzip(exchange->shared);
}

/* Writes the head, and the body if it is written whole, once there is enough of that: false if
 * that is all. */
static bool
begin(struct exchange *exchange)
{
	if (!make_piece(exchange))
		return true;
	if (exchange->body.failed)
		return answer_out_of_memory(exchange);
	begin_gzip(exchange);
	if (exchange->more == NULL && exchange->gzip == NULL)
		return write_whole(exchange);
	if (exchange->more == NULL && exchange->body.length <= GZIP_PIECE)
		return write_whole_compressed(exchange);
	exchange->chunked = exchange->request->minor > 0;
	if (!exchange->chunked && !exchange->last)
		/* the end of the connection is the end of the answer */
		exchange_close_after(exchange, CLOSE_ANSWERED);
	write_head(exchange, exchange->gzip != NULL, LENGTH_UNKNOWN);
	return has_body(exchange);
}

bool
response_write(struct exchange *exchange)
{
	return exchange->begun ? write_piece(exchange) : begin(exchange);
}
