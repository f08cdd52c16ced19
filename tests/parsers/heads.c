/* heads.c - what request.c makes of what comes on connections, for tests/test_http_parsers.py.
 *
 *     heads < inputs
 *
 * An input is its length in 8 hexadecimal digits and as many bytes. For each head at its beginning
 * there is a line: where it ends, its method, minor version, whether the connection goes on, path,
 * query, host, and the values of X-Forwarded-For and If-None-Match; then one with what became of the
 * rest: "partial" or a status. Text is in hexadecimal, after a colon. */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>

#include "request.h"

static void
put_span(const char *head, struct request_span span)
{
	putchar(':');
	for (unsigned i = 0; i < span.length; i++)
		printf("%02x", (unsigned char)head[span.at + i]);
}

static void
put_lines(const struct request *request, const char *head, enum request_list list)
{
	struct request_span values[REQUEST_MAX_HEADERS];
	unsigned count = request_find_lines(request, head, list, values);

	putchar(' ');
	for (unsigned i = 0; i < count; i++)
		put_span(head, values[i]);
}

static void
put_request(const struct request *request, const char *head, size_t end)
{
	static const char *const methods[] = {
		[REQUEST_GET] = "GET",
		[REQUEST_HEAD] = "HEAD",
		[REQUEST_OPTIONS] = "OPTIONS",
	};

	printf("%zu %s %u %u ", end, methods[request->method], request->minor, request->persistent);
	put_span(head, request->path);
	putchar(' ');
	put_span(head, request->query);
	putchar(' ');
	put_span(head, request->host);
	put_lines(request, head, REQUEST_FORWARDED_FOR);
	put_lines(request, head, REQUEST_IF_NONE_MATCH);
	putchar('\n');
}

static void
read_input(const char *bytes, size_t length)
{
	struct request request = { 0 };
	size_t at = 0;

	while (request_read(&request, bytes + at, length - at) == REQUEST_READY) {
		put_request(&request, bytes + at, at + request.size);
		at += request.size;
		request = (struct request){ 0 };
	}
	if (request.status == REQUEST_PARTIAL)
		puts("partial");
	else
		printf("%d\n", refusal_status((enum refusal)request.refusal));
}

int
main(void)
{
	unsigned length;

	while (scanf("%8x", &length) == 1) {
		char *bytes = malloc(length > 0 ? length : 1);

		if (bytes == NULL || fread(bytes, 1, length, stdin) != length)
			errx(1, "the input ends too early");
		read_input(bytes, length);
		free(bytes);
	}
	return 0;
}
