/* proxy_header.h - the header of the PROXY protocol, versions 1 and 2, with which a
 * balancer says whose connection it brings. The specification is HAProxy's
 * doc/proxy-protocol.txt. Knows nothing of sockets. */
#ifndef PROXY_HEADER_H
#define PROXY_HEADER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

/* The longest header that is taken: version 2 with a kilobyte or so of extensions. */
#define PROXY_HEADER_MAX 2048

enum proxy_status {
	PROXY_PARTIAL, /* so far it is the beginning of a header */
	PROXY_READY,
	PROXY_BAD, /* it is none, or longer than PROXY_HEADER_MAX */
};

/* Who is behind the balancer. */
struct proxy_source {
	bool known; /* false: the balancer itself (LOCAL, a health check), or it does not say */
	struct sockaddr_storage address;
};

/* Reads the header at the beginning of `length` bytes at `data`. PROXY_READY: *source is
 * set, and *size is the bytes of the header. */
enum proxy_status proxy_header_read(const char *data, size_t length, struct proxy_source *source,
    size_t *size);

#endif
