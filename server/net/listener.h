/* listener.h - listening sockets, and the accepting of connections on one loop. */
#ifndef LISTENER_H
#define LISTENER_H

#include <stdbool.h>
#include <sys/socket.h>

struct event_base;
struct listener;

/* Sets the options that accepted connections inherit on the listening TCP socket `fd`. False
 * with errno. */
bool listener_prepare(int fd) __attribute__((warn_unused_result));

/* Makes `count` sockets that listen on the same address, one for each worker, and share
 * its connections (SO_REUSEPORT). If the port is 0, the system chooses one, the same
 * for all. True and sockets[], which the caller owns; false with errno, and nothing is
 * left open. EADDRINUSE if anybody listens there already, with SO_REUSEPORT or not. */
bool listener_sockets(const struct sockaddr *address, socklen_t length, int sockets[],
    unsigned count) __attribute__((warn_unused_result));

/* Called for each connection with a non-blocking socket, which the callee owns, or with
 * fd -1 and no peer when accepting fails and pauses. At the other end of a UNIX socket the peer has
 * no path, whatever it calls itself. */
typedef void listener_accepted(void *arg, int fd, const struct sockaddr *peer);

/* Accepts on `fd`, which the listener then owns, from `base`. When descriptors or memory
 * run out, accepting pauses for a moment at a time. NULL without memory: nothing is
 * owned. */
struct listener *listener_new(struct event_base *base, int fd, listener_accepted *accepted,
    void *arg);

/* Accepts the connections that the system has made already, so that none is reset.
 * Not for a socket that others go on accepting from. */
void listener_accept_rest(struct listener *listener);

/* Closes the socket. NULL is allowed. */
void listener_close(struct listener *listener);

#endif
