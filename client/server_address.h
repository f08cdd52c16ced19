/* server_address.h - where a server is reached: the addresses of its host, or the path of its socket. */
#ifndef SERVER_ADDRESS_H
#define SERVER_ADDRESS_H

#include <netdb.h>
#include <sys/un.h>

struct server_address {
	struct addrinfo *found; /* owned; NULL for a path */
	struct addrinfo local;
	struct sockaddr_un path;
};

/* Finds the addresses of the host, which may take seconds, with its port; without a port, NULL, `host` is
 * the path of a UNIX socket. NULL, or what is wrong, in words that are not to be freed. Another thread may
 * do it; *address is all zeros before. */
const char *server_address_find(struct server_address *address, const char *host, const char *port);

/* Those that are to be tried, in this order, after server_address_find() has found any. */
const struct addrinfo *server_address_list(const struct server_address *address);

void server_address_release(struct server_address *address);

#endif
