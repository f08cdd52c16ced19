/* linger.h - sockets whose last answer has been sent, but whose clients may be sending still.
 * To close them would throw away what comes, and tell the client so with a reset, which
 * overtakes the answer. So they are read for a while. */
#ifndef LINGER_H
#define LINGER_H

#include <stdbool.h>
#include <sys/queue.h>

struct event_base;
struct lingerer;

LIST_HEAD(linger_list, lingerer);

/* Closes our side of the socket `fd`, which it takes over, and reads until the client closes
 * its side, or a second or two have passed; then `done` is called with `arg`. False
 * without memory: `fd` is still the caller's. */
bool linger_begin(struct linger_list *list, struct event_base *base, int fd,
    void (*done)(void *arg), void *arg);

/* Closes all of them now. */
void linger_end_all(struct linger_list *list);

#endif
