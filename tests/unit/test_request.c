/* test_request.c - request heads: what is taken and what it says, what is refused and at which
 * byte, wherever it is split. */
#include <stdio.h>
#include <string.h>

#include "request.h"
#include "unit.h"

#define START "GET /search?q=rook HTTP/1.1\r\nHost: a\r\n"
#define LATER "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n"

/* Text that may have NULs in it. */
struct sample {
	const char *text;
	size_t length;
};

#define SAMPLE(text) \
	{ \
		text, sizeof(text) - 1 \
	}

/* ---- ways to read -------------------------------------------------------------------------- */

/* Reads on with `length` bytes of the sample, which are elsewhere than the last time, and no more
 * than that. */
static enum request_status
read_some(struct request *request, const struct sample *sample, size_t length)
{
	char *copy = malloc(length > 0 ? length : 1);
	enum request_status status;

	memcpy(copy, sample->text, length);
	status = request_read(request, copy, length);
	free(copy);
	return status;
}

static struct request
read_whole(const struct sample *sample)
{
	struct request request = { 0 };

	read_some(&request, sample, sample->length);
	return request;
}

static struct request
read_by_bytes(const struct sample *sample)
{
	struct request request = { 0 };

	for (size_t length = 0; length <= sample->length; length++)
		read_some(&request, sample, length);
	return request;
}

