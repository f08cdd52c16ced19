/* request_line.c - reads request lines (RFC 9112, section 3). */
#include <string.h>

#include "ascii.h"
#include "host.h"
#include "request_states.h"

/* A byte that does not belong into a request line. */
static bool
refuse_in_request_line(struct request *request, char c)
{
	return request_refuse(request, c == '\n' ? REFUSED_LINES : REFUSED_NO_REQUEST);
}

/* ... or into a target. */
static bool
refuse_in_target(struct request *request, char c)
{
	if ((unsigned char)c >= 0x80)
		return request_refuse(request, REFUSED_NOT_ASCII);
	return refuse_in_request_line(request, c);
}

static enum request_method
find_method(const char *name, size_t length)
{
	static const struct {
		const char *name;
		enum request_method method;
	} methods[] = {
		{ "GET", REQUEST_GET },
		{ "HEAD", REQUEST_HEAD },
		{ "POST", REQUEST_OTHER },
		{ "PUT", REQUEST_OTHER },
		{ "DELETE", REQUEST_OTHER },
		{ "OPTIONS", REQUEST_OPTIONS },
		{ "PATCH", REQUEST_OTHER },
		{ "TRACE", REQUEST_OTHER },
		{ "CONNECT", REQUEST_OTHER },
	};

	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (strlen(methods[i].name) == length && memcmp(methods[i].name, name, length) == 0)
			return methods[i].method;
	return REQUEST_UNKNOWN;
}

/* One empty line may come before a request (section 2.2). */
bool
request_leave_method(struct request *request, const char *head, size_t at)
{
	if (head[at] == '\r' && at == 0)
		return request_enter(request, IN_EMPTY_LINE, at);
	if (head[at] != ' ' || at == request->begin)
		return refuse_in_request_line(request, head[at]);
	request->method_name = request_span_to(request, at);
	request->method = (uint8_t)find_method(head + request->begin, request->method_name.length);
	if (request->method == REQUEST_OTHER || request->method == REQUEST_UNKNOWN)
		return request_enter(request, IN_OTHER_TARGET, at + 1);
	return request_enter(request, BEFORE_TARGET, at + 1);
}

bool
request_leave_empty_line(struct request *request, const char *head, size_t at)
{
	return request_take_line_feed(request, head[at]) && request_enter(request, IN_METHOD, at + 1);
}

bool
request_leave_before_target(struct request *request, const char *head, size_t at)
{
	if (head[at] == '/')
		return request_enter(request, IN_PATH, at);
	if ((head[at] | 0x20) == 'h')
		return request_enter(request, IN_SCHEME, at);
	return request_refuse(request, REFUSED_TARGET);
}

bool
request_leave_scheme(struct request *request, const char *head, size_t at)
{
	static const char plain[] = "http://", secure[] = "https://";
	const char *scheme = head + request->begin;
	size_t length = at + 1 - request->begin;
	bool is_plain = request_begins(plain, scheme, length);

	if (!is_plain && !request_begins(secure, scheme, length))
		return request_refuse(request, REFUSED_TARGET);
	if (length == (is_plain ? strlen(plain) : strlen(secure)))
		return request_enter(request, IN_AUTHORITY, at + 1);
	return true;
}

bool
request_leave_authority(struct request *request, const char *head, size_t at)
{
	request->authority = request_span_to(request, at);
	if (head[at] != '/')
		return request_refuse(request, REFUSED_TARGET);
	if (!host_is_valid(head + request->begin, request->authority.length))
		return request_refuse(request, REFUSED_HOST);
	return request_enter(request, IN_PATH, at);
}

bool
request_leave_path(struct request *request, const char *head, size_t at)
{
	request->path = request_span_to(request, at);
	if (head[at] == '?')
		return request_enter(request, IN_QUERY, at + 1);
	if (head[at] == ' ')
		return request_enter(request, IN_VERSION, at + 1);
	return refuse_in_target(request, head[at]);
}

bool
request_leave_query(struct request *request, const char *head, size_t at)
{
	request->query = request_span_to(request, at);
	if (head[at] == ' ')
		return request_enter(request, IN_VERSION, at + 1);
	return refuse_in_target(request, head[at]);
}

/* The target of a method that is refused in the end. */
bool
request_leave_other_target(struct request *request, const char *head, size_t at)
{
	request->path = request_span_to(request, at);
	if (head[at] == ' ' && at > request->begin)
		return request_enter(request, IN_VERSION, at + 1);
	return refuse_in_target(request, head[at]);
}

/* Byte by byte, so that the first wrong one is refused. */
bool
request_leave_version(struct request *request, const char *head, size_t at)
{
	static const char begin[] = "HTTP/1.";
	size_t done = at - request->begin;
	char c = head[at];

	if (done < strlen(begin)) {
		if (c == begin[done])
			return true;
		if (begin[done] == '1' && ascii_is_digit(c))
			return request_refuse(request, REFUSED_VERSION);
		return refuse_in_request_line(request, c);
	}
	if (done == strlen(begin)) {
		request->minor = c == '1';
		if (c > '1' && c <= '9')
			return request_refuse(request, REFUSED_VERSION);
		return c == '0' || c == '1' || refuse_in_request_line(request, c);
	}
	return c == '\r' ? request_enter(request, AFTER_REQUEST_LINE, at)
	                 : refuse_in_request_line(request, c);
}

bool
request_leave_request_line(struct request *request, const char *head, size_t at)
{
	request->first_header = (uint16_t)(at + 1);
	return request_take_line_feed(request, head[at]) && request_enter(request, IN_NAME, at + 1);
}
