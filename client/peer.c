/* peer.c - a socket that never blocks, and the events of its loop. */
#include "peer.h"

#include <errno.h>
#include <event2/event.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"

/* What is kept of the room for what is sent. */
#define KEPT_ROOM (64 * 1024)

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct peer *peer = arg;

	(void)fd, (void)what;
	peer->rings = true;
	call_soon(peer->wake);
}

bool
peer_init(struct peer *peer, struct event_base *base, struct call *wake)
{
	*peer = (struct peer){ .base = base, .wake = wake, .fd = -1 };
	peer->timer = evtimer_new(base, on_timer, peer);
	return peer->timer != NULL;
}

void
peer_release(struct peer *peer)
{
	peer_close(peer);
	if (peer->timer != NULL)
		event_free(peer->timer);
	strbuf_release(&peer->out);
}

/* ---- connecting ------------------------------------------------------------------------------ */

void
peer_lose(struct peer *peer, int error)
{
	if (peer->error == 0)
		peer->error = error;
	call_soon(peer->wake);
}

static void
on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct peer *peer = arg;

	(void)fd, (void)what;
	peer->has_input = true;
	call_soon(peer->wake);
}

static void
end_connecting(struct peer *peer)
{
	int error = 0;
	socklen_t size = sizeof(error);

	if (getsockopt(peer->fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0)
		error = errno;
	peer->connecting = false;
	if (error != 0)
		peer_lose(peer, error);
	call_soon(peer->wake);
}

static void
on_writable(evutil_socket_t fd, short what, void *arg)
{
	struct peer *peer = arg;

	(void)fd, (void)what;
	if (peer->connecting)
		end_connecting(peer);
	else
		peer_flush(peer);
}

void
peer_connect(struct peer *peer, const struct addrinfo *address)
{
	int on = 1;

	peer_close(peer);
	peer->error = 0;
	peer->ended = false;
	peer->fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (peer->fd < 0) {
		peer_lose(peer, errno);
		return;
	}
	setsockopt(peer->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	peer->readable = event_new(peer->base, peer->fd, EV_READ | EV_PERSIST, on_readable, peer);
	peer->writable = event_new(peer->base, peer->fd, EV_WRITE, on_writable, peer);
	if (peer->readable == NULL || peer->writable == NULL) {
		peer_lose(peer, ENOMEM);
		return;
	}
	peer->connecting = true;
	if (connect(peer->fd, address->ai_addr, address->ai_addrlen) == 0)
		end_connecting(peer);
	else if (errno != EINPROGRESS || event_add(peer->writable, NULL) != 0)
		peer_lose(peer, errno);
}

bool
peer_connected(const struct peer *peer)
{
	return !peer->connecting && peer->error == 0;
}

bool
peer_lost(const struct peer *peer)
{
	return peer->error != 0 || peer->ended;
}

const char *
peer_problem(const struct peer *peer)
{
	if (peer->error == EBADMSG)
		return "what came was no answer to the query";
	return peer->error != 0 ? strerror(peer->error) : "the server has closed the connection";
}

void
peer_close(struct peer *peer)
{
	if (peer->readable != NULL)
		event_free(peer->readable);
	if (peer->writable != NULL)
		event_free(peer->writable);
	peer->readable = peer->writable = NULL;
	if (peer->fd >= 0)
		close(peer->fd);
	peer->fd = -1;
	peer->connecting = peer->has_input = peer->reading = false;
	strbuf_clear(&peer->out, KEPT_ROOM);
	peer->sent = 0;
}

/* ---- sending --------------------------------------------------------------------------------- */

void
peer_put(struct peer *peer, const char *text, size_t length)
{
	strbuf_put(&peer->out, text, length);
}

void
peer_flush(struct peer *peer)
{
	ssize_t sent;

	if (peer->out.failed)
		peer_lose(peer, ENOMEM);
	while (!peer_lost(peer) && peer->sent < peer->out.length) {
		sent = send(peer->fd, peer->out.text + peer->sent, peer->out.length - peer->sent,
		    MSG_NOSIGNAL);
		if (sent >= 0) {
			peer->sent += (size_t)sent;
		} else if (errno == EAGAIN) {
			if (event_add(peer->writable, NULL) != 0)
				peer_lose(peer, ENOMEM);
			return;
		} else if (errno != EINTR) {
			/* what it has said before may be there still: reading finds the end */
			break;
		}
	}
	strbuf_clear(&peer->out, KEPT_ROOM);
	peer->sent = 0;
}

/* ---- receiving ------------------------------------------------------------------------------- */

void
peer_read(struct peer *peer, bool wanted)
{
	if (wanted == peer->reading || peer->readable == NULL)
		return;
	peer->reading = wanted;
	if ((wanted ? event_add(peer->readable, NULL) : event_del(peer->readable)) != 0)
		peer_lose(peer, ENOMEM);
}

bool
peer_has_input(const struct peer *peer)
{
	return peer->has_input && peer->reading;
}

size_t
peer_receive(struct peer *peer, char *bytes, size_t room)
{
	ssize_t got = recv(peer->fd, bytes, room, 0);

	peer->has_input = false;
	if (got > 0)
		return (size_t)got;
	if (got == 0)
		peer->ended = true;
	else if (errno != EAGAIN && errno != EINTR)
		peer_lose(peer, errno);
	return 0;
}

/* ---- the timer ------------------------------------------------------------------------------- */

void
peer_set_timer(struct peer *peer, uint64_t ns)
{
	struct timeval time = clock_timeval(ns);

	peer->rings = false;
	if (event_add(peer->timer, &time) != 0)
		peer_lose(peer, ENOMEM);
}

void
peer_stop_timer(struct peer *peer)
{
	peer->rings = false;
	event_del(peer->timer);
}

bool
peer_rings(const struct peer *peer)
{
	return peer->rings;
}
