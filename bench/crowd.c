/* crowd.c - hides how the connections of a crowd send and receive. */
#include "crowd.h"

#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define RECEIVE_SIZE 131072
#define EVENTS 512

/* If nothing comes for so long, an answer was too short or the server is stuck. */
#define PATIENCE_MS 20000

struct member {
	struct crowd *crowd;
	int fd;
	bool greeted;
	uint32_t in_flight;
	uint32_t asking;    /* number of the query to be asked next */
	uint32_t answering; /* number of the query whose answer comes next */
	size_t got;         /* bytes of that answer */
	/* the times of what is in flight, a ring: where the next goes and the oldest is */
	uint64_t *sent_at;
	uint32_t newest, oldest;
};

uint64_t
now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void
crowd_init(struct crowd *crowd, int epoll, const struct script *script, uint32_t capacity,
    uint32_t depth)
{
	*crowd = (struct crowd){
		.script = script,
		.epoll = epoll,
		.capacity = capacity,
		.depth = depth,
		.members = calloc(capacity, sizeof(struct member)),
		.sent_at = calloc((size_t)capacity * depth, sizeof(uint64_t)),
	};
	if (crowd->members == NULL || crowd->sent_at == NULL)
		errx(1, "out of memory");
}

void
crowd_reset(struct crowd *crowd)
{
	crowd->answers = crowd->bytes = 0;
	memset(&crowd->latency, 0, sizeof(crowd->latency));
}

/* ---- sending ----------------------------------------------------------------- */

static uint32_t
next(uint32_t n, uint32_t count)
{
	return n + 1 == count ? 0 : n + 1;
}

