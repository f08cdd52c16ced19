/* head.c - the status line and the headers of an answer. */
#include "head.h"

#include <stdlib.h>
#include <string.h>

#include "base_path.h"
#include "connection.h"
#include "exchange.h"
#include "shared.h"
#include "texts.h"

/* Nothing from elsewhere, nothing inline. */
#define CONTENT_SECURITY_POLICY \
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " \
	"manifest-src 'self'; worker-src 'self'; " \
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

#define METHODS "GET, HEAD, OPTIONS"

#define CRLF "\r\n"

static const struct {
	int status;
	const char *phrase;
} phrases[] = {
	{ 200, "OK" },
	{ 204, "No Content" },
	{ 301, "Moved Permanently" },
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
head_phrase(int status)
{
	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++)
		if (phrases[i].status == status)
			return phrases[i].phrase;
	abort(); /* every status that is answered has its row */
}

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
	out = put(put(put(out, " "), head_phrase(exchange->status)), CRLF);
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
	return put_header(out, "Vary",
	    exchange->reply.page ? "Accept-Encoding, Accept-Language" : "Accept-Encoding");
}

/* What may be asked, also by scripts of other origins, whose browser asks this first. */
static char *
put_options(char *out, const struct reply *reply)
{
	out = put_header(out, "Allow", METHODS);
	if (!reply->open)
		return out;
	out = put_header(out, "Access-Control-Allow-Methods", METHODS);
	out = put_header(out, "Access-Control-Allow-Headers", "*");
	return put_header(out, "Access-Control-Max-Age", "86400");
}

/* 304 describes nothing (RFC 9110, section 15.4.5), and with 204 there is nothing. */
static bool
has_content(const struct exchange *exchange)
{
	return exchange->status != 304 && exchange->status != 204;
}

static char *
put_headers(char *out, const struct exchange *exchange)
{
	const struct reply *reply = &exchange->reply;

	out = put_cache_headers(out, exchange);
	if (reply->open)
		out = put(out,
		    "Access-Control-Allow-Origin: *" CRLF "Access-Control-Expose-Headers: ETag, Link" CRLF);
	if (exchange->status == 204)
		out = put_options(out, reply);
	if (!has_content(exchange))
		return out;
	out = put_header(out, "Content-Type", reply->type);
	out = put_header(out, "X-Content-Type-Options", "nosniff");
	out = put_header(out, "Referrer-Policy", "no-referrer");
	if (reply->page)
		out = put_header(out, "Content-Security-Policy", CONTENT_SECURITY_POLICY);
	if (reply->page && exchange->search.texts != NULL)
		out = put_header(out, "Content-Language", exchange->search.texts->tag);
	if (exchange->status == 405)
		out = put_header(out, "Allow", METHODS);
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

static void
put_links(struct stream *stream, const struct text *links)
{
	stream_puts(stream, "Link: ");
	stream_write(stream, links->bytes, links->length);
	stream_puts(stream, CRLF);
}

/* Only the base path leads elsewhere: to itself with a slash, and the query that it came with. */
static void
put_location(struct stream *stream, const struct exchange *exchange)
{
	const struct request_span *query = &exchange->request->query;

	stream_puts(stream, "Location: ");
	stream_puts(stream, base_path(exchange));
	stream_puts(stream, query->length > 0 ? "/?" : "/");
	stream_write(stream, exchange->head + query->at, query->length);
	stream_puts(stream, CRLF);
}

void
head_write(struct exchange *exchange, bool compressed, size_t length)
{
	struct stream *stream = &exchange->connection->stream;
	size_t room;
	char *begin = stream_room(stream, STREAM_ROOM, &room), *out = begin;

	out = put_headers(put_status_line(out, exchange), exchange);
	if (compressed)
		out = put_header(out, "Content-Encoding", "gzip");
	out = put_connection(out, exchange);
	if (exchange->chunked)
		out = put_header(out, "Transfer-Encoding", "chunked");
	else if (length != HEAD_LENGTH_UNKNOWN && has_content(exchange))
		out = put(put_number(put(out, "Content-Length: "), length), CRLF);
	stream_fill(stream, (size_t)(out - begin));
	if (exchange->links.length > 0 && exchange->status == 200)
		put_links(stream, &exchange->links);
	if (exchange->status == 301)
		put_location(stream, exchange);
	stream_puts(stream, CRLF);
	exchange->begun = true;
}