static bool
is_same(const struct request *a, const struct request *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

/* All that the sample is followed by makes no difference, nor where it is split; and each of its
 * beginnings is one. */
static void
assert_settled(const struct sample *sample)
{
	struct request whole = read_whole(sample), bytes = read_by_bytes(sample), longer = { 0 };
	char more[2 * REQUEST_MAX_SIZE];

	ck_assert_msg(is_same(&whole, &bytes), "byte by byte: %s", sample->text);
	for (size_t split = 0; split < sample->length; split++) {
		struct request parts = { 0 };

		ck_assert_msg(read_some(&parts, sample, split) == REQUEST_PARTIAL, "%zu bytes of: %s",
		    split, sample->text);
		read_some(&parts, sample, sample->length);
		ck_assert_msg(is_same(&whole, &parts), "split at %zu: %s", split, sample->text);
	}
	memcpy(more, sample->text, sample->length);
	strcpy(more + sample->length, LATER);
	request_read(&longer, more, sample->length + strlen(LATER));
	ck_assert_msg(is_same(&whole, &longer), "with more after it: %s", sample->text);
}

/* ---- what is taken ------------------------------------------------------------------------- */

static void
assert_span(const char *head, struct request_span span, const char *expected)
{
	ck_assert_uint_eq(span.length, strlen(expected));
	ck_assert_mem_eq(head + span.at, expected, span.length);
}

static struct request
assert_ready(const char *text)
{
	struct sample sample = { text, strlen(text) };
	struct request request = read_whole(&sample);

	ck_assert_msg(request.status == REQUEST_READY, "refused as %s: %s",
	    refusal_detail((enum refusal)request.refusal), text);
	ck_assert_uint_eq(request.size, sample.length);
	assert_settled(&sample);
	return request;
}

START_TEST(takes_what_clients_send)
{
	static const struct {
		const char *text, *path, *query, *host;
		enum request_method method;
		unsigned minor;
	} cases[] = {
		{ "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "/", "", "a", REQUEST_GET, 1 },
		{ "HEAD /search?q=a%20b&x=?/ HTTP/1.1\r\nhost:a.example:8080 \t\r\n\r\n", "/search",
		    "q=a%20b&x=?/", "a.example:8080", REQUEST_HEAD, 1 },
		{ "\r\nGET /? HTTP/1.1\r\nHOST:\t[2001:db8::1]:80\r\n\r\n", "/", "", "[2001:db8::1]:80",
		    REQUEST_GET, 1 },
		{ "GET //x/metrics HTTP/1.1\r\nHost: a\r\n\r\n", "//x/metrics", "", "a", REQUEST_GET, 1 },
		{ "GET /a/../%2e|\\^{\"} HTTP/1.1\r\nHost: a\r\n\r\n", "/a/../%2e|\\^{\"}", "", "a",
		    REQUEST_GET, 1 },
		{ "GET / HTTP/1.0\r\n\r\n", "/", "", "", REQUEST_GET, 0 },
		{ "GET / HTTP/1.0\r\nHost: a\r\n\r\n", "/", "", "a", REQUEST_GET, 0 },
		{ "GET HTTP://A.b:1/x?y HTTP/1.1\r\nHost: a.B:1\r\n\r\n", "/x", "y", "a.B:1", REQUEST_GET,
		    1 },
		{ "GET https://a/ HTTP/1.0\r\n\r\n", "/", "", "a", REQUEST_GET, 0 },
		{ "GET / HTTP/1.1\r\nX-!#$%&'*+.^_`|~0: \t any \x80 value\r\nEmpty:\r\nHost: a\r\n\r\n",
		    "/", "", "a", REQUEST_GET, 1 },
		{ "GET / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n", "/", "", "", REQUEST_GET, 0 },
	};

	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		const char *text = cases[i].text;
		struct request request = assert_ready(text);

		ck_assert_uint_eq(request.method, cases[i].method);
		ck_assert_uint_eq(request.minor, cases[i].minor);
		assert_span(text, request.method_name, cases[i].method == REQUEST_GET ? "GET" : "HEAD");
		assert_span(text, request.path, cases[i].path);
		assert_span(text, request.query, cases[i].query);
		assert_span(text, request.host, cases[i].host);
	}
}
END_TEST

START_TEST(says_whether_the_connection_goes_on)
{
	static const struct {
		const char *text;
		bool persistent;
	} cases[] = {
		{ START "\r\n", true },
		{ START "Connection: close\r\n\r\n", false },
		{ START "Connection: keep-alive\r\nConnection: upgrade, CLOSE\r\n\r\n", false },
		{ START "Connection: closed, not-close\r\n\r\n", true },
		{ "GET / HTTP/1.0\r\n\r\n", false },
		{ "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", true },
		{ "GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n", false },
	};

	for (size_t i = 0; i < UNIT_COUNT(cases); i++)
		ck_assert_msg(assert_ready(cases[i].text).persistent == cases[i].persistent, "%s",
		    cases[i].text);
}
END_TEST

START_TEST(takes_the_lines_of_a_list_together)
{
	static const char text[] = START
	    "Accept-Encoding: gzip\r\nAccept-Encoding: br, gzip;q=0\r\n"
	    "If-None-Match: \"a\"\r\nIf-None-Matched: \"x\"\r\nX-Forwarded-For: 192.0.2.1\r\n"
	    "if-none-match:\"b\" , \"c\"\t\r\nIf-None-Match:\r\n\r\n";
	struct request request = assert_ready(text);
	struct request_span values[REQUEST_MAX_HEADERS];

	ck_assert(!field_prefers_gzip(&request.encodings));
	ck_assert_uint_eq(request_find_lines(&request, text, REQUEST_IF_NONE_MATCH, values), 3);
	assert_span(text, values[0], "\"a\"");
	assert_span(text, values[1], "\"b\" , \"c\"");
	assert_span(text, values[2], "");
	ck_assert_uint_eq(request_find_lines(&request, text, REQUEST_FORWARDED_FOR, values), 1);
	assert_span(text, values[0], "192.0.2.1");
}
END_TEST

START_TEST(leaves_the_next_request_alone)
{
	static const char text[] = START "\r\n" LATER "\r\n" LATER;
	const char *at = text;
	unsigned count = 0;

	while (*at != '\0') {
		struct request request = { 0 };

		ck_assert(request_read(&request, at, strlen(at)) == REQUEST_READY);
		at += request.size;
		count++;
	}
	ck_assert_uint_eq(count, 3);
}
END_TEST

/* What was behind has gone from memory that only has what is still to be read. */
START_TEST(looks_at_no_line_again)
{
	static const char text[] = START "Accept-Encoding: gzip\r\nConnection: close\r\nX: y\r\n\r\n";
	struct sample sample = SAMPLE(text);
	struct request whole = read_whole(&sample), request = { 0 };
	char changed[sizeof(text)];
	size_t line = 0;

	strcpy(changed, text);
	for (size_t length = 0; length <= sample.length; length++) {
		request_read(&request, changed, length);
		if (length > 0 && text[length - 1] == '\n') {
			memset(changed + line, '\0', length - line);
			line = length;
		}
	}
	ck_assert(is_same(&whole, &request));
}
END_TEST

START_TEST(is_small_and_begins_as_zeros)
{
	ck_assert_uint_le(sizeof(struct request), 96);
}
END_TEST

/* ---- what is refused ----------------------------------------------------------------------- */

struct refused {
	struct sample sample; /* ends with the byte that is wrong */
	enum refusal refusal;
};

#define REFUSED(text, refusal) \
	{ \
		SAMPLE(text), refusal \
	}

static void
assert_refused(const struct refused *refused, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct sample *sample = &refused[i].sample;
		struct request request = read_whole(sample);

		ck_assert_msg(request.status == REQUEST_BAD, "not refused: %s", sample->text);
		ck_assert_msg(request.refusal == refused[i].refusal, "refused as %u: %s", request.refusal,
		    sample->text);
		ck_assert_uint_eq(request.size, sample->length);
		assert_settled(sample);
	}
}

