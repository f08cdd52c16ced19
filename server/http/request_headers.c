/* request_headers.c - reads headers (RFC 9112, section 5). */
#include <string.h>

#include "host.h"
#include "request_states.h"

static bool
read_host(struct request *request, const char *head, struct request_span value)
{
	if (request->host.length > 0)
		return request_refuse(request, REFUSED_NO_HOST);
	request->host = value;
	return host_is_valid(head + value.at, value.length) || request_refuse(request, REFUSED_HOST);
}

static bool
read_content_length(struct request *request, const char *head, struct request_span value)
{
	bool body = field_promises_body(head + value.at, value.length);

	return request_refuse(request, body ? REFUSED_BODY : REFUSED_FRAMING);
}

static bool
read_transfer_encoding(struct request *request, const char *head, struct request_span value)
{
	(void)head, (void)value;
	return request_refuse(request, REFUSED_FRAMING);
}

/* HTTP/1.0 has no expectations (RFC 9110, section 10.1.1). */
static bool
read_expect(struct request *request, const char *head, struct request_span value)
{
	(void)head, (void)value;
	return request->minor == 0 || request_refuse(request, REFUSED_EXPECTATION);
}

static bool
read_connection(struct request *request, const char *head, struct request_span value)
{
	request->says_close |= field_has_token(head + value.at, value.length, "close");
	request->says_keep_alive |= field_has_token(head + value.at, value.length, "keep-alive");
	return true;
}

/* Browsers name HTML, without a weight, when somebody goes to an address; scripts and programs do not. */
static bool
read_accept(struct request *request, const char *head, struct request_span value)
{
	request->wants_page |= field_has_token(head + value.at, value.length, "text/html");
	return true;
}

static bool
read_accept_encoding(struct request *request, const char *head, struct request_span value)
{
	field_read_encodings(&request->encodings, head + value.at, value.length);
	return true;
}

static bool
add_line(struct request_lines *lines, struct request_span value)
{
	lines->last = value;
	lines->count++;
	return true;
}

static bool
read_if_none_match(struct request *request, const char *head, struct request_span value)
{
	(void)head;
	return add_line(&request->lists[REQUEST_IF_NONE_MATCH], value);
}

static bool
read_forwarded_for(struct request *request, const char *head, struct request_span value)
{
	(void)head;
	return add_line(&request->lists[REQUEST_FORWARDED_FOR], value);
}

static bool
read_accept_language(struct request *request, const char *head, struct request_span value)
{
	(void)head;
	return add_line(&request->lists[REQUEST_ACCEPT_LANGUAGE], value);
}

static bool
read_forwarded_proto(struct request *request, const char *head, struct request_span value)
{
	request->says_https = value.length == strlen("https") &&
	    request_begins("https", head + value.at, value.length);
	return true;
}

struct header {
	const char *name;
	size_t length;
	bool (*read)(struct request *request, const char *head, struct request_span value);
};

/* All that matter to us. */
/* clang-format off */
static const struct header headers[] = {
#define HEADER(name, read) { name, sizeof(name) - 1, read }
	HEADER("host", read_host),
	HEADER("accept", read_accept),
	HEADER("expect", read_expect),
	HEADER("connection", read_connection),
	HEADER("if-none-match", read_if_none_match),
	HEADER("content-length", read_content_length),
	HEADER("accept-encoding", read_accept_encoding),
	HEADER("accept-language", read_accept_language),
	HEADER("x-forwarded-for", read_forwarded_for),
	HEADER("transfer-encoding", read_transfer_encoding),
	HEADER("x-forwarded-proto", read_forwarded_proto),
};
/* clang-format on */

static const struct header *
find_header(const char *name, size_t length)
{
	for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++)
		if (headers[i].length == length && request_begins(headers[i].name, name, length))
			return &headers[i];
	return NULL;
}

bool
request_leave_name(struct request *request, const char *head, size_t at)
{
	bool empty = at == request->begin;

	if (head[at] == '\r' && empty)
		return request_enter(request, AFTER_LAST_LINE, at);
	if (head[at] != ':' || empty)
		return request_refuse(request, REFUSED_LINES);
	if (request->headers == REQUEST_MAX_HEADERS)
		return request_refuse(request, REFUSED_HEADERS);
	request->headers++;
	request->colon = (uint16_t)at;
	return request_enter(request, IN_VALUE, request->begin);
}

bool
request_leave_value(struct request *request, const char *head, size_t at)
{
	if (head[at] != '\r')
		return request_refuse(request, REFUSED_LINES);
	return request_enter(request, AFTER_VALUE, request->begin);
}

bool
request_leave_line(struct request *request, const char *head, size_t at)
{
	const struct header *header =
	    find_header(head + request->begin, (size_t)(request->colon - request->begin));

	if (!request_take_line_feed(request, head[at]))
		return false;
	if (header != NULL &&
	    !header->read(request, head, request_find_value(head, request->colon + 1u, at - 1)))
		return false;
	return request_enter(request, IN_NAME, at + 1);
}
