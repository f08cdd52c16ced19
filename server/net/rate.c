/* rate.c - a token bucket as the time at which it is full again (the generic cell rate algorithm,
 * ITU-T I.371), so that one number is all there is to keep of an address.
 *
 * The buckets are in a table of fixed size, a set of them for each value of a hash. A full one
 * says nothing, and its place is free. If a set has no place, the bucket that is full first makes
 * room: so a crowd of addresses gives some of them more than their rate, and nobody less. */
#include "rate.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"

/* 512 KiB in all: buckets of 32,768 addresses that have asked within the last second. */
enum { SETS = 4096, WAYS = 8, LOCKS = 64 };

struct bucket {
	uint64_t network;
	uint64_t full_at;
};

struct rate {
	uint64_t interval;            /* between two tokens, in nanoseconds */
	pthread_mutex_t locks[LOCKS]; /* each of the sets whose number is its own modulo LOCKS */
	struct bucket sets[SETS][WAYS];
};

struct rate *
rate_new(unsigned per_second)
{
	struct rate *rate = calloc(1, sizeof(*rate));

	if (rate == NULL)
		return NULL;
	rate->interval = CLOCK_SECOND / per_second;
	for (int i = 0; i < LOCKS; i++)
		pthread_mutex_init(&rate->locks[i], NULL);
	return rate;
}

void
rate_free(struct rate *rate)
{
	if (rate == NULL)
		return;
	for (int i = 0; i < LOCKS; i++)
		pthread_mutex_destroy(&rate->locks[i]);
	free(rate);
}

/* The first half of an IPv6 address, or the second one of a mapped IPv4 address, which is in
 * 0000::/8 as no network is (RFC 4291, section 2.4). */
static uint64_t
network_of(const struct in6_addr *ip)
{
	uint64_t network;

	memcpy(&network, &ip->s6_addr[IN6_IS_ADDR_V4MAPPED(ip) ? 8 : 0], sizeof(network));
	return network;
}

static unsigned
set_of(uint64_t network)
{
	/* the golden ratio spreads what differs in few bits (Knuth, volume 3, section 6.4) */
	return (unsigned)(network * UINT64_C(0x9e3779b97f4a7c15) >> 32) % SETS;
}

/* The bucket of the network, or the place for one. */
static struct bucket *
find(struct bucket set[WAYS], uint64_t network)
{
	struct bucket *first = &set[0];

	for (int i = 0; i < WAYS; i++) {
		if (set[i].network == network)
			return &set[i];
		if (set[i].full_at < first->full_at)
			first = &set[i];
	}
	*first = (struct bucket){ .network = network };
	return first;
}

static uint64_t
take(const struct rate *rate, struct bucket *bucket, uint64_t now)
{
	uint64_t missing = bucket->full_at > now ? bucket->full_at - now : 0;

	if (missing + rate->interval > CLOCK_SECOND)
		return missing + rate->interval - CLOCK_SECOND;
	bucket->full_at = now + missing + rate->interval;
	return 0;
}

uint64_t
rate_take(struct rate *rate, const struct in6_addr *ip, uint64_t now)
{
	uint64_t network, wait;
	unsigned set;

	if (rate == NULL)
		return 0;
	network = network_of(ip);
	set = set_of(network);
	pthread_mutex_lock(&rate->locks[set % LOCKS]);
	wait = take(rate, find(rate->sets[set], network), now);
	pthread_mutex_unlock(&rate->locks[set % LOCKS]);
	return wait;
}