START_TEST(refuses_request_lines_at_the_first_wrong_byte)
{
	static const struct refused cases[] = {
		REFUSED(" ", REFUSED_NO_REQUEST),
		REFUSED("\n", REFUSED_LINES),
		REFUSED("\0", REFUSED_NO_REQUEST),
		REFUSED("\xff", REFUSED_NO_REQUEST),
		REFUSED("\x16", REFUSED_NO_REQUEST), /* TLS */
		REFUSED("\r\r", REFUSED_LINES),
		REFUSED("\r\n\r", REFUSED_NO_REQUEST),
		REFUSED("\r\n ", REFUSED_NO_REQUEST),
		REFUSED("GET\r", REFUSED_NO_REQUEST),
		REFUSED("GET\t", REFUSED_NO_REQUEST),
		REFUSED("GET  ", REFUSED_TARGET),
		REFUSED("GET x", REFUSED_TARGET),
		REFUSED("GET *", REFUSED_TARGET),
		REFUSED("OPTIONS *", REFUSED_TARGET),
		REFUSED("GET ?", REFUSED_TARGET),
		REFUSED("GET he", REFUSED_TARGET), /* healthz */
		REFUSED("GET \xe2", REFUSED_TARGET),
		REFUSED("GET http:/x", REFUSED_TARGET),
		REFUSED("GET http:///", REFUSED_HOST),
		REFUSED("GET httpx", REFUSED_TARGET),
		REFUSED("GET httpsx", REFUSED_TARGET),
		REFUSED("GET http://a ", REFUSED_TARGET),
		REFUSED("GET http://a?", REFUSED_TARGET),
		REFUSED("GET http://a@", REFUSED_TARGET),
		REFUSED("GET http://a:65536/", REFUSED_HOST),
		REFUSED("GET http://[::1/", REFUSED_HOST),
		REFUSED("GET /#", REFUSED_NO_REQUEST),
		REFUSED("GET /?a#", REFUSED_NO_REQUEST),
		REFUSED("GET /\xe2", REFUSED_NOT_ASCII), /* ♗ */
		REFUSED("GET /?q=\xe2", REFUSED_NOT_ASCII),
		REFUSED("POST \xe2", REFUSED_NOT_ASCII),
		REFUSED("GET /\0", REFUSED_NO_REQUEST),
		REFUSED("GET /\x7f", REFUSED_NO_REQUEST),
		REFUSED("GET /\t", REFUSED_NO_REQUEST),
		REFUSED("GET /healthz\r", REFUSED_NO_REQUEST),
		REFUSED("GET /healthz\n", REFUSED_LINES),
		REFUSED("GET /?q\r", REFUSED_NO_REQUEST),
		REFUSED("GET /  ", REFUSED_NO_REQUEST),
		REFUSED("GET / h", REFUSED_NO_REQUEST),
		REFUSED("GET / HTTP ", REFUSED_NO_REQUEST),
		REFUSED("GET / HTTP/x", REFUSED_NO_REQUEST),
		REFUSED("GET / HTTP/0", REFUSED_VERSION),
		REFUSED("GET / HTTP/2", REFUSED_VERSION),
		REFUSED("GET / HTTP/9", REFUSED_VERSION),
		REFUSED("GET / HTTP/1 ", REFUSED_NO_REQUEST),
		REFUSED("GET / HTTP/1,", REFUSED_NO_REQUEST),
		REFUSED("GET / HTTP/1.2", REFUSED_VERSION),
		REFUSED("GET / HTTP/1.9", REFUSED_VERSION), /* 1.999 */
		REFUSED("GET / HTTP/1.x", REFUSED_NO_REQUEST),
		REFUSED("GET / HTTP/1.10", REFUSED_NO_REQUEST),
		REFUSED("GET / HTTP/1.1 ", REFUSED_NO_REQUEST), /* HTTP/1.1 */
		REFUSED("GET / HTTP/1.1\n", REFUSED_LINES),
		REFUSED("GET / HTTP/1.1\rX", REFUSED_LINES),
		REFUSED("BREW  ", REFUSED_NO_REQUEST),
		REFUSED("white bishop\r", REFUSED_NO_REQUEST),
	};

	assert_refused(cases, UNIT_COUNT(cases));
}
END_TEST

