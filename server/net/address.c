/* address.c - hides how addresses are written. */
#include "address.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char unix_prefix[] = "unix:";

/* ---- as users write them -------------------------------------------------------------- */

static bool
is_port(const char *text, size_t length)
{
	size_t digits = strspn(text, "0123456789");

	return digits == length && digits > 0 && digits <= 5 && strtoul(text, NULL, 10) <= 65535;
}

/* Both without a zero at the end. */
static bool
join(const char *host, size_t host_length, const char *port, size_t port_length,
    struct address_name *name)
{
	if (host_length > 2 && host[0] == '[' && host[host_length - 1] == ']') {
		host++;
		host_length -= 2;
	}
	if (host_length == 0 || host_length >= sizeof(name->host) ||
	    strcspn(host, "[]") < host_length || !is_port(port, port_length))
		return false;
	*name = (struct address_name){ 0 };
	memcpy(name->host, host, host_length);
	memcpy(name->port, port, port_length);
	return true;
}

bool
address_join(const char *host, const char *port, struct address_name *name)
{
	return join(host, strlen(host), port, strlen(port), name);
}

static bool
split_port(const char *text, size_t length, struct address_name *name)
{
	const char *colon = memrchr(text, ':', length);

	/* without brackets, a second colon would make it a guess where the port begins */
	return colon != NULL && (text[0] == '[' || memchr(text, ':', length) == colon) &&
	    join(text, (size_t)(colon - text), colon + 1, length - (size_t)(colon - text) - 1, name);
}

static bool
take_path(const char *path, size_t length, struct address_name *name)
{
	if (path[0] != '/' || length >= sizeof(((struct sockaddr_un *)0)->sun_path))
		return false;
	*name = (struct address_name){ .mode = ADDRESS_DEFAULT_MODE };
	memcpy(name->host, path, length);
	return true;
}

/* "0660", the rights of a file. */
static bool
read_mode(const char *text, size_t length, mode_t *mode)
{
	*mode = (mode_t)strtoul(text, NULL, 8);
	return length > 0 && length <= 4 && strspn(text, "01234567") == length && *mode <= 0777;
}

/* All that stands behind the address: ",NAME" or ",NAME=VALUE", again and again. */
static bool
read_rest(const char *rest, struct address_name *name)
{
	static const char proxy[] = "proxy", mode[] = "mode=";
	bool is_path = name->port[0] == '\0';

	while (*rest == ',') {
		size_t length = strcspn(++rest, ",");

		if (length == strlen(proxy) && memcmp(rest, proxy, length) == 0)
			name->proxy = true;
		else if (!is_path || strncmp(rest, mode, strlen(mode)) != 0 ||
		    !read_mode(rest + strlen(mode), length - strlen(mode), &name->mode))
			return false;
		rest += length;
	}
	return true;
}

bool
address_split(const char *text, struct address_name *name)
{
	size_t length = strcspn(text, ","), prefix = strlen(unix_prefix);
	bool split = strncmp(text, unix_prefix, prefix) == 0
	    ? take_path(text + prefix, length - prefix, name)
	    : split_port(text, length, name);

	return split && read_rest(text + length, name);
}

/* A UNIX socket has one address, and no list of the system's. */
static struct addrinfo *
path_address(const char *path)
{
	struct {
		struct addrinfo info;
		struct sockaddr_un address;
	} *made = calloc(1, sizeof(*made));

	if (made == NULL)
		return NULL;
	made->address.sun_family = AF_UNIX;
	memcpy(made->address.sun_path, path, strlen(path));
	made->info = (struct addrinfo){
		.ai_family = AF_UNIX,
		.ai_socktype = SOCK_STREAM,
		.ai_addrlen = sizeof(made->address),
		.ai_addr = (struct sockaddr *)&made->address,
	};
	return &made->info;
}

void
address_free(struct addrinfo *found)
{
	if (found->ai_family == AF_UNIX)
		free(found);
	else
		freeaddrinfo(found);
}

int
address_resolve(const struct address_name *name, struct addrinfo **found)
{
	static const struct addrinfo hints = {
		.ai_family = AF_UNSPEC,
		.ai_socktype = SOCK_STREAM,
		.ai_flags = AI_PASSIVE | AI_NUMERICSERV,
	};

	if (name->port[0] != '\0')
		return getaddrinfo(name->host, name->port, &hints, found);
	*found = path_address(name->host);
	return *found != NULL ? 0 : EAI_MEMORY;
}

/* ---- IP addresses --------------------------------------------------------------------- */

static struct in6_addr
mapped(const struct in_addr *ipv4)
{
	struct in6_addr ip = { .s6_addr = { [10] = 0xff, [11] = 0xff } };

	memcpy(&ip.s6_addr[12], ipv4, 4);
	return ip;
}

