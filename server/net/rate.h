/* rate.h - how many queries a second one address may ask, in a token bucket for each that holds
 * those of one second. Shared by all workers. */
#ifndef RATE_H
#define RATE_H

#include <netinet/in.h>
#include <stdint.h>

struct rate;

/* The most that can be given to rate_new(). */
#define RATE_MAX 1000000u

/* `per_second` is 1 to RATE_MAX. NULL without memory. */
struct rate *rate_new(unsigned per_second);

/* NULL is allowed. */
void rate_free(struct rate *rate);

/* Takes a token from the bucket of the address, in the form of address_ip(); an IPv6 /64 is one
 * address. `now` is in nanoseconds of a clock that never goes back. 0: taken. Else how long to
 * wait, in nanoseconds, until there is one, if nobody else takes it. `rate` may be NULL:
 * there is no limit. */
uint64_t rate_take(struct rate *rate, const struct in6_addr *ip, uint64_t now)
    __attribute__((warn_unused_result));

#endif
