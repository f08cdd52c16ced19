/* listen_set.c - from addresses to sockets that listen there. */
#include "listen_set.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "faces.h"
#include "listener.h"
#include "notify.h"

/* With which address_format() begins paths. */
#define LOCAL_PREFIX "unix:"

static struct addrinfo *
resolve(const struct address_name *name)
{
	struct addrinfo *found;
	int error = address_resolve(name, &found);

	if (error == EAI_SYSTEM)
		err(1, "cannot resolve address %s", name->host);
	if (error != 0)
		errx(1,
		    "cannot resolve address %s: %s; give an IP address of this machine, 0.0.0.0 or [::] for "
		    "all, or a name that stands for one",
		    name->host, gai_strerror(error));
	return found;
}

static void *
must(void *memory)
{
	if (memory == NULL)
		errx(1, "out of memory");
	return memory;
}

static void
bound_name(int fd, char name[ADDRESS_SIZE])
{
	struct sockaddr_storage bound = { 0 }; /* a path need not end with a NUL */
	socklen_t length = sizeof(bound);

	if (getsockname(fd, (struct sockaddr *)&bound, &length) != 0)
		err(1, "cannot tell the port of a socket");
	address_format((struct sockaddr *)&bound, name);
}

/* A name such as localhost may stand for an address of a family that this machine has
 * not set up; that is no error as long as another one works. */
static bool
is_missing_family(int error)
{
	return error == EADDRNOTAVAIL || error == EAFNOSUPPORT;
}

static void
add_socket(struct listen_set *set, const struct listen_socket *socket)
{
	set->sockets = must(realloc(set->sockets, (set->count + 1) * sizeof(*set->sockets)));
	set->sockets[set->count++] = *socket;
}

static bool
open_sockets(const struct listen_name *name, const struct addrinfo *at, int fds[], unsigned count)
{
	if (at->ai_family == AF_UNIX)
		return local_sockets((const struct sockaddr_un *)at->ai_addr, name->address.mode, fds,
		    count);
	return listener_sockets(at->ai_addr, at->ai_addrlen, fds, count);
}

/* Opens a socket for each worker: false, with errno, if there can be none. */
static bool
open_address(struct listen_set *set, const struct listen_name *name, const struct addrinfo *at,
    unsigned worker_count)
{
	int *fds = must(calloc(worker_count, sizeof(*fds)));

	if (!open_sockets(name, at, fds, worker_count)) {
		free(fds);
		return false;
	}
	for (unsigned n = 0; n < worker_count; n++) {
		struct listen_socket socket = {
			.fd = fds[n],
			.face = name->face,
			.proxied = name->address.proxy,
			.nth = n,
		};

		bound_name(fds[n], socket.name);
		if (at->ai_family == AF_UNIX && n == 0)
			socket.file = local_file_at(name->address.host);
		add_socket(set, &socket);
	}
	free(fds);
	return true;
}

struct remedy {
	int error;
	const char *what;
};

static const char *
find_remedy(const struct remedy *remedies, size_t count, int error)
{
	for (size_t i = 0; i < count; i++)
		if (remedies[i].error == error)
			return remedies[i].what;
	return "";
}

/* What to do about it, at a port or at a path. */
static const char *
remedy(int family, int error)
{
	static const struct remedy of_paths[] = {
		{ EADDRINUSE,
		    "; a server listens there already, or the file is no socket: stop that, or choose "
		    "another path" },
		{ EACCES, "; this user may make no files there" },
		{ EROFS, "; under systemd such a path is ListenStream= of a socket unit" },
		{ ENOENT, "; make the directory first" },
	};
	static const struct remedy of_ports[] = {
		{ EADDRINUSE, "; somebody listens there already: stop that, or choose another port" },
		{ EACCES, "; below 1024 only root may, who can give that up with --user=NAME" },
		{ EADDRNOTAVAIL,
		    "; no interface of this machine has that address: see ip address, or give "
		    "0.0.0.0 or [::] for all" },
		{ EAFNOSUPPORT,
		    "; in the sandbox of charfinderd.service addresses are those of "
		    "charfinderd.socket, of charfinderd-http.socket for HTTP, and of "
		    "charfinderd-dict.socket for dictionary programs" },
	};

	if (family == AF_UNIX)
		return find_remedy(of_paths, sizeof(of_paths) / sizeof(of_paths[0]), error);
	return find_remedy(of_ports, sizeof(of_ports) / sizeof(of_ports[0]), error);
}

void
listen_set_open(struct listen_set *set, const struct listen_name *name, unsigned worker_count)
{
	struct addrinfo *found = resolve(&name->address), *at;
	unsigned before = set->count;

	for (at = found; at != NULL; at = at->ai_next) {
		char wanted[ADDRESS_SIZE];
		int error;

		if (open_address(set, name, at, worker_count))
			continue;
		error = errno;
		if (!is_missing_family(error) || (at->ai_next == NULL && set->count == before))
			errx(1, "cannot listen on %s: %s%s", address_format(at->ai_addr, wanted),
			    strerror(error), remedy(at->ai_family, error));
	}
	address_free(found);
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
	    !listening || (family != AF_INET && family != AF_INET6 && family != AF_UNIX))
		errx(1,
		    "descriptor %d from the service manager is not a listening TCP or UNIX socket; "
		    "look at ListenStream= in the socket unit",
		    fd);
	if ((family != AF_UNIX && !listener_prepare(fd)) ||
	    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK) != 0)
		err(1, "cannot listen on descriptor %d from the service manager", fd);
}