bool
address_read_ip(const char *text, struct in6_addr *ip)
{
	char host[INET6_ADDRSTRLEN + 1];
	bool bracketed = text[0] == '[';
	const char *begin = text + bracketed;
	/* a single colon begins the port of an IPv4 address */
	bool has_port = !bracketed && strchr(text, '.') != NULL &&
	    strchr(text, ':') == strrchr(text, ':');
	size_t length = strcspn(begin, bracketed ? "]" : has_port ? ":" : "");
	struct in_addr ipv4;

	if (length >= sizeof(host) || (bracketed && begin[length] != ']'))
		return false;
	memcpy(host, begin, length);
	host[length] = '\0';
	if (inet_pton(AF_INET6, host, ip) == 1)
		return true;
	if (bracketed || inet_pton(AF_INET, host, &ipv4) != 1)
		return false;
	*ip = mapped(&ipv4);
	return true;
}

static struct in6_addr
first_bits(const struct in6_addr *ip, unsigned bits)
{
	struct in6_addr first = { 0 };

	memcpy(&first, ip, bits / 8);
	if (bits % 8 != 0)
		first.s6_addr[bits / 8] = (uint8_t)(ip->s6_addr[bits / 8] & 0xff << (8 - bits % 8));
	return first;
}

/* The number after the slash, of `most` at the most. */
static bool
read_bits(const char *text, unsigned most, unsigned *bits)
{
	size_t digits = strspn(text, "0123456789");

	*bits = (unsigned)strtoul(text, NULL, 10);
	return digits > 0 && digits <= 3 && text[digits] == '\0' && *bits <= most;
}

bool
address_read_network(const char *text, struct address_network *network)
{
	char address[INET6_ADDRSTRLEN];
	size_t length = strcspn(text, "/");
	unsigned most = 128, bits;
	struct in_addr ipv4;
	struct in6_addr first;

	if (length >= sizeof(address))
		return false;
	memcpy(address, text, length);
	address[length] = '\0';
	if (strcmp(text, "unix") == 0) {
		network->ip = in6addr_any;
	} else if (inet_pton(AF_INET, address, &ipv4) == 1) {
		network->ip = mapped(&ipv4);
		most = 32;
	} else if (inet_pton(AF_INET6, address, &network->ip) != 1) {
		return false;
	}
	bits = most;
	if (text[length] == '/' && !read_bits(text + length + 1, most, &bits))
		return false;
	network->bits = bits + 128 - most;
	first = first_bits(&network->ip, network->bits);
	return memcmp(&first, &network->ip, sizeof(first)) == 0;
}

bool
address_in_network(const struct in6_addr *ip, const struct address_network *network)
{
	struct in6_addr first = first_bits(ip, network->bits);

	if ((IN6_IS_ADDR_V4MAPPED(ip) && network->bits < 96) ||
	    (IN6_IS_ADDR_UNSPECIFIED(ip) && network->bits < 128))
		return false;
	return memcmp(&first, &network->ip, sizeof(first)) == 0;
}

struct in6_addr
address_ip(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET6)
		return ((const struct sockaddr_in6 *)address)->sin6_addr;
	if (address->sa_family == AF_INET)
		return mapped(&((const struct sockaddr_in *)address)->sin_addr);
	return (struct in6_addr){ 0 };
}

in_port_t
address_port(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET6)
		return ntohs(((const struct sockaddr_in6 *)address)->sin6_port);
	if (address->sa_family == AF_INET)
		return ntohs(((const struct sockaddr_in *)address)->sin_port);
	return 0;
}

const char *
address_format_ip(const struct in6_addr *ip, char out[INET6_ADDRSTRLEN])
{
	if (IN6_IS_ADDR_UNSPECIFIED(ip))
		return strcpy(out, "unix");
	if (IN6_IS_ADDR_V4MAPPED(ip))
		return inet_ntop(AF_INET, &ip->s6_addr[12], out, INET6_ADDRSTRLEN);
	return inet_ntop(AF_INET6, ip, out, INET6_ADDRSTRLEN);
}

static const char *
format_path(const struct sockaddr_un *address, char out[ADDRESS_SIZE])
{
	const char *path = address->sun_path;
	bool abstract = path[0] == '\0' && path[1] != '\0';

	if (path[0] == '\0' && !abstract)
		return strcpy(out, "unix");
	snprintf(out, ADDRESS_SIZE, abstract ? "%s@%s" : "%s%s", unix_prefix, path + abstract);
	return out;
}

const char *
address_format(const struct sockaddr *address, char out[ADDRESS_SIZE])
{
	char host[64], port[6];
	socklen_t length = address->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6)
	                                                  : sizeof(struct sockaddr_in);

	if (address->sa_family == AF_UNIX)
		return format_path((const struct sockaddr_un *)address, out);
	if (getnameinfo(address, length, host, sizeof(host), port, sizeof(port),
	        NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		return strcpy(out, "unknown");
	snprintf(out, ADDRESS_SIZE, address->sa_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
	return out;
}
