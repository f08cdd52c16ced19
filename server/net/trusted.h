/* trusted.h - the proxies that are believed when they say whose a request is. */
#ifndef TRUSTED_H
#define TRUSTED_H

#include <netinet/in.h>
#include <stdbool.h>

struct trusted {
	const struct in6_addr *addresses; /* not owned; in the form of address_read_ip() */
	unsigned count;
};

/* Is it one of them? NULL is none. */
bool trusted_has(const struct trusted *trusted, const struct in6_addr *ip);

#endif