/* What the name of an inherited socket says of it. */
static void
read_kind(const char *kind, struct listen_socket *socket)
{
	static const char proxy[] = "proxy";
	char name[32];
	const char *comma = strchr(kind, ',');
	size_t length = comma != NULL ? (size_t)(comma - kind) : strlen(kind);

	socket->proxied = strcmp(kind, proxy) == 0 || (comma != NULL && strcmp(comma + 1, proxy) == 0);
	socket->face = NULL;
	if (length < sizeof(name)) {
		memcpy(name, kind, length);
		name[length] = '\0';
		socket->face = faces_find(name);
	}
	if (socket->face == NULL)
		socket->face = faces[0];
}

/* How many sockets of its address and kind are there already? */
static unsigned
count_alike(const struct listen_set *set, const struct listen_socket *socket)
{
	unsigned count = 0;

	for (unsigned i = 0; i < set->count; i++)
		count += strcmp(set->sockets[i].name, socket->name) == 0 &&
		    set->sockets[i].face == socket->face && set->sockets[i].proxied == socket->proxied;
	return count;
}

void
listen_set_inherit(struct listen_set *set)
{
	char *names, *rest;
	unsigned count = notify_sockets(&names);

	rest = names;
	for (unsigned i = 0; i < count; i++) {
		struct listen_socket socket = { .fd = NOTIFY_FIRST_SOCKET + (int)i, .inherited = true };
		const char *kind = strsep(&rest, ":");

		check_inherited(socket.fd);
		bound_name(socket.fd, socket.name);
		read_kind(kind != NULL ? kind : "", &socket);
		socket.nth = count_alike(set, &socket);
		add_socket(set, &socket);
	}
	free(names);
}

unsigned
listen_set_most_sockets(const struct listen_set *set)
{
	unsigned most = 0;

	for (unsigned i = 0; i < set->count; i++)
		if (set->sockets[i].nth + 1 > most)
			most = set->sockets[i].nth + 1;
	return most;
}

/* ---- the rest ------------------------------------------------------------------ */

static bool
is_same_path(const struct sockaddr *a, const struct sockaddr *b)
{
	return a->sa_family == AF_UNIX && b->sa_family == AF_UNIX &&
	    strcmp(((const struct sockaddr_un *)a)->sun_path,
	        ((const struct sockaddr_un *)b)->sun_path) == 0;
}

/* Could the two not listen at the same time? An IPv6 socket takes no IPv4. */
static bool
is_same_port(const struct sockaddr *a, const struct sockaddr *b)
{
	struct in6_addr a_ip = address_ip(a), b_ip = address_ip(b);
	static const struct in6_addr any4 = { .s6_addr = { [10] = 0xff, [11] = 0xff } };
	const struct in6_addr *any = a->sa_family == AF_INET ? &any4 : &in6addr_any;
	in_port_t port = address_port(a);

	return a->sa_family == b->sa_family && port != 0 && port == address_port(b) &&
	    (IN6_ARE_ADDR_EQUAL(&a_ip, &b_ip) || IN6_ARE_ADDR_EQUAL(&a_ip, any) ||
	        IN6_ARE_ADDR_EQUAL(&b_ip, any));
}

/* Ends the program if `name` has an address of one of the others. */
static void
check_apart(const struct listen_name *name, const struct listen_name *others, unsigned count)
{
	struct addrinfo *found = resolve(&name->address);
	char address[ADDRESS_SIZE];

	for (unsigned i = 0; i < count; i++) {
		struct addrinfo *other = resolve(&others[i].address);

		for (struct addrinfo *a = found; a != NULL; a = a->ai_next)
			for (struct addrinfo *b = other; b != NULL; b = b->ai_next)
				if (is_same_port(a->ai_addr, b->ai_addr) || is_same_path(a->ai_addr, b->ai_addr))
					errx(1, "%s is to be listened on twice; give another %s",
					    address_format(a->ai_addr, address),
					    a->ai_family == AF_UNIX ? "path" : "port");
		address_free(other);
	}
	address_free(found);
}

void
listen_set_check(const struct listen_name *names, unsigned count)
{
	for (unsigned i = 1; i < count; i++)
		check_apart(&names[i], names, i);
}

unsigned
listen_set_print(const struct listen_name *name)
{
	struct addrinfo *found = resolve(&name->address), *at;
	char address[ADDRESS_SIZE];
	unsigned count = 0;

	for (at = found; at != NULL; at = at->ai_next, count++)
		printf("would listen on %s%s%s%s\n", address_format(at->ai_addr, address),
		    name->face != faces[0] ? ", for " : "", name->face != faces[0] ? name->face->name : "",
		    name->address.proxy ? ", with the PROXY protocol" : "");
	address_free(found);
	return count;
}

bool
listen_set_has(const struct listen_set *set, const struct face *face)
{
	for (unsigned i = 0; i < set->count; i++)
		if (set->sockets[i].face == face)
			return true;
	return false;
}

bool
listen_socket_is_local(const struct listen_socket *socket)
{
	return strncmp(socket->name, LOCAL_PREFIX, strlen(LOCAL_PREFIX)) == 0;
}

void
listen_set_remove_files(const struct listen_set *set)
{
	for (unsigned i = 0; i < set->count; i++)
		if (set->sockets[i].file.inode != 0)
			local_file_remove(set->sockets[i].name + strlen(LOCAL_PREFIX), &set->sockets[i].file);
}

void
listen_set_release(struct listen_set *set)
{
	free(set->sockets);
}
