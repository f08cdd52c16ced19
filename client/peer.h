/* peer.h - one TCP connection: only this knows of sockets and events. What can be waited for is a
 * poll, to be awaited; `wake` is called when one may have become true. */
#ifndef PEER_H
#define PEER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "call_soon.h"
#include "strbuf.h"

struct addrinfo;
struct event;
struct event_base;

struct peer {
	struct event_base *base; /* not owned */
	struct call *wake;       /* not owned */
	int fd;                  /* -1: closed */
	struct event *readable, *writable, *timer;
	bool connecting;
	bool has_input, reading;
	bool rings;        /* the timer has run out */
	int error;         /* an errno: the connection is lost; 0: it is not */
	bool ended;        /* the other side has ended it */
	struct strbuf out; /* what waits to be sent */
	size_t sent;       /* of that */
};

/* False without memory. peer_release() is right in any case. */
bool peer_init(struct peer *peer, struct event_base *base, struct call *wake)
    __attribute__((warn_unused_result));
void peer_release(struct peer *peer);

/* Begins to connect; peer_close() gives up. What fails at once is told by peer_lost(). */
void peer_connect(struct peer *peer, const struct addrinfo *address);
bool peer_connected(const struct peer *peer);

/* Has the connection failed or ended? Then peer_problem() says how, until the next connect. */
bool peer_lost(const struct peer *peer);
const char *peer_problem(const struct peer *peer);

/* The connection is of no use any more, for the reason of an errno: EBADMSG is that what came is no
 * answer. */
void peer_lose(struct peer *peer, int error);

/* What is put is sent at the next flush, as far as the socket takes it, and then by itself. */
void peer_put(struct peer *peer, const char *text, size_t length);
void peer_flush(struct peer *peer);

/* Is there something to read, and is it wanted? */
bool peer_has_input(const struct peer *peer);

/* Reads up to `room` bytes: 0 if there is nothing, or never will be. */
size_t peer_receive(struct peer *peer, char *bytes, size_t room);

/* Whether it is wanted that peer_has_input() becomes true. */
void peer_read(struct peer *peer, bool wanted);

/* The timer, one for whatever is waited for: runs out in `ns`. peer_rings() says whether it has. */
void peer_set_timer(struct peer *peer, uint64_t ns);
void peer_stop_timer(struct peer *peer);
bool peer_rings(const struct peer *peer);

/* Closes the connection, if there is one; the timer goes on. */
void peer_close(struct peer *peer);

#endif
