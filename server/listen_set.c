/* listen_set.c - hides how addresses become sockets. */
#include "listen_set.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "listener.h"
#include "notify.h"

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

static struct listen_entry *
add_entry(struct listen_set *set)
{
	set->entries = must(realloc(set->entries, (set->count + 1) * sizeof(*set->entries)));
	set->entries[set->count] = (struct listen_entry){ 0 };
	return &set->entries[set->count++];
}

void
listen_set_open(struct listen_set *set, const struct address_name *name, unsigned worker_count)
{
	struct addrinfo *found = resolve(name), *at;
	unsigned before = set->count;

	for (at = found; at != NULL; at = at->ai_next) {
		char wanted[ADDRESS_SIZE];
		int *sockets = must(calloc(worker_count, sizeof(*sockets)));
		struct listen_entry *entry;

		if (!listener_sockets(at->ai_addr, at->ai_addrlen, sockets, worker_count)) {
			free(sockets);
			if (!is_missing_family(errno) || (at->ai_next == NULL && set->count == before))
				err(1, "cannot listen on %s", address_format(at->ai_addr, wanted));
			continue;
		}
		entry = add_entry(set);
		entry->sockets = sockets;
		entry->socket_count = worker_count;
		entry->proxied = name->proxy;
		entry->http = name->http;
		bound_name(sockets[0], entry->name);
	}
	freeaddrinfo(found);
}

/* ---- sockets from the service manager -------------------------------------------- */

static void
check_inherited(int fd)
{
	int type = 0, listening = 0, family = 0;
	socklen_t length = sizeof(int);

	if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length) != 0 ||
	    getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &length) != 0 ||
	    getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &family, &length) != 0 || type != SOCK_STREAM ||
	    !listening || (family != AF_INET && family != AF_INET6))
		errx(1, "descriptor %d from the service manager is not a listening TCP socket; "
		     "look at ListenStream= in the socket unit", fd);
	if (!listener_prepare(fd) || fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK) != 0)
		err(1, "cannot listen on descriptor %d from the service manager", fd);
}

/* The entry for inherited sockets of this address and kind. */
static struct listen_entry *
inherited_entry(struct listen_set *set, const char *name, const char *kind)
{
	bool proxied = strcmp(kind, "proxy") == 0, http = strcmp(kind, "http") == 0;
	struct listen_entry *entry;

	for (unsigned i = 0; i < set->count; i++) {
		entry = &set->entries[i];
		if (strcmp(entry->name, name) == 0 && entry->proxied == proxied && entry->http == http)
			return entry;
	}
	entry = add_entry(set);
	strcpy(entry->name, name);
	entry->proxied = proxied;
	entry->http = http;
	entry->inherited = true;
	return entry;
}

void
listen_set_inherit(struct listen_set *set)
{
	char **names;
	unsigned count = notify_sockets(&names);

	for (unsigned i = 0; i < count; i++) {
		int fd = NOTIFY_FIRST_SOCKET + (int)i;
		char name[ADDRESS_SIZE];
		struct listen_entry *entry;

		check_inherited(fd);
		entry = inherited_entry(set, bound_name(fd, name), names[i]);
		entry->sockets =
		    must(realloc(entry->sockets, (entry->socket_count + 1) * sizeof(*entry->sockets)));
		entry->sockets[entry->socket_count++] = fd;
		free(names[i]);
	}
	free(names);
}

unsigned
listen_set_most_sockets(const struct listen_set *set)
{
	unsigned most = 0;

	for (unsigned i = 0; i < set->count; i++)
		if (set->entries[i].socket_count > most)
			most = set->entries[i].socket_count;
	return most;
}

/* ---- the rest ------------------------------------------------------------------ */

void
listen_set_print(const struct address_name *name)
{
	struct addrinfo *found = resolve(name), *at;
	char address[ADDRESS_SIZE];

	for (at = found; at != NULL; at = at->ai_next)
		printf("would listen on %s%s\n", address_format(at->ai_addr, address),
		    name->proxy ? ", with the PROXY protocol" : name->http ? ", for HTTP" : "");
	freeaddrinfo(found);
}

void
listen_set_release(struct listen_set *set)
{
	for (unsigned i = 0; i < set->count; i++)
		free(set->entries[i].sockets);
	free(set->entries);
}
