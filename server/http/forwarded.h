/* forwarded.h - whose request it is, as the proxies on its way say: X-Forwarded-For. */
#ifndef FORWARDED_H
#define FORWARDED_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>

struct request;

/* Is what the proxy at `ip` says believed? */
typedef bool forwarded_trusts(void *arg, const struct in6_addr *ip);

/* Goes through the addresses of a list from its end, while those are proxies that are trusted, and
 * sets *client to each. True if the client has been found: the first that is not trusted, or, if
 * what comes next is no address, the proxy that said so. */
bool forwarded_walk_back(const char *value, size_t length, forwarded_trusts *trusts, void *arg,
    struct in6_addr *client);

/* The client of a READY request that has come from the trusted proxy `peer`: the last address in
 * all lines that is not a trusted proxy itself. */
struct in6_addr forwarded_client(const struct request *request, const char *head,
    struct in6_addr peer, forwarded_trusts *trusts, void *arg);

#endif
