/* trusted.h - the proxies that are believed when they say whose a request is. */
#ifndef TRUSTED_H
#define TRUSTED_H

#include <netinet/in.h>
#include <stdbool.h>

struct address_network;

struct trusted {
	const struct address_network *networks; /* not owned */
	unsigned count;
};

/* Is it, in the form of address_ip(), one of them? NULL is none. */
bool trusted_has(const struct trusted *trusted, const struct in6_addr *ip);

#endif
