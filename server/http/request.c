/* request.c - reads the heads of requests, from one state to the next. */
#include "request.h"

#include <string.h>
#include <strings.h>

#include "request_states.h"

/* ---- classes of bytes -------------------------------------------------------------------- */

enum {
	TOKEN = 1,     /* tchar (RFC 9110, section 5.6.2) */
	VALUE = 2,     /* field-vchar, space and tab (section 5.5) */
	AUTHORITY = 4, /* unreserved, sub-delims and %:[] (RFC 3986, section 3.2), but no user */
	PATH = 8,      /* visible but ? and #: browsers escape less than RFC 3986 wants */
	QUERY = 16,    /* ? too */
};

#define VISIBLE (VALUE | PATH | QUERY)
#define WORD (VISIBLE | AUTHORITY | TOKEN)

static const uint8_t classes[256] = {
	['\t'] = VALUE,
	[' '] = VALUE,
	['!'] = WORD,
	['"'] = VISIBLE,
	['#'] = VALUE | TOKEN,
	['$'] = WORD,
	['%'] = WORD,
	['&' ... '\''] = WORD,
	['(' ... ')'] = VISIBLE | AUTHORITY,
	['*' ... '+'] = WORD,
	[','] = VISIBLE | AUTHORITY,
	['-' ... '.'] = WORD,
	['/'] = VISIBLE,
	['0' ... '9'] = WORD,
	[':' ... ';'] = VISIBLE | AUTHORITY,
	['<'] = VISIBLE,
	['='] = VISIBLE | AUTHORITY,
	['>'] = VISIBLE,
	['?'] = VALUE | QUERY,
	['@'] = VISIBLE,
	['A' ... 'Z'] = WORD,
	['['] = VISIBLE | AUTHORITY,
	['\\'] = VISIBLE,
	[']'] = VISIBLE | AUTHORITY,
	['^'] = VISIBLE | TOKEN,
	['_'] = WORD,
	['`'] = VISIBLE | TOKEN,
	['a' ... 'z'] = WORD,
	['{'] = VISIBLE,
	['|'] = VISIBLE | TOKEN,
	['}'] = VISIBLE,
	['~'] = WORD,
	[0x80 ... 0xff] = VALUE,
};

/* ---- the end ----------------------------------------------------------------------------- */

/* A target with an authority has the same as Host (RFC 9112, section 3.2). */
static bool
check_host(struct request *request, const char *head)
{
	struct request_span host = request->host, authority = request->authority;

	if (host.length == 0) {
		request->host = authority;
		return request->minor == 0 || request_refuse(request, REFUSED_NO_HOST);
	}
	return authority.length == 0 ||
	    (authority.length == host.length &&
	        strncasecmp(head + authority.at, head + host.at, host.length) == 0) ||
	    request_refuse(request, REFUSED_HOST);
}

static bool
leave_last_line(struct request *request, const char *head, size_t at)
{
	if (!request_take_line_feed(request, head[at]) || !check_host(request, head))
		return false;
	if (request->method == REQUEST_UNKNOWN)
		return request_refuse(request, REFUSED_UNKNOWN_METHOD);
	if (request->method == REQUEST_OTHER)
		return request_refuse(request, REFUSED_METHOD);
	request->persistent = !request->says_close && (request->minor > 0 || request->says_keep_alive);
	request->status = REQUEST_READY;
	return true;
}

/* ---- eight bytes at a time -------------------------------------------------------------------- */

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Are eight bytes all allowed in a value? No is not the last word: a tab is, too. */
static bool
is_visible(const char *text)
{
	uint64_t bytes, as_delete, below_space, delete;

	/* what is less borrows: its highest bit becomes set, and was not set before */
	memcpy(&bytes, text, sizeof(bytes));
	as_delete = bytes ^ EACH(0x7f);
	below_space = (bytes - EACH(' ')) & ~bytes;
	delete = (as_delete - EACH(1)) & ~as_delete;
	return ((below_space | delete) & EACH(0x80)) == 0;
}

/* ---- all of it --------------------------------------------------------------------------- */

static const struct {
	uint8_t classes; /* of the bytes that belong to it */
	/* Takes the first byte that does not: false if it has been refused. */
	bool (*leave)(struct request *request, const char *head, size_t at);
} states[] = {
	[IN_METHOD] = { TOKEN, request_leave_method },
	[IN_EMPTY_LINE] = { 0, request_leave_empty_line },
	[BEFORE_TARGET] = { 0, request_leave_before_target },
	[IN_SCHEME] = { 0, request_leave_scheme },
	[IN_AUTHORITY] = { AUTHORITY, request_leave_authority },
	[IN_PATH] = { PATH, request_leave_path },
	[IN_QUERY] = { QUERY, request_leave_query },
	[IN_OTHER_TARGET] = { QUERY, request_leave_other_target },
	[IN_VERSION] = { 0, request_leave_version },
	[AFTER_REQUEST_LINE] = { 0, request_leave_request_line },
	[IN_NAME] = { TOKEN, request_leave_name },
	[IN_VALUE] = { VALUE, request_leave_value },
	[AFTER_VALUE] = { 0, request_leave_line },
	[AFTER_LAST_LINE] = { 0, leave_last_line },
};

/* Where the bytes from `at` on end that are in `goes_on`, at `end` at the latest. */
static size_t
skip(const char *head, size_t at, size_t end, uint8_t goes_on)
{
	if (goes_on == VALUE)
		while (end - at >= 8 && is_visible(head + at))
			at += 8;
	while (at < end && (classes[(unsigned char)head[at]] & goes_on) != 0)
		at++;
	return at;
}

enum request_status
request_read(struct request *request, const char *head, size_t length)
{
	size_t end = length < REQUEST_MAX_SIZE ? length : REQUEST_MAX_SIZE;
	size_t at = request->size;

	while (at < end && request->status == REQUEST_PARTIAL) {
		at = skip(head, at, end, states[request->state].classes);
		if (at < end && !states[request->state].leave(request, head, at++))
			request->status = REQUEST_BAD;
	}
	request->size = (uint16_t)at;
	if (at == REQUEST_MAX_SIZE && request->status == REQUEST_PARTIAL) {
		request_refuse(request, REFUSED_SIZE);
		request->status = REQUEST_BAD;
	}
	return (enum request_status)request->status;
}

unsigned
request_find_lines(const struct request *request, const char *head, enum request_list list,
    struct request_span values[REQUEST_MAX_HEADERS])
{
	static const char *const names[] = {
		[REQUEST_IF_NONE_MATCH] = "if-none-match",
		[REQUEST_FORWARDED_FOR] = "x-forwarded-for",
		[REQUEST_ACCEPT_LANGUAGE] = "accept-language",
	};
	size_t name_length = strlen(names[list]), at = request->first_header;
	unsigned count = request->lists[list].count, found = 0;

	if (count == 1)
		values[found++] = request->lists[list].last;
	while (found < count) {
		const char *line = head + at, *cr = memchr(line, '\r', request->size - at);
		size_t end = (size_t)(cr - head);

		if (end - at > name_length && line[name_length] == ':' &&
		    request_begins(names[list], line, name_length))
			values[found++] = request_find_value(head, at + name_length + 1, end);
		at = end + strlen("\r\n");
	}
	return count;
}
