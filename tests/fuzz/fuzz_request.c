/* fuzz_request.c - heads of requests: the input is all that has come on a connection.
 * Holds: each head is taken, or refused, as request_model.h says, and means the same; read in
 * pieces it is the same as in one, and is PARTIAL until then; nothing after it is looked at; of
 * what has no end yet and is refused no end would make a head. */
#include <netinet/in.h>

#include "forwarded.h"
#include "fuzz.h"
#include "params.h"
#include "request.h"
#include "request_model.h"

const char fuzz_name[] = "request";

/* Reads on, in memory of its own. */
static enum request_status
read_some(struct request *request, const char *data, size_t length)
{
	char *copy = fuzz_copy(data, length);
	enum request_status status = request_read(request, copy, length);

	FUZZ_HOLDS(request->size <= length);
	free(copy);
	return status;
}

static bool
is_same(const struct request *a, const struct request *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

/* ---- what it means ----------------------------------------------------------------------- */

static bool
is_text(const char *head, struct request_span span, const char *text)
{
	return span.length == strlen(text) && memcmp(head + span.at, text, span.length) == 0;
}

/* 192.0.2.0/24 is trusted. */
static bool
trusts(void *arg, const struct in6_addr *ip)
{
	(void)arg;
	return IN6_IS_ADDR_V4MAPPED(ip) && ip->s6_addr[12] == 192 && ip->s6_addr[13] == 0;
}

/* What is made of its target reads no further than that is. */
static void
use_target(const struct request *request, const char *head)
{
	char *query = fuzz_copy(head + request->query.at, request->query.length);
	char *path = fuzz_copy(head + request->path.at, request->path.length);
	char *room = malloc(request->query.length + 1u), *segment = malloc(request->path.length + 1u);
	struct params params;
	const char *wrong = NULL;

	FUZZ_HOLDS(room != NULL && segment != NULL);
	if (params_read(query, request->query.length, &params, room, &wrong) != PARAMS_OK)
		FUZZ_HOLDS(wrong >= room && wrong + strlen(wrong) <= room + request->query.length);
	params_read_segment(path, request->path.length, segment);
	free(query);
	free(path);
	free(room);
	free(segment);
}

/* Nor what is made of its headers. */
static void
use_lists(const struct request *request, const char *head)
{
	struct request_span lines[REQUEST_MAX_HEADERS];
	unsigned count = request_find_lines(request, head, REQUEST_IF_NONE_MATCH, lines);

	for (unsigned i = 0; i < count; i++)
		field_has_tag(head + lines[i].at, lines[i].length, "\"0123456789abcdef-gz\"");
	forwarded_client(request, head, in6addr_loopback, trusts, NULL);
}

static void
check_meaning(const struct request *request, const char *head, const struct request_model *model)
{
	FUZZ_HOLDS(request->method != REQUEST_OTHER && request->method != REQUEST_UNKNOWN);
	FUZZ_HOLDS(request->minor == model->minor);
	FUZZ_HOLDS(is_text(head, request->method_name, model->method));
	FUZZ_HOLDS(is_text(head, request->path, model->path));
	FUZZ_HOLDS(is_text(head, request->query, model->query));
	FUZZ_HOLDS(is_text(head, request->host, model->host));
	FUZZ_HOLDS(request->persistent == model->persistent);
	FUZZ_HOLDS(field_prefers_gzip(&request->encodings) == model->gzip);
	FUZZ_HOLDS(request->lists[REQUEST_IF_NONE_MATCH].count == model->tags);
	FUZZ_HOLDS(request->lists[REQUEST_FORWARDED_FOR].count == model->forwarders);
	use_target(request, head);
	use_lists(request, head);
}

/* ---- whether it is one ------------------------------------------------------------------- */

/* Is it a head, and only with all its bytes? */
static bool
is_head(const char *data, size_t length)
{
	struct request_model model;

	if (request_model_size(data, length) != length || !request_model_read(data, length, &model))
		return false;
	request_model_release(&model);
	return true;
}

/* Something that has been refused is no head whatever comes after it. */
static void
check_hopeless(const char *data, size_t length)
{
	static const char *const ends[] = { "\n", "\r\n", "\r\n\r\n", "\r\nHost: a\r\n\r\n",
		"\nHost: a\r\n\r\n", " HTTP/1.0\r\n\r\n", "a: b\r\n\r\n", ": b\r\n\r\n", "\n\r\n",
		"/ HTTP/1.0\r\n\r\n", "TP/1.0\r\n\r\n", "/1.0\r\n\r\n", ".0\r\n\r\n", "0\r\n\r\n" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		size_t more = strlen(ends[i]);
		char *longer = malloc(length + more);

		FUZZ_HOLDS(longer != NULL);
		memcpy(longer, data, length);
		memcpy(longer + length, ends[i], more);
		FUZZ_HOLDS(!is_head(longer, length + more));
		free(longer);
	}
}

/* How many bytes come next: one, but of long input not every step is looked at. */
static size_t
next_step(size_t length, size_t size)
{
	return length > 128 && size - length > 64 ? 31 : 1;
}

static void
check_pieces(const struct request *whole, const char *data, size_t size)
{
	struct request request = { 0 };
	size_t length = 0;

	FUZZ_HOLDS(read_some(&request, data, 0) == REQUEST_PARTIAL);
	while (length < size) {
		length += next_step(length, size);
		read_some(&request, data, length);
		FUZZ_HOLDS(length >= whole->size || request.status == REQUEST_PARTIAL);
	}
	FUZZ_HOLDS(is_same(&request, whole));
}

/* Checks the head at the beginning. Returns its size; 0 if there is none. */
static size_t
check_one(const char *data, size_t length)
{
	struct request request = { 0 };
	struct request_model model;
	enum request_status status = read_some(&request, data, length);
	size_t size = request_model_size(data, length);
	bool good = size > 0 && request_model_read(data, size, &model);

	check_pieces(&request, data, length);
	FUZZ_HOLDS((status == REQUEST_READY) == good);
	FUZZ_HOLDS((status == REQUEST_BAD) == (request.refusal != REFUSED_NOT));
	if (status == REQUEST_BAD)
		check_hopeless(data, request.size);
	if (!good)
		return 0;
	FUZZ_HOLDS(request.size == size);
	check_meaning(&request, data, &model);
	request_model_release(&model);
	return size;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *rest = (const char *)data;
	size_t taken;

	do {
		taken = check_one(rest, size);
		rest += taken;
		size -= taken;
	} while (taken > 0 && size > 0);
	return 0;
}
