/* bufferevent.c - the canned answers from a plain libevent server, written as its manual
 * teaches: a bufferevent for each connection, answers added to its output buffer. */
#include <err.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <stdlib.h>

#include "canned.h"

/* Answers from here on are not copied into the buffer: it holds a reference. */
#define REFERENCE_FROM 4096

static void
add_answer(struct evbuffer *output, const struct piece *answer)
{
	int result = answer->length < REFERENCE_FROM
	    ? evbuffer_add(output, answer->bytes, answer->length)
	    : evbuffer_add_reference(output, answer->bytes, answer->length, NULL, NULL);

	if (result != 0)
		errx(1, "out of memory");
}

static void
close_connection(struct bufferevent *bev, struct canned_place *place)
{
	bufferevent_free(bev);
	free(place);
}

static void
on_read(struct bufferevent *bev, void *arg)
{
	struct evbuffer *input = bufferevent_get_input(bev), *output = bufferevent_get_output(bev);
	struct canned_place *place = arg;
	struct evbuffer_iovec piece;

	while (evbuffer_peek(input, -1, NULL, &piece, 1) > 0 && piece.iov_len > 0) {
		uint32_t count = canned_count(piece.iov_base, piece.iov_len);

		if (place->workload == NULL && !canned_find(place, piece.iov_base, piece.iov_len)) {
			close_connection(bev, place);
			return;
		}
		for (; count > 0; count--) {
			add_answer(output, &place->workload->answers[place->next]);
			place->next = canned_after(place, place->next);
		}
		evbuffer_drain(input, piece.iov_len);
	}
}

static void
on_event(struct bufferevent *bev, short what, void *arg)
{
	if (what & (BEV_EVENT_EOF | BEV_EVENT_ERROR))
		close_connection(bev, arg);
}

static void
on_connections(evutil_socket_t listening, short what, void *arg)
{
	struct event_base *base = arg;
	struct bufferevent *bev;
	int fd;

	(void)what;
	while ((fd = canned_accept(listening)) >= 0) {
		bev = bufferevent_socket_new(base, fd, BEV_OPT_CLOSE_ON_FREE);
		if (bev == NULL)
			errx(1, "out of memory");
		bufferevent_setcb(bev, on_read, NULL, on_event, calloc(1, sizeof(struct canned_place)));
		if (bufferevent_enable(bev, EV_READ) != 0)
			errx(1, "out of memory");
	}
}

int
main(int argc, char **argv)
{
	struct event_base *base = event_base_new();
	struct event *accepting;

	canned_read(argc, argv);
	if (base == NULL)
		errx(1, "out of memory");
	accepting = event_new(base, canned_listen(), EV_READ | EV_PERSIST, on_connections, base);
	if (accepting == NULL || event_add(accepting, NULL) != 0)
		errx(1, "out of memory");
	event_base_dispatch(base);
	errx(1, "no more events");
}