START_TEST(refuses_methods_when_all_has_come)
{
	static const struct refused cases[] = {
		REFUSED("POST / HTTP/1.1\r\nHost: a\r\n\r\n", REFUSED_METHOD),
		REFUSED("PUT / HTTP/1.1\r\nHost: a\r\n\r\n", REFUSED_METHOD),
		REFUSED("DELETE / HTTP/1.1\r\nHost: a\r\n\r\n", REFUSED_METHOD),
		REFUSED("PATCH / HTTP/1.1\r\nHost: a\r\n\r\n", REFUSED_METHOD),
		REFUSED("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", REFUSED_METHOD),
		REFUSED("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", REFUSED_METHOD),
		REFUSED("get / HTTP/1.1\r\nHost: a\r\n\r\n", REFUSED_UNKNOWN_METHOD),
		REFUSED("G / HTTP/1.1\r\nHost: a\r\n\r\n", REFUSED_UNKNOWN_METHOD),
		REFUSED("GETS / HTTP/1.1\r\nHost: a\r\n\r\n", REFUSED_UNKNOWN_METHOD),
		REFUSED("BREW / HTTP/1.0\r\n\r\n", REFUSED_UNKNOWN_METHOD),
		REFUSED("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n", REFUSED_BODY),
	};

	assert_refused(cases, UNIT_COUNT(cases));
}
END_TEST

START_TEST(refuses_headers_that_are_none)
{
	static const struct refused cases[] = {
		REFUSED(START "\n", REFUSED_LINES),
		REFUSED(START "\rX", REFUSED_LINES),
		REFUSED(START ":", REFUSED_LINES),
		REFUSED(START "X\r", REFUSED_LINES),
		REFUSED(START "X\n", REFUSED_LINES),
		REFUSED(START "X\0", REFUSED_LINES),
		REFUSED(START "X\x80", REFUSED_LINES),
		REFUSED(START "X(", REFUSED_LINES),
		REFUSED(START "X: \0", REFUSED_LINES),
		REFUSED(START "X: \x01", REFUSED_LINES),
		REFUSED(START "X: \x1b", REFUSED_LINES),
		REFUSED(START "X: \x7f", REFUSED_LINES),
		REFUSED(START "Expect: 100-continue\r\n", REFUSED_EXPECTATION),
		REFUSED(START "eXPECT:\r\n", REFUSED_EXPECTATION),
	};

	assert_refused(cases, UNIT_COUNT(cases));
}
END_TEST

