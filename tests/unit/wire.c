/* wire.c - hides sockets, and how long waiting may take. */
#include "wire.h"

#include <errno.h>
#include <event2/event.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "unit.h"

struct event_base *wire_base;

void
wire_make_loop(void)
{
	wire_base = event_base_new();
	UNIT_HOLDS(wire_base != NULL);
}

void
wire_free_loop(void)
{
	event_base_free(wire_base);
}

void
wire_run_once(void)
{
	UNIT_HOLDS(event_base_loop(wire_base, EVLOOP_ONCE | EVLOOP_NONBLOCK) >= 0);
}

void
wire_run_on(void)
{
	/* goes round as long as there is something to do */
	UNIT_HOLDS(event_base_loop(wire_base, EVLOOP_NONBLOCK) >= 0);
}

static time_t
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec;
}

void
wire_run_until(bool (*condition)(void *arg), void *arg)
{
	time_t end = now() + UNIT_PATIENCE * (time_t)unit_slowness();

	while (!condition(arg)) {
		if (now() > end)
			ck_abort_msg("what is waited for does not come");
		wire_run_once();
	}
}

int
wire_make(struct wire *wire, bool small)
{
	int ends[2], size = 1;

	*wire = (struct wire){ .fd = -1 };
	UNIT_HOLDS(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) == 0);
	if (small)
		UNIT_HOLDS(setsockopt(ends[1], SOL_SOCKET, SO_SNDBUF, &size, sizeof(size)) == 0);
	wire->fd = ends[0];
	return ends[1];
}

void
wire_release(struct wire *wire)
{
	wire_close(wire);
	bytes_release(&wire->received);
}

size_t
wire_send_some(struct wire *wire, const char *data, size_t length)
{
	ssize_t sent = send(wire->fd, data, length, MSG_NOSIGNAL);

	UNIT_HOLDS(sent >= 0 || errno == EAGAIN);
	return sent < 0 ? 0 : (size_t)sent;
}

void
wire_send(struct wire *wire, const char *string)
{
	UNIT_HOLDS(wire_send_some(wire, string, strlen(string)) == strlen(string));
}

void
wire_receive(struct wire *wire, size_t limit)
{
	static char piece[65536];

	while (limit > 0 && !wire->ended && !wire->broken) {
		ssize_t got = recv(wire->fd, piece, limit < sizeof(piece) ? limit : sizeof(piece), 0);

		if (got < 0 && errno == EAGAIN)
			return;
		wire->broken = got < 0;
		wire->ended = got == 0;
		if (got > 0) {
			bytes_add(&wire->received, piece, (size_t)got);
			limit -= (size_t)got;
		}
	}
}

bool
wire_has_ended(void *wire)
{
	struct wire *w = wire;

	wire_receive(w, SIZE_MAX);
	return w->ended || w->broken;
}

bool
wire_has_prompt(void *wire)
{
	struct wire *w = wire;

	wire_receive(w, SIZE_MAX);
	UNIT_HOLDS(!w->ended && !w->broken);
	return w->received.length >= 3 &&
	    memcmp(w->received.data + w->received.length - 3, "?> ", 3) == 0;
}

void
wire_half_close(struct wire *wire)
{
	UNIT_HOLDS(shutdown(wire->fd, SHUT_WR) == 0);
}

void
wire_close(struct wire *wire)
{
	if (wire->fd >= 0)
		close(wire->fd);
	wire->fd = -1;
}