/* Asks as much as may be asked, in one piece. */
static void
ask(struct member *member, uint64_t now)
{
	struct crowd *crowd = member->crowd;
	uint32_t n = crowd->depth - member->in_flight;
	struct piece requests;
	ssize_t sent;

	if (n > crowd->may_ask)
		n = (uint32_t)crowd->may_ask;
	if (n == 0 || !member->greeted)
		return;
	requests = script_requests(crowd->script, member->asking, n);
	for (uint32_t i = 0; i < n; i++) {
		member->sent_at[member->newest] = now;
		member->newest = next(member->newest, crowd->depth);
		member->asking = next(member->asking, crowd->script->count);
	}
	member->in_flight += n;
	crowd->may_ask -= n;
	crowd->owed += n;
	sent = send(member->fd, requests.bytes, requests.length, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (sent < 0)
		err(1, "send");
	/* what is in flight is far less than a socket holds */
	if ((size_t)sent < requests.length)
		errx(1, "the server does not read its queries");
}

void
crowd_ask(struct crowd *crowd, uint32_t first, uint32_t n)
{
	uint64_t now = now_ns();

	for (uint32_t i = first; i < first + n; i++)
		ask(&crowd->members[i], now);
}

/* ---- receiving --------------------------------------------------------------- */

static _Noreturn void
fail(const struct member *member, const char *what)
{
	const struct crowd *crowd = member->crowd;
	struct piece request = script_requests(crowd->script, member->answering, 1);

	/* a request of any protocol ends with CRLF */
	errx(1, "connection %zu, byte %zu of the answer to '%.*s': %s",
	    (size_t)(member - crowd->members), member->got, (int)request.length - 2, request.bytes,
	    what);
}

static const struct piece *
expected(const struct member *member)
{
	const struct script *script = member->crowd->script;

	if (!member->greeted)
		return &script->greeting;
	return member->crowd->expects_miss ? &script->miss : &script->replies[member->answering];
}

/* Checks `length` bytes of the answer that is expected. Its last ones are compared in any
 * case: an answer of another length has others there. */
static void
check(const struct member *member, const struct piece *answer, const char *bytes, size_t length)
{
	enum { END = 3 };
	bool ends = member->got + length == answer->length;
	size_t skip = member->crowd->compares || length < END ? 0 : length - END;

	if ((member->crowd->compares || ends) &&
	    memcmp(bytes + skip, answer->bytes + member->got + skip, length - skip) != 0)
		fail(member, "it is not what it should be");
}

static void
end_answer(struct member *member, const struct piece *answer, uint64_t now)
{
	struct crowd *crowd = member->crowd;

	crowd->owed--;
	member->got = 0;
	if (!member->greeted) {
		member->greeted = true;
		return;
	}
	crowd->answers++;
	crowd->bytes += answer->length;
	histogram_add(&crowd->latency, now - member->sent_at[member->oldest]);
	member->oldest = next(member->oldest, crowd->depth);
	member->answering = next(member->answering, crowd->script->count);
	member->in_flight--;
}

static void
take(struct member *member, const char *bytes, size_t length, uint64_t now)
{
	while (length > 0) {
		const struct piece *answer = expected(member);
		size_t part = answer->length - member->got;

		if (member->greeted && member->in_flight == 0)
			fail(member, "there are bytes that nobody asked for");
		if (part > length)
			part = length;
		check(member, answer, bytes, part);
		member->got += part;
		bytes += part;
		length -= part;
		if (member->got == answer->length)
			end_answer(member, answer, now);
	}
}

static void
receive(struct member *member)
{
	static char received[RECEIVE_SIZE];
	ssize_t length = recv(member->fd, received, sizeof(received), MSG_DONTWAIT);
	uint64_t now = now_ns();

	if (length == 0)
		fail(member, "the server has closed the connection");
	if (length < 0 && errno != EAGAIN)
		err(1, "recv");
	if (length < 0)
		return;
	take(member, received, (size_t)length, now);
	ask(member, now);
}

void
crowd_turn(int epoll)
{
	static struct epoll_event events[EVENTS];
	int count = epoll_wait(epoll, events, EVENTS, PATIENCE_MS);

	if (count < 0 && errno != EINTR)
		err(1, "epoll_wait");
	if (count == 0)
		errx(1, "no answer for %d s; it is shorter than it should be, or the server is stuck",
		    PATIENCE_MS / 1000);
	for (int i = 0; i < count; i++)
		receive(events[i].data.ptr);
}

void
crowd_await_all(struct crowd *crowd)
{
	while (crowd->owed > 0)
		crowd_turn(crowd->epoll);
}

/* ---- connecting -------------------------------------------------------------- */

/* A socket connected to the server. */
static int
connect_to(uint16_t port, uint64_t deadline)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
		.sin_port = htons(port),
	};
	int on = 1, fd;

	for (;;) {
		fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
		if (fd < 0)
			err(1, "socket");
		if (connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
			break;
		if (errno != ECONNREFUSED || now_ns() >= deadline)
			err(1, "port %u", (unsigned)port);
		close(fd);
		sched_yield();
	}
	if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)) != 0)
		err(1, "TCP_NODELAY");
	return fd;
}

void
crowd_open(struct crowd *crowd, uint16_t port, uint32_t n, uint64_t deadline)
{
	for (; n > 0 && crowd->count < crowd->capacity; n--) {
		struct member *member = &crowd->members[crowd->count];
		struct epoll_event event = { .events = EPOLLIN, .data.ptr = member };
		uint32_t begin =
		    (uint32_t)((uint64_t)crowd->count * crowd->script->count / crowd->capacity);

		*member = (struct member){
			.crowd = crowd,
			.fd = connect_to(port, deadline),
			.greeted = crowd->script->greeting.length == 0,
			.asking = begin,
			.answering = begin,
			.sent_at = &crowd->sent_at[(size_t)crowd->count * crowd->depth],
		};
		if (epoll_ctl(crowd->epoll, EPOLL_CTL_ADD, member->fd, &event) != 0)
			err(1, "epoll_ctl");
		crowd->count++;
		crowd->owed += !member->greeted;
	}
}

void
crowd_close(struct crowd *crowd)
{
	for (uint32_t i = 0; i < crowd->count; i++)
		close(crowd->members[i].fd);
	free(crowd->members);
	free(crowd->sent_at);
}