START_TEST(refuses_hosts_that_are_none)
{
	static const struct refused cases[] = {
		REFUSED("GET / HTTP/1.1\r\n\r\n", REFUSED_NO_HOST),
		REFUSED("GET http://a/ HTTP/1.1\r\n\r\n", REFUSED_NO_HOST),
		REFUSED("GET http://a/ HTTP/1.1\r\nHost: b\r\n\r\n", REFUSED_HOST),
		REFUSED("GET http://a/ HTTP/1.1\r\nHost: a:80\r\n\r\n", REFUSED_HOST),
		REFUSED("GET http://a/ HTTP/1.0\r\nHost: ab\r\n\r\n", REFUSED_HOST),
		REFUSED(START "Host: a\r\n", REFUSED_NO_HOST),
		REFUSED(START "HOST: b\r\n", REFUSED_NO_HOST),
		REFUSED("GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n", REFUSED_NO_HOST),
		REFUSED("GET / HTTP/1.1\r\nHost:\r\n", REFUSED_HOST),
		REFUSED("GET / HTTP/1.0\r\nHost: \t\r\n", REFUSED_HOST),
		REFUSED("GET / HTTP/1.1\r\nHost: a b\r\n", REFUSED_HOST),
		REFUSED("GET / HTTP/1.1\r\nHost: a, b\r\n", REFUSED_HOST),
		REFUSED("GET / HTTP/1.1\r\nHost: a/b\r\n", REFUSED_HOST),
		REFUSED("GET / HTTP/1.1\r\nHost: user@a\r\n", REFUSED_HOST),
		REFUSED("GET / HTTP/1.1\r\nHost: a:b\r\n", REFUSED_HOST),
		REFUSED("GET / HTTP/1.1\r\nHost: ::1\r\n", REFUSED_HOST),
		REFUSED("GET / HTTP/1.1\r\nHost: [::1\r\n", REFUSED_HOST),
		REFUSED("GET / HTTP/1.1\r\nHost: [::1]x\r\n", REFUSED_HOST),
		REFUSED("GET / HTTP/1.1\r\nHost: \xc3\xa9\r\n", REFUSED_HOST),
	};

	assert_refused(cases, UNIT_COUNT(cases));
}
END_TEST

/* Each has something after which, for some reader, another request begins: the rest of the sample
 * and LATER, which assert_settled() appends. */
START_TEST(cannot_be_used_for_smuggling)
{
	static const struct refused cases[] = {
		/* a body, or another one */
		REFUSED(START "Content-Length: 0\r\n", REFUSED_FRAMING),
		REFUSED(START "Content-Length: 00\r\n", REFUSED_FRAMING),
		REFUSED(START "Content-Length: 43\r\n", REFUSED_BODY),
		REFUSED(START "content-length:43\r\n", REFUSED_BODY),
		REFUSED(START "Content-Length: 043\r\n", REFUSED_BODY),
		REFUSED(START "Content-Length: 99999999999999999999999\r\n", REFUSED_BODY),
		REFUSED(START "Content-Length: +43\r\n", REFUSED_FRAMING),
		REFUSED(START "Content-Length: -1\r\n", REFUSED_FRAMING),
		REFUSED(START "Content-Length: 0x2b\r\n", REFUSED_FRAMING),
		REFUSED(START "Content-Length: 4 3\r\n", REFUSED_FRAMING),
		REFUSED(START "Content-Length: 0, 43\r\n", REFUSED_FRAMING),
		REFUSED(START "Content-Length:\r\n", REFUSED_FRAMING),
		REFUSED(START "Content-Length: \"43\"\r\n", REFUSED_FRAMING),
		REFUSED(START "Transfer-Encoding: chunked\r\n", REFUSED_FRAMING),
		REFUSED(START "TRANSFER-ENCODING:chunked\r\n", REFUSED_FRAMING),
		REFUSED(START "Transfer-Encoding: xchunked\r\n", REFUSED_FRAMING),
		REFUSED(START "Transfer-Encoding: chunked, identity\r\n", REFUSED_FRAMING),
		REFUSED(START "Transfer-Encoding: identity\r\n", REFUSED_FRAMING),
		REFUSED(START "Transfer-Encoding:\tchunked\r\n", REFUSED_FRAMING),
		REFUSED(START "Transfer-Encoding:\r\n", REFUSED_FRAMING),
		REFUSED("GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n", REFUSED_FRAMING),
		/* a header that some see and some do not */
		REFUSED(START "Content-Length ", REFUSED_LINES),
		REFUSED(START "Content-Length\t", REFUSED_LINES),
		REFUSED(START "Transfer-Encoding\x0b", REFUSED_LINES),
		REFUSED(START " ", REFUSED_LINES),
		REFUSED(START "\t", REFUSED_LINES),
		REFUSED(START "Transfer-Encoding: chunked\n", REFUSED_LINES),
		REFUSED(START "Transfer-Encoding:\x0b", REFUSED_LINES),
		REFUSED(START "Transfer-Encoding: chunked\0", REFUSED_LINES),
		REFUSED(START "X: y\r\n ", REFUSED_LINES),
		REFUSED(START "X: y\r\n\t", REFUSED_LINES),
		REFUSED(START "X: y\rT", REFUSED_LINES),
		REFUSED(START "X: y\n", REFUSED_LINES),
		REFUSED(START "X: y\r\r", REFUSED_LINES),
		REFUSED(START "X\n", REFUSED_LINES),
		REFUSED("GET / HTTP/1.1\r\n ", REFUSED_LINES),
		/* a request line that is another one to some */
		REFUSED("GET / HTTP/1.1 ", REFUSED_NO_REQUEST),
		REFUSED("GET / HTTP/1.1\t", REFUSED_NO_REQUEST),
		REFUSED("GET /\x0b", REFUSED_NO_REQUEST),
		REFUSED("GET / HTTP/1.1\n", REFUSED_LINES),
		REFUSED("GET /\r", REFUSED_NO_REQUEST),
		/* of two hosts */
		REFUSED(START "Host: b\r\n", REFUSED_NO_HOST),
		REFUSED("GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", REFUSED_HOST),
		REFUSED("GET http://a@", REFUSED_TARGET),
		REFUSED("GET / HTTP/1.1\r\nHost: a#b\r\n", REFUSED_HOST),
	};

	assert_refused(cases, UNIT_COUNT(cases));
}
END_TEST

