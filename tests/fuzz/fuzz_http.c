/* fuzz_http.c - HTTP the whole way, from a socket through requests, routes and searches to the bytes
 * of the answers. The input is what a client sends on a connection.
 * Holds: each request that request.h takes has one answer, what it refuses has the one that says so
 * and nothing after it; answers are what RFC 9112 says, with nothing of a client's in their heads;
 * sent in pieces the same is answered; and nothing is left of the connection. */
#include "fuzz.h"
#include "http_worker.h"
#include "refusal.h"
#include "request.h"

const char fuzz_name[] = "http";

/* What is left of the bytes that the server has sent. */
struct output {
	const char *at, *end;
};

struct answer {
	int status;
	bool close, chunked, whole; /* `whole`: its length is said */
	size_t length;              /* of the body */
	uint64_t hash;              /* of all but the date */
};

/* ---- reading answers ------------------------------------------------------------------------- */

static void
add_hash(struct answer *answer, const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		answer->hash = (answer->hash ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
}

/* Takes a line, which ends with CR LF and is visible ASCII. */
static size_t
take_line(struct output *output, const char **line)
{
	const char *end = memmem(output->at, (size_t)(output->end - output->at), "\r\n", 2);

	FUZZ_HOLDS(end != NULL);
	*line = output->at;
	for (const char *at = *line; at < end; at++)
		FUZZ_HOLDS(*at >= ' ' && *at <= '~');
	output->at = end + 2;
	return (size_t)(end - *line);
}

static void
take_body(struct output *output, struct answer *answer, size_t length)
{
	FUZZ_HOLDS((size_t)(output->end - output->at) >= length);
	add_hash(answer, output->at, length);
	output->at += length;
}

static bool
is_named(const char *line, size_t length, const char *name)
{
	return length > strlen(name) && memcmp(line, name, strlen(name)) == 0;
}

static void
read_header(struct answer *answer, const char *line, size_t length)
{
	const char *colon = memmem(line, length, ": ", 2);

	FUZZ_HOLDS(colon != NULL);
	for (const char *at = line; at < colon; at++)
		FUZZ_HOLDS((*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z') || *at == '-');
	if (is_named(line, length, "Content-Length: ")) {
		FUZZ_HOLDS(!answer->whole);
		answer->whole = true;
		answer->length = strtoul(colon + 2, NULL, 10);
	}
	answer->chunked |= is_named(line, length, "Transfer-Encoding: ");
	answer->close |= is_named(line, length, "Connection: c");
	if (!is_named(line, length, "Date: "))
		add_hash(answer, line, length);
}

static void
take_chunks(struct output *output, struct answer *answer)
{
	const char *line;
	size_t size;

	do {
		FUZZ_HOLDS(take_line(output, &line) > 0);
		size = strtoul(line, NULL, 16);
		take_body(output, answer, size);
		FUZZ_HOLDS(take_line(output, &line) == 0);
	} while (size > 0);
}

static struct answer
take_answer(struct output *output, bool head)
{
	struct answer answer = { 0 };
	const char *line;
	size_t length = take_line(output, &line);

	FUZZ_HOLDS(is_named(line, length, "HTTP/1.1 ") && length > strlen("HTTP/1.1 200 "));
	answer.status = atoi(line + strlen("HTTP/1.1 "));
	add_hash(&answer, line, length);
	while ((length = take_line(output, &line)) > 0)
		read_header(&answer, line, length);
	FUZZ_HOLDS(!answer.whole || !answer.chunked);
	if (head || answer.status == 304)
		return answer;
	if (answer.chunked) {
		take_chunks(output, &answer);
		return answer;
	}
	FUZZ_HOLDS(answer.whole || answer.close);
	take_body(output, &answer, answer.whole ? answer.length : (size_t)(output->end - output->at));
	return answer;
}

/* ---- what is to be answered --------------------------------------------------------------------- */

static bool
is_expected(const struct request *request, const struct answer *answer)
{
	if (request->status == REQUEST_BAD)
		return answer->status == refusal_status((enum refusal)request->refusal) && answer->close;
	if (!request->persistent && !answer->close)
		return false;
	return answer->status == 200 || answer->status == 304 || answer->status == 400 ||
	    answer->status == 404;
}

/* Checks all answers to the input. Returns a hash of them. */
static uint64_t
check_output(const char *data, size_t size, struct output output)
{
	uint64_t hash = 0;
	struct answer answer = { 0 };
	struct request request = { 0 };

	while (!answer.close && request_read(&request, data, size) != REQUEST_PARTIAL) {
		answer = take_answer(&output, request.method == REQUEST_HEAD);
		FUZZ_HOLDS(is_expected(&request, &answer));
		hash = hash * 31 + answer.hash;
		data += request.size;
		size -= request.size;
		request = (struct request){ 0 };
	}
	FUZZ_HOLDS(output.at == output.end);
	return hash;
}

static uint64_t
converse(const uint8_t *data, size_t size, size_t piece)
{
	char *copy = fuzz_copy(data, size);
	size_t length;
	char *received = http_worker_converse(copy, size, piece, &length);
	uint64_t hash = check_output(copy, size, (struct output){ received, received + length });

	free(received);
	free(copy);
	return hash;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint64_t whole = converse(data, size, SIZE_MAX);

	FUZZ_HOLDS(converse(data, size, 1 + size / 16) == whole);
	return 0;
}
