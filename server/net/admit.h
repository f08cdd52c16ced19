/* admit.h - who is let in, and what those hear who are not. */
#ifndef ADMIT_H
#define ADMIT_H

#include <stdbool.h>
#include <sys/socket.h>

#include "counters.h"

struct admission_place;
struct service;
struct service_face;

/* Lets the client in on the socket `fd`, or turns it away at once, so that it costs others
 * nothing: then the socket is closed. *place is what it takes up among those of its address,
 * or NULL: behind a balancer its address comes later, and a trusted proxy says with each request
 * whose it is. If true, admit_leave() must follow. */
bool admit_client(struct service *service, const struct service_face *face, int fd,
    const struct sockaddr *peer, bool proxied, struct admission_place **place);

/* A place for a client whose address has come later: false if there are too many of them. */
bool admit_address(struct service *service, const struct service_face *face,
    const struct sockaddr *client, struct admission_place **place);

/* The client has gone. `place` may be NULL. */
void admit_leave(struct service *service, struct admission_place *place);

/* Closes the socket of a client that is not to be, after a word to it and to the log. */
void admit_refuse(struct service *service, const struct service_face *face, int fd,
    const struct sockaddr *peer, enum counter counter, const char *reason);

#endif
