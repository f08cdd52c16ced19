/* listen_set.c - hides how addresses become sockets. */
#include "listen_set.h"

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "listener.h"

static struct addrinfo *
resolve(const struct address_name *name)
{
	struct addrinfo *found;
	int error = address_resolve(name, &found);

	if (error == EAI_SYSTEM)
		err(1, "cannot resolve address %s", name->host);
	if (error != 0)
		errx(1, "cannot resolve address %s: %s", name->host, gai_strerror(error));
	return found;
}

static void *
must(void *memory)
{
	if (memory == NULL)
		errx(1, "out of memory");
	return memory;
}

static const char *
bound_name(int fd, char name[ADDRESS_SIZE])
{
	struct sockaddr_storage bound;
	socklen_t length = sizeof(bound);

	if (getsockname(fd, (struct sockaddr *)&bound, &length) != 0)
		err(1, "cannot tell the port of a socket");
	return address_format((struct sockaddr *)&bound, name);
}

/* A name such as localhost may stand for an address of a family that this machine has
 * not set up; that is no error as long as another one works. */
static bool
is_missing_family(int error)
{
	return error == EADDRNOTAVAIL || error == EAFNOSUPPORT;
}

static void
open_name(struct listen_set *set, const struct address_name *name, unsigned worker_count)
{
	struct addrinfo *found = resolve(name), *at;
	unsigned before = set->count;
	int last_error = 0;

	for (at = found; at != NULL; at = at->ai_next) {
		char wanted[ADDRESS_SIZE];
		int *sockets = must(calloc(worker_count, sizeof(*sockets)));
		struct listen_entry *entry;

		if (!listener_sockets(at->ai_addr, at->ai_addrlen, sockets, worker_count)) {
			last_error = errno;
			free(sockets);
			if (!is_missing_family(last_error) || (at->ai_next == NULL && set->count == before))
				err(1, "cannot listen on %s", address_format(at->ai_addr, wanted));
			continue;
		}
		set->entries = must(realloc(set->entries, (set->count + 1) * sizeof(*set->entries)));
		entry = &set->entries[set->count++];
		entry->sockets = sockets;
		bound_name(sockets[0], entry->name);
	}
	freeaddrinfo(found);
}

void
listen_set_open(struct listen_set *set, const struct address_name *names, unsigned count,
    unsigned worker_count)
{
	*set = (struct listen_set){ 0 };
	for (unsigned i = 0; i < count; i++)
		open_name(set, &names[i], worker_count);
}

void
listen_set_print(const struct address_name *names, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		struct addrinfo *found = resolve(&names[i]), *at;
		char name[ADDRESS_SIZE];

		for (at = found; at != NULL; at = at->ai_next)
			printf("would listen on %s\n", address_format(at->ai_addr, name));
		freeaddrinfo(found);
	}
}

void
listen_set_release(struct listen_set *set)
{
	for (unsigned i = 0; i < set->count; i++)
		free(set->entries[i].sockets);
	free(set->entries);
}
