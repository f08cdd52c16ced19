/* listener.c - sockets that listen, and the accepting of what comes in. */
#include "listener.h"

#include <errno.h>
#include <event2/event.h>
#include <event2/listener.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#include "clock.h"
#include "log.h"

/* Connections that the system holds for us until they are accepted. */
#define BACKLOG 1024

/* How long accepting pauses when there are no descriptors. */
static const struct timeval pause_time = { 0, 200 * 1000 };

/* Pauses follow each other while descriptors are short; the log hears of it this often. */
#define COMPLAINT_SECONDS 60

struct listener {
	struct evconnlistener *evconn; /* owned */
	int fd;                        /* its socket, owned */
	struct event *resume;
	listener_accepted *accepted;
	void *arg;
	uint64_t next_complaint; /* until then the log has been told, by clock_now() */
};

/* ---- sockets ----------------------------------------------------------------- */

static bool
set_option(int fd, int level, int option)
{
	int on = 1;

	return setsockopt(fd, level, option, &on, sizeof(on)) == 0;
}

/* Accepted sockets inherit these. Small answers must not wait for each other
 * (TCP_NODELAY), and telnet's urgent bytes belong where they stand (SO_OOBINLINE). */
bool
listener_prepare(int fd)
{
	return set_option(fd, IPPROTO_TCP, TCP_NODELAY) && set_option(fd, SOL_SOCKET, SO_OOBINLINE) &&
	    set_option(fd, SOL_SOCKET, SO_KEEPALIVE);
}

/* One listening socket, or -1. The first one listens without SO_REUSEPORT, which fails if
 * another server has the port, and also if it got it since bind(); then it gets the
 * option, so that the others may join it. */
static int
listening_socket(const struct sockaddr *address, socklen_t length, bool first)
{
	int fd = socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int saved_errno;

	if (fd < 0)
		return -1;
	if (set_option(fd, SOL_SOCKET, SO_REUSEADDR) && listener_prepare(fd) &&
	    (address->sa_family != AF_INET6 || set_option(fd, IPPROTO_IPV6, IPV6_V6ONLY)) &&
	    (first || set_option(fd, SOL_SOCKET, SO_REUSEPORT)) && bind(fd, address, length) == 0 &&
	    listen(fd, BACKLOG) == 0 && (!first || set_option(fd, SOL_SOCKET, SO_REUSEPORT)))
		return fd;
	saved_errno = errno;
	close(fd);
	errno = saved_errno;
	return -1;
}

bool
listener_sockets(const struct sockaddr *address, socklen_t length, int sockets[], unsigned count)
{
	struct sockaddr_storage bound;
	int saved_errno;
	unsigned i;

	memcpy(&bound, address, length);
	for (i = 0; i < count; i++) {
		sockets[i] = listening_socket((struct sockaddr *)&bound, length, i == 0);
		if (sockets[i] < 0)
			break;
		if (i == 0 && getsockname(sockets[0], (struct sockaddr *)&bound, &length) != 0) {
			i++;
			break;
		}
	}
	if (i == count)
		return true;
	saved_errno = errno;
	while (i-- > 0)
		close(sockets[i]);
	errno = saved_errno;
	return false;
}

/* ---- accepting --------------------------------------------------------------- */

static void
hand_over(struct listener *listener, int fd, const struct sockaddr *peer)
{
	static const struct sockaddr_un nameless = { .sun_family = AF_UNIX };

	if (peer->sa_family == AF_UNIX)
		peer = (const struct sockaddr *)&nameless;
	listener->accepted(listener->arg, fd, peer);
}

static void
on_accept(struct evconnlistener *evconn, evutil_socket_t fd, struct sockaddr *peer, int length,
    void *arg)
{
	(void)evconn, (void)length;
	hand_over(arg, fd, peer);
}

static void
complain(struct listener *listener, int error)
{
	uint64_t now = clock_now();

	if (now < listener->next_complaint)
		return;
	log_line(LOG_WARN, "accepting pauses: %s", strerror(error));
	listener->next_complaint = now + COMPLAINT_SECONDS * CLOCK_SECOND;
}

/* The connection stays in the queue and would raise the error again at once. */
static void
on_error(struct evconnlistener *evconn, void *arg)
{
	struct listener *listener = arg;
	int error = errno;

	listener->accepted(listener->arg, -1, NULL);
	complain(listener, error);
	evconnlistener_disable(evconn);
	event_add(listener->resume, &pause_time);
}

static void
on_resume(evutil_socket_t fd, short what, void *arg)
{
	struct listener *listener = arg;

	(void)fd, (void)what;
	if (evconnlistener_enable(listener->evconn) != 0)
		event_add(listener->resume, &pause_time);
}

/* All but the socket. */
static void
free_listener(struct listener *listener)
{
	if (listener->evconn != NULL)
		evconnlistener_free(listener->evconn);
	if (listener->resume != NULL)
		event_free(listener->resume);
	free(listener);
}

struct listener *
listener_new(struct event_base *base, int fd, listener_accepted *accepted, void *arg)
{
	struct listener *listener = calloc(1, sizeof(*listener));

	if (listener == NULL)
		return NULL;
	listener->fd = fd;
	listener->accepted = accepted;
	listener->arg = arg;
	listener->resume = evtimer_new(base, on_resume, listener);
	listener->evconn = evconnlistener_new(base, on_accept, listener,
	    LEV_OPT_CLOSE_ON_EXEC | LEV_OPT_DISABLED, 0, fd);
	if (listener->resume == NULL || listener->evconn == NULL ||
	    evconnlistener_enable(listener->evconn) != 0) {
		free_listener(listener);
		return NULL;
	}
	evconnlistener_set_error_cb(listener->evconn, on_error);
	return listener;
}

void
listener_accept_rest(struct listener *listener)
{
	/* new ones may come in all the while, so not for ever */
	for (unsigned n = 0; n < 2 * BACKLOG; n++) {
		struct sockaddr_storage peer = { 0 };
		socklen_t length = sizeof(peer);
		int fd = accept4(evconnlistener_get_fd(listener->evconn), (struct sockaddr *)&peer, &length,
		    SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (fd < 0)
			return;
		hand_over(listener, fd, (struct sockaddr *)&peer);
	}
}

void
listener_close(struct listener *listener)
{
	int fd;

	if (listener == NULL)
		return;
	fd = listener->fd;
	free_listener(listener);
	close(fd);
}