/* Each byte but `end` at each place of a text of 20 bytes after `before` is taken, or is not, as `may`
 * says: a value is read eight bytes at a time. */
static void
assert_bytes(const char *before, char end, bool may(unsigned char))
{
	char text[128];
	size_t begin = strlen(before);

	for (size_t at = begin; at < begin + 20; at++) {
		for (int byte = 0; byte < 256; byte++) {
			struct request request = { 0 };

			if (byte == end)
				continue;
			strcpy(text, before);
			memset(text + begin, 'y', 20);
			text[at] = (char)byte;
			request_read(&request, text, begin + 20);
			UNIT_HOLDS((request.status == REQUEST_PARTIAL) == may((unsigned char)byte));
			UNIT_HOLDS(request.status == REQUEST_PARTIAL || request.size == at + 1);
		}
	}
}

static bool
in_value(unsigned char byte)
{
	return byte == '\t' || (byte >= ' ' && byte != 0x7f);
}

static bool
in_query(unsigned char byte)
{
	return byte > ' ' && byte != '#' && byte < 0x7f;
}

static bool
in_name(unsigned char byte)
{
	return byte != '\0' &&
	    strchr("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	           "abcdefghijklmnopqrstuvwxyz",
	        byte) != NULL;
}

START_TEST(knows_each_byte_wherever_it_is)
{
	assert_bytes(START "X:"
	                   "\ty",
	    '\r', in_value);
	assert_bytes("GET /?", ' ', in_query);
	assert_bytes("GET /?a=b&", ' ', in_query);
	assert_bytes(START "X", ':', in_name);
}
END_TEST

/* ---- limits -------------------------------------------------------------------------------- */

START_TEST(takes_heads_of_16_kilobytes)
{
	static char text[REQUEST_MAX_SIZE + 2];
	struct sample sample = { text, REQUEST_MAX_SIZE };
	struct request request = { 0 };

	memset(text, 'y', sizeof(text));
	memcpy(text, START "X:", strlen(START "X:"));
	memcpy(text + REQUEST_MAX_SIZE - 4, "\r\n\r\n", 4);
	ck_assert(read_some(&request, &sample, REQUEST_MAX_SIZE - 1) == REQUEST_PARTIAL);
	ck_assert(read_some(&request, &sample, REQUEST_MAX_SIZE) == REQUEST_READY);
	ck_assert_uint_eq(request.size, REQUEST_MAX_SIZE);

	memcpy(text + REQUEST_MAX_SIZE - 4, "yy\r\n\r\n", 6);
	request = (struct request){ 0 };
	ck_assert(read_some(&request, &sample, REQUEST_MAX_SIZE - 1) == REQUEST_PARTIAL);
	ck_assert(read_some(&request, &sample, REQUEST_MAX_SIZE) == REQUEST_BAD);
	ck_assert_uint_eq(request.refusal, REFUSED_SIZE);
	request = (struct request){ 0 };
	ck_assert(request_read(&request, text, sizeof(text)) == REQUEST_BAD);
	ck_assert_uint_eq(request.refusal, REFUSED_SIZE);
}
END_TEST

