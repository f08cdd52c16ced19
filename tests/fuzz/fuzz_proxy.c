/* fuzz_proxy.c - the PROXY header: the input is what has come so far on a connection.
 * Holds: the verdict is that of proxy_model.h; as more of the input comes it is PARTIAL, then
 * READY or BAD, and from then on always the same; and what is READY says the same when it is
 * written again. */
#include <arpa/inet.h>
#include <netinet/in.h>

#include "fuzz.h"
#include "proxy_header.h"
#include "proxy_model.h"

const char fuzz_name[] = "proxy";

struct verdict {
	enum proxy_status status;
	struct proxy_source source;
	size_t size;
};

static struct verdict
verdict_of(const void *bytes, size_t length)
{
	char *copy = fuzz_copy(bytes, length);
	struct verdict verdict = { 0 };

	verdict.status = proxy_header_read(copy, length, &verdict.source, &verdict.size);
	FUZZ_HOLDS(verdict.status == proxy_model_status(copy, length));
	free(copy);
	return verdict;
}

static bool
same_source(const struct proxy_source *a, const struct proxy_source *b)
{
	return a->known == b->known &&
	    (!a->known || memcmp(&a->address, &b->address, sizeof(a->address)) == 0);
}

/* What may come after `before`, of `fewer` bytes, when there are `length`. */
static void
check_next(const struct verdict *before, size_t fewer, const struct verdict *after, size_t length)
{
	switch (before->status) {
	case PROXY_PARTIAL:
		FUZZ_HOLDS(after->status != PROXY_PARTIAL || length < PROXY_HEADER_MAX);
		FUZZ_HOLDS(after->status != PROXY_READY || (after->size > fewer && after->size <= length));
		break;
	case PROXY_READY:
		FUZZ_HOLDS(after->status == PROXY_READY);
		FUZZ_HOLDS(after->size == before->size);
		FUZZ_HOLDS(same_source(&after->source, &before->source));
		break;
	case PROXY_BAD:
		FUZZ_HOLDS(after->status == PROXY_BAD);
		break;
	}
}

/* The source as version 1 writes it. */
static size_t
write_v1(const struct proxy_source *source, char out[128])
{
	const struct sockaddr_in *ipv4 = (const struct sockaddr_in *)&source->address;
	const struct sockaddr_in6 *ipv6 = (const struct sockaddr_in6 *)&source->address;
	char host[INET6_ADDRSTRLEN];

	if (source->address.ss_family == AF_INET) {
		FUZZ_HOLDS(inet_ntop(AF_INET, &ipv4->sin_addr, host, sizeof(host)) != NULL);
		return (
		    size_t)sprintf(out, "PROXY TCP4 %s 192.0.2.1 %d 2323\r\n", host, ntohs(ipv4->sin_port));
	}
	FUZZ_HOLDS(inet_ntop(AF_INET6, &ipv6->sin6_addr, host, sizeof(host)) != NULL);
	return (
	    size_t)sprintf(out, "PROXY TCP6 %s 2001:db8::1 %d 2323\r\n", host, ntohs(ipv6->sin6_port));
}

/* The source as version 2 writes it. */
static size_t
write_v2(const struct proxy_source *source, char out[128])
{
	static const char fixed[] = "\r\n\r\n\0\r\nQUIT\n\x21";
	const struct sockaddr_in *ipv4 = (const struct sockaddr_in *)&source->address;
	const struct sockaddr_in6 *ipv6 = (const struct sockaddr_in6 *)&source->address;

	memset(out, 0, 128);
	memcpy(out, fixed, 13);
	if (source->address.ss_family == AF_INET) {
		out[13] = 0x11;
		out[15] = 12;
		memcpy(out + 16, &ipv4->sin_addr, 4);
		memcpy(out + 24, &ipv4->sin_port, 2);
		return 16 + 12;
	}
	out[13] = 0x21;
	out[15] = 36;
	memcpy(out + 16, &ipv6->sin6_addr, 16);
	memcpy(out + 48, &ipv6->sin6_port, 2);
	return 16 + 36;
}

static void
check_written_again(const struct proxy_source *source)
{
	char text[128];
	size_t length;
	struct verdict again;

	FUZZ_HOLDS(source->address.ss_family == AF_INET || source->address.ss_family == AF_INET6);
	length = write_v1(source, text);
	again = verdict_of(text, length);
	FUZZ_HOLDS(again.status == PROXY_READY && again.size == length);
	FUZZ_HOLDS(same_source(&again.source, source));
	length = write_v2(source, text);
	again = verdict_of(text, length);
	FUZZ_HOLDS(again.status == PROXY_READY && again.size == length);
	FUZZ_HOLDS(same_source(&again.source, source));
}

/* How many bytes come next: one, but of long input not every step is looked at. */
static size_t
next_step(size_t length, size_t size)
{
	return length > 128 && size - length > 64 ? 31 : 1;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct verdict before = verdict_of(data, 0), after;
	size_t fewer = 0;

	FUZZ_HOLDS(before.status == PROXY_PARTIAL);
	while (fewer < size) {
		size_t length = fewer + next_step(fewer, size);

		after = verdict_of(data, length);
		check_next(&before, fewer, &after, length);
		before = after;
		fewer = length;
	}
	if (before.status == PROXY_READY && before.source.known)
		check_written_again(&before.source);
	return 0;
}
