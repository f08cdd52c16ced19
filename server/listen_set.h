/* listen_set.h - the sockets on which the server listens, for all its workers. */
#ifndef LISTEN_SET_H
#define LISTEN_SET_H

#include "address.h"

/* One address, with its sockets. */
struct listen_entry {
	char name[ADDRESS_SIZE]; /* as bound: the port is not 0 */
	int *sockets;            /* owned; closed by the workers that get them */
	unsigned socket_count;
	bool proxied;            /* connections begin with a PROXY header */
	bool http;               /* connections speak HTTP */
	bool inherited;          /* the service manager has the sockets too */
};

struct listen_set {
	struct listen_entry *entries; /* owned */
	unsigned count;
};

/* The functions below end the program with a one-line error if they fail. */

/* Adds the sockets that the service manager has passed; named "proxy", they are for
 * connections with a PROXY header, named "http" for HTTP. Adds nothing if there are none. */
void listen_set_inherit(struct listen_set *set);

/* The largest number of sockets that one address has: as many workers have work. */
unsigned listen_set_most_sockets(const struct listen_set *set);

/* Opens sockets for a name, which is resolved to all its addresses: one for each
 * worker. */
void listen_set_open(struct listen_set *set, const struct address_name *name,
    unsigned worker_count);

/* Prints what the name resolves to, one "would listen on ADDRESS:PORT" a line. */
void listen_set_print(const struct address_name *name);

/* Forgets the sockets without closing them. */
void listen_set_release(struct listen_set *set);

#endif
