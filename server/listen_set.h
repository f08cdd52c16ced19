/* listen_set.h - the sockets on which the server listens, for all its workers. */
#ifndef LISTEN_SET_H
#define LISTEN_SET_H

#include "address.h"

/* One address with a socket for each worker. */
struct listen_entry {
	char name[ADDRESS_SIZE]; /* as bound: the port is not 0 */
	int *sockets;            /* owned; closed by the workers that get them */
};

struct listen_set {
	struct listen_entry *entries; /* owned */
	unsigned count;
};

/* Opens the sockets for `names`, each resolved to all its addresses. Ends the program
 * with a one-line error if one cannot be. */
void listen_set_open(struct listen_set *set, const struct address_name *names, unsigned count,
    unsigned worker_count);

/* Prints what `names` resolve to, one "would listen on ADDRESS:PORT" a line. Ends the
 * program with a one-line error if one cannot be resolved. */
void listen_set_print(const struct address_name *names, unsigned count);

/* Forgets the sockets without closing them. */
void listen_set_release(struct listen_set *set);

#endif