START_TEST(refuses_what_never_ends_wherever_it_is)
{
	static const char *const beginnings[] = { "", "GET /", "GET /?", "GET http://", "BREW ", START,
		START "X:" };
	static char text[40000];

	for (size_t i = 0; i < UNIT_COUNT(beginnings); i++) {
		struct request request = { 0 };

		memset(text, 'x', sizeof(text));
		memcpy(text, beginnings[i], strlen(beginnings[i]));
		ck_assert(request_read(&request, text, sizeof(text)) == REQUEST_BAD);
		ck_assert_uint_eq(request.refusal, REFUSED_SIZE);
		ck_assert_uint_eq(request.size, REQUEST_MAX_SIZE);
	}
}
END_TEST

/* START with so many headers in all. */
static size_t
write_headers(char *text, unsigned count)
{
	size_t length = (size_t)sprintf(text, START);

	for (unsigned i = 1; i < count; i++)
		length += (size_t)sprintf(text + length, "If-None-Match:\r\n");
	return length + (size_t)sprintf(text + length, "\r\n");
}

START_TEST(takes_a_hundred_headers)
{
	struct request_span values[REQUEST_MAX_HEADERS];
	struct request request = { 0 };
	char text[4096];
	size_t length = write_headers(text, REQUEST_MAX_HEADERS);

	ck_assert(request_read(&request, text, length) == REQUEST_READY);
	ck_assert_uint_eq(request_find_lines(&request, text, REQUEST_IF_NONE_MATCH, values), 99);
	request = (struct request){ 0 };
	length = write_headers(text, REQUEST_MAX_HEADERS + 1);
	ck_assert(request_read(&request, text, length) == REQUEST_BAD);
	ck_assert_uint_eq(request.refusal, REFUSED_HEADERS);
}
END_TEST

/* ---- refusals ------------------------------------------------------------------------------ */

START_TEST(has_a_status_and_a_sentence_for_each_refusal)
{
	static const int statuses[] = { 400, 405, 413, 417, 431, 501, 505 };
	bool seen[UNIT_COUNT(statuses)] = { false };

	for (int refusal = REFUSED_NOT + 1; refusal < REFUSALS; refusal++) {
		const char *detail = refusal_detail((enum refusal)refusal);
		size_t n = 0;

		while (n < UNIT_COUNT(statuses) && statuses[n] != refusal_status((enum refusal)refusal))
			n++;
		ck_assert_uint_lt(n, UNIT_COUNT(statuses));
		seen[n] = true;
		ck_assert(detail[0] >= 'A' && detail[0] <= 'Z' && detail[strlen(detail) - 1] == '.');
	}
	for (size_t n = 0; n < UNIT_COUNT(statuses); n++)
		ck_assert(seen[n]);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_test(tests, takes_what_clients_send);
	tcase_add_test(tests, says_whether_the_connection_goes_on);
	tcase_add_test(tests, takes_the_lines_of_a_list_together);
	tcase_add_test(tests, leaves_the_next_request_alone);
	tcase_add_test(tests, looks_at_no_line_again);
	tcase_add_test(tests, is_small_and_begins_as_zeros);
	tcase_add_test(tests, refuses_request_lines_at_the_first_wrong_byte);
	tcase_add_test(tests, refuses_methods_when_all_has_come);
	tcase_add_test(tests, refuses_headers_that_are_none);
	tcase_add_test(tests, refuses_hosts_that_are_none);
	tcase_add_test(tests, cannot_be_used_for_smuggling);
	tcase_add_test(tests, knows_each_byte_wherever_it_is);
	tcase_add_test(tests, takes_heads_of_16_kilobytes);
	tcase_add_test(tests, refuses_what_never_ends_wherever_it_is);
	tcase_add_test(tests, takes_a_hundred_headers);
	tcase_add_test(tests, has_a_status_and_a_sentence_for_each_refusal);
}

UNIT_MAIN("request", add_tests)
