/* server_address.c - makes a path look like the one address of a host. */
#include "server_address.h"

#include <string.h>
#include <sys/socket.h>

static const char *
find_path(struct server_address *address, const char *path)
{
	if (strlen(path) >= sizeof(address->path.sun_path))
		return "the path of a socket has 107 bytes at most";
	address->path.sun_family = AF_UNIX;
	memcpy(address->path.sun_path, path, strlen(path) + 1);
	address->local = (struct addrinfo){
		.ai_family = AF_UNIX,
		.ai_socktype = SOCK_STREAM,
		.ai_addr = (struct sockaddr *)&address->path,
		.ai_addrlen = sizeof(address->path),
	};
	return NULL;
}

const char *
server_address_find(struct server_address *address, const char *host, const char *port)
{
	const struct addrinfo hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM };
	int error;

	if (port == NULL)
		return find_path(address, host);
	error = getaddrinfo(host, port, &hints, &address->found);
	return error != 0 ? gai_strerror(error) : NULL;
}

const struct addrinfo *
server_address_list(const struct server_address *address)
{
	return address->found != NULL ? address->found : &address->local;
}

void
server_address_release(struct server_address *address)
{
	if (address->found != NULL)
		freeaddrinfo(address->found);
	address->found = NULL;
}
