/* linger.c - hides the end of a connection that must not be a reset. */
#include "linger.h"

#include <errno.h>
#include <event2/event.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* In all: a client that sends on does not get more time. */
static const struct timeval patience = { 2, 0 };

struct lingerer {
	LIST_ENTRY(lingerer) link;
	struct event *readable;
	struct event *deadline;
	int fd;
	void (*done)(void *arg);
	void *arg;
};

static void
free_linger(struct lingerer *linger)
{
	if (linger->readable != NULL)
		event_free(linger->readable);
	if (linger->deadline != NULL)
		event_free(linger->deadline);
	free(linger);
}

static void
end(struct lingerer *linger)
{
	void (*done)(void *arg) = linger->done;
	void *arg = linger->arg;
	int fd = linger->fd;

	LIST_REMOVE(linger, link);
	free_linger(linger);
	close(fd);
	done(arg);
}

static void
on_readable(evutil_socket_t fd, short what, void *arg)
{
	char unread[16 * 1024];
	ssize_t got;

	(void)what;
	got = recv(fd, unread, sizeof(unread), MSG_DONTWAIT);
	if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
		end(arg);
}

static void
on_deadline(evutil_socket_t fd, short what, void *arg)
{
	(void)fd, (void)what;
	end(arg);
}

bool
linger_begin(struct linger_list *list, struct event_base *base, int fd, void (*done)(void *arg),
    void *arg)
{
	struct lingerer *linger = calloc(1, sizeof(*linger));

	if (linger == NULL)
		return false;
	linger->fd = fd;
	linger->done = done;
	linger->arg = arg;
	linger->readable = event_new(base, fd, EV_READ | EV_PERSIST, on_readable, linger);
	linger->deadline = evtimer_new(base, on_deadline, linger);
	if (linger->readable == NULL || linger->deadline == NULL ||
	    event_add(linger->readable, NULL) != 0 || event_add(linger->deadline, &patience) != 0) {
		free_linger(linger);
		return false;
	}
	LIST_INSERT_HEAD(list, linger, link);
	shutdown(fd, SHUT_WR);
	return true;
}

void
linger_end_all(struct linger_list *list)
{
	while (!LIST_EMPTY(list))
		end(LIST_FIRST(list));
}
