/* admission.c - hides how clients are counted: a number, and a table of addresses. */
#include "admission.h"

#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

/* Chains of addresses; with as many clients as descriptors they stay short. */
#define CHAINS 4096u

/* What counts as one address: IPv4, or the network half of IPv6, which one customer
 * has to himself (RFC 6177). */
struct key {
	uint8_t family;
	uint8_t bytes[8];
};

struct admission_place {
	LIST_ENTRY(admission_place) link;
	struct key key;
	unsigned clients;
};

LIST_HEAD(chain, admission_place);

struct admission {
	unsigned max_clients, max_clients_per_address;
	atomic_uint clients;
	pthread_mutex_t lock; /* of the chains */
	struct chain chains[CHAINS];
};

struct admission *
admission_new(unsigned max_clients, unsigned max_clients_per_address)
{
	struct admission *admission = calloc(1, sizeof(*admission));

	if (admission == NULL)
		return NULL;
	admission->max_clients = max_clients;
	admission->max_clients_per_address = max_clients_per_address;
	pthread_mutex_init(&admission->lock, NULL);
	return admission;
}

void
admission_free(struct admission *admission)
{
	if (admission == NULL)
		return;
	pthread_mutex_destroy(&admission->lock);
	free(admission);
}

enum admission_verdict
admission_enter(struct admission *admission)
{
	unsigned clients = atomic_fetch_add(&admission->clients, 1);

	if (admission->max_clients == 0 || clients < admission->max_clients)
		return ADMISSION_GRANTED;
	atomic_fetch_sub(&admission->clients, 1);
	return ADMISSION_TOO_MANY;
}

void
admission_leave(struct admission *admission)
{
	atomic_fetch_sub(&admission->clients, 1);
}

/* Is it ::ffff:192.0.2.1, an IPv4 address in the form of IPv6 (RFC 4291)? */
static bool
is_mapped_ipv4(const struct sockaddr *peer)
{
	return peer->sa_family == AF_INET6 &&
	    IN6_IS_ADDR_V4MAPPED(&((const struct sockaddr_in6 *)peer)->sin6_addr);
}

static struct key
key_of(const struct sockaddr *peer)
{
	struct key key = { .family = (uint8_t)peer->sa_family };

	if (peer->sa_family == AF_INET)
		memcpy(key.bytes, &((const struct sockaddr_in *)peer)->sin_addr, 4);
	else if (peer->sa_family == AF_INET6)
		memcpy(key.bytes, &((const struct sockaddr_in6 *)peer)->sin6_addr, 8);
	if (is_mapped_ipv4(peer)) {
		key.family = AF_INET;
		memcpy(key.bytes, &((const struct sockaddr_in6 *)peer)->sin6_addr.s6_addr[12], 4);
	}
	return key;
}

static struct chain *
chain_of(struct admission *admission, const struct key *key)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < sizeof(key->bytes); i++)
		hash = (hash ^ key->bytes[i]) * 16777619u;
	return &admission->chains[(hash ^ hash >> 16) % CHAINS];
}

/* The place of `key`, made if need be: NULL without memory. */
static struct admission_place *
find_place(struct chain *chain, const struct key *key)
{
	struct admission_place *place;

	LIST_FOREACH(place, chain, link)
	if (memcmp(&place->key, key, sizeof(*key)) == 0)
		return place;
	place = calloc(1, sizeof(*place));
	if (place != NULL) {
		place->key = *key;
		LIST_INSERT_HEAD(chain, place, link);
	}
	return place;
}

enum admission_verdict
admission_take_place(struct admission *admission, const struct sockaddr *peer,
    struct admission_place **place)
{
	struct key key = key_of(peer);
	enum admission_verdict verdict = ADMISSION_GRANTED;
	struct admission_place *found;

	*place = NULL;
	if (admission->max_clients_per_address == 0 || peer->sa_family == AF_UNIX)
		return ADMISSION_GRANTED;
	pthread_mutex_lock(&admission->lock);
	found = find_place(chain_of(admission, &key), &key);
	if (found == NULL) {
		verdict = ADMISSION_NO_MEMORY;
	} else if (found->clients >= admission->max_clients_per_address) {
		verdict = ADMISSION_TOO_MANY_FROM_ADDRESS;
	} else {
		found->clients++;
		*place = found;
	}
	pthread_mutex_unlock(&admission->lock);
	return verdict;
}

void
admission_give_back(struct admission *admission, struct admission_place *place)
{
	if (place == NULL)
		return;
	pthread_mutex_lock(&admission->lock);
	if (--place->clients == 0) {
		LIST_REMOVE(place, link);
		free(place);
	}
	pthread_mutex_unlock(&admission->lock);
}
