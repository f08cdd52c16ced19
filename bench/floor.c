/* floor.c - the floor: what it costs to move the bytes and nothing else. One thread on
 * epoll, edge-triggered so that no descriptor is registered twice; a wake-up is one read
 * of all that has come and one write of all the answers, from where they lie. */
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "canned.h"

#define READ_SIZE 65536
#define EVENTS 512
#define ANSWERS_AT_ONCE 64

struct connection {
	int fd;
	bool readable; /* there may be input that was not read */
	bool ends;     /* the client has closed its side */
	struct canned_place place;
	uint32_t owed; /* queries not answered yet */
	size_t sent;   /* bytes of the first answer owed */
};

static void
add(int epoll, int fd, void *arg)
{
	struct epoll_event event = {
		.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
		.data.ptr = arg,
	};

	if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) != 0)
		err(1, "epoll_ctl");
}

static void
close_connection(struct connection *connection)
{
	close(connection->fd);
	free(connection);
}

static void
accept_all(int epoll, int listening)
{
	struct connection *connection;
	int fd;

	while ((fd = canned_accept(listening)) >= 0) {
		connection = calloc(1, sizeof(*connection));
		if (connection == NULL)
			errx(1, "out of memory");
		connection->fd = fd;
		add(epoll, fd, connection);
	}
}

/* Notes that `length` bytes of the answers have been sent. */
static void
note_sent(struct connection *connection, size_t length)
{
	struct canned_place *place = &connection->place;

	while (length > 0) {
		size_t rest = place->workload->answers[place->next].length - connection->sent;

		if (length < rest) {
			connection->sent += length;
			return;
		}
		length -= rest;
		connection->sent = 0;
		connection->owed--;
		place->next = canned_after(place, place->next);
	}
}

/* Makes pieces of the answers owed, as many as may be: returns their bytes. */
static size_t
gather(const struct connection *connection, struct iovec pieces[ANSWERS_AT_ONCE], size_t *count)
{
	const struct canned_place *place = &connection->place;
	uint32_t n = place->next;
	size_t total = 0;

	for (*count = 0; *count < connection->owed && *count < ANSWERS_AT_ONCE; (*count)++) {
		const struct piece *answer = &place->workload->answers[n];

		pieces[*count] = (struct iovec){ (void *)answer->bytes, answer->length };
		total += answer->length;
		n = canned_after(place, n);
	}
	pieces[0].iov_base = (char *)pieces[0].iov_base + connection->sent;
	pieces[0].iov_len -= connection->sent;
	return total - connection->sent;
}

/* Sends what is owed: false if the socket does not take it all now. */
static bool
send_owed(struct connection *connection)
{
	struct iovec pieces[ANSWERS_AT_ONCE];
	struct msghdr message = { .msg_iov = pieces };

	while (connection->owed > 0) {
		size_t total = gather(connection, pieces, &message.msg_iovlen);
		ssize_t sent = sendmsg(connection->fd, &message, 0);

		if (sent < 0 && errno == EAGAIN)
			return false;
		if (sent < 0) {
			/* the client is gone, and the next read says so */
			connection->owed = 0;
			connection->readable = true;
			return true;
		}
		note_sent(connection, (size_t)sent);
		if ((size_t)sent < total)
			return false;
	}
	return true;
}

/* A wake-up. False: the connection is over. */
static bool
serve(struct connection *connection, uint32_t events)
{
	static char input[READ_SIZE];
	ssize_t got;

	connection->readable |= (events & EPOLLIN) != 0;
	connection->ends |= (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
	while (connection->owed == 0 || send_owed(connection)) {
		if (!connection->readable)
			return true;
		got = recv(connection->fd, input, sizeof(input), 0);
		if (got <= 0)
			return got < 0 && errno == EAGAIN;
		/* all has been read; what comes later is a new edge, but for an end that is here */
		connection->readable = got == sizeof(input) || connection->ends;
		if (connection->place.workload == NULL &&
		    !canned_find(&connection->place, input, (size_t)got))
			return false;
		connection->owed += canned_count(input, (size_t)got);
	}
	return true;
}

int
main(int argc, char **argv)
{
	struct epoll_event events[EVENTS];
	int epoll = epoll_create1(EPOLL_CLOEXEC), listening, count;

	canned_read(argc, argv);
	listening = canned_listen();
	if (epoll < 0)
		err(1, "epoll_create1");
	add(epoll, listening, NULL);
	while ((count = epoll_wait(epoll, events, EVENTS, -1)) >= 0 || errno == EINTR) {
		for (int i = 0; i < count; i++) {
			if (events[i].data.ptr == NULL)
				accept_all(epoll, listening);
			else if (!serve(events[i].data.ptr, events[i].events))
				close_connection(events[i].data.ptr);
		}
	}
	err(1, "epoll_wait");
}
