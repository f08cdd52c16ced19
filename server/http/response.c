/* response.c - entity tags, compression and chunks. */
#include "response.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "connection.h"
#include "exchange.h"
#include "gzip.h"
#include "hash.h"
#include "head.h"
#include "shared.h"
#include "snapshot.h"
#include "texts.h"

/* Less than this would fit into one packet anyway. */
#define GZIP_LEAST 1400

/* An answer that is longer is sent in pieces, each made when the one before has been sent. With the
 * rows that are made at a time, one fits into 32 KiB of room. */
#define PIECE (28 * 1024)

/* Of what is compressed, which takes longer, a piece is less, so that others have their turn. */
#define GZIP_PIECE (8 * 1024)

/* What it costs to compress a byte, in bytes that are only copied (stream_charge()). */
#define WORK_TO_COMPRESS 60

#define CRLF "\r\n"

#define OUT_OF_MEMORY \
	"{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503," \
	"\"detail\":\"Out of memory; try again later.\"}\n"

static const struct reply problem_reply = { .type = PROBLEM_TYPE, .open = true };

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

static uint64_t
hash_origin(uint64_t hashed, const struct exchange *exchange)
{
	const struct request_span *host = &exchange->request->host;

	hashed = hash_bytes(hashed, exchange->request->says_https ? "s" : "", 1);
	return hash_bytes(hashed, exchange->head + host->at, host->length);
}

/* What a page says besides what was asked for. */
static uint64_t
hash_reader(uint64_t hashed, const struct search *search)
{
	if (search->texts == NULL)
		return hashed;
	hashed = hash_bytes(hashed, search->texts->tag, strlen(search->texts->tag) + 1);
	return hash_bytes(hashed, search->usual_language, strlen(search->usual_language));
}

static void
set_etag(struct exchange *exchange, const struct reply *reply)
{
	const struct request_span *path = &exchange->request->path, *query = &exchange->request->query;
	uint64_t hashed = http_shared_fingerprint(exchange->shared, exchange->snapshot);

	hashed = hash_bytes(hashed, exchange->head + path->at, path->length);
	hashed = hash_bytes(hashed, "?", 1);
	hashed = hash_bytes(hashed, exchange->head + query->at, query->length);
	if (reply->absolute)
		hashed = hash_origin(hashed, exchange);
	hashed = hash_reader(hashed, &exchange->search);
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
	set_etag(exchange, reply);
	if (exchange->request->lists[REQUEST_IF_NONE_MATCH].count == 0 || !client_has_it(exchange))
		return false;
	text_clear(&exchange->body);
	response_whole(exchange, 304, reply);
	return true;
}

static bool
has_body(const struct exchange *exchange)
{
	return exchange->request->method != REQUEST_HEAD && exchange->status != 304 &&
	    exchange->status != 204;
}

/* ---- memory that has run out --------------------------------------------------------- */

/* Nothing has been sent yet, and this needs no memory. */
static bool
answer_out_of_memory(struct exchange *exchange)
{
	exchange->more = NULL;
	exchange->chunked = false;
	response_whole(exchange, 503, &problem_reply);
	head_write(exchange, false, strlen(OUT_OF_MEMORY));
	if (has_body(exchange))
		stream_puts(&exchange->connection->stream, OUT_OF_MEMORY);
	return false;
}

void
response_out_of_memory(struct connection *connection)
{
	char head[256];

	snprintf(head, sizeof(head),
	    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: " PROBLEM_TYPE
	    "\r\nContent-Length: %zu\r\nCache-Control: no-store\r\nRetry-After: 5\r\n"
	    "Connection: close\r\n\r\n",
	    strlen(OUT_OF_MEMORY));
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

	head_write(exchange, false, body->length);
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
	head_write(exchange, true, out->length);
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
	if (exchange->gzip != NULL)
		stream_hold(&exchange->connection->stream,
		    charindex_answer_memory(&exchange->search.answer) + GZIP_MEMORY);
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
	head_write(exchange, exchange->gzip != NULL, HEAD_LENGTH_UNKNOWN);
	return has_body(exchange);
}

bool
response_write(struct exchange *exchange)
{
	return exchange->begun ? write_piece(exchange) : begin(exchange);
}
