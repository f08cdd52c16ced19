/* listen_set.h - the sockets on which the server listens, for all its workers. */
#ifndef LISTEN_SET_H
#define LISTEN_SET_H

#include "address.h"
#include "local_socket.h"

struct face;

/* Where to listen, and what is spoken there. */
struct listen_name {
	struct address_name address;
	const struct face *face;
};

struct listen_socket {
	int fd; /* closed by the worker that gets it */
	const struct face *face;
	bool proxied;            /* connections begin with a PROXY header */
	bool inherited;          /* the service manager has it too */
	unsigned nth;            /* of the sockets of its address, from 0 */
	char name[ADDRESS_SIZE]; /* the address as bound: the port is not 0 */
	struct local_file file;  /* that the server has made for it; or all zero */
};

struct listen_set {
	struct listen_socket *sockets; /* owned */
	unsigned count;
};

/* The functions below end the program with a one-line error if they fail. */

/* Adds the sockets that the service manager has passed. Their names are those of a face, with
 * ",proxy" behind it if connections begin with a PROXY header, or "proxy" for such to the first
 * face, which those speak too that have any other name. Adds nothing if there are none. */
void listen_set_inherit(struct listen_set *set);

/* The largest number of sockets that one address has: as many workers have work. */
unsigned listen_set_most_sockets(const struct listen_set *set);

/* Opens sockets for a name, which is resolved to all its addresses: one for each
 * worker. */
void listen_set_open(struct listen_set *set, const struct listen_name *name, unsigned worker_count);

/* Looks whether the names leave each other their ports. */
void listen_set_check(const struct listen_name *names, unsigned count);

/* Prints what the name resolves to, one "would listen on ADDRESS:PORT" a line, and returns how many. */
unsigned listen_set_print(const struct listen_name *name);

/* Does one of the sockets speak `face`? */
bool listen_set_has(const struct listen_set *set, const struct face *face);

/* Is it a UNIX socket? */
bool listen_socket_is_local(const struct listen_socket *socket);

/* Removes the files of UNIX sockets that listen_set_open() has made. Who has connected is still
 * there to be accepted. */
void listen_set_remove_files(const struct listen_set *set);

/* Forgets the sockets without closing them. */
void listen_set_release(struct listen_set *set);

#endif
