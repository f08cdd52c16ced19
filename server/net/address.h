/* address.h - where to listen: addresses given by the user, and shown to the user. */
#ifndef ADDRESS_H
#define ADDRESS_H

#include <netdb.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <sys/socket.h>

/* Room for "[ffff:…:255.255.255.255%interface]:65535". */
#define ADDRESS_SIZE 80

/* Room for a host name, which has 253 bytes at the most (RFC 1035), and for a port. */
#define ADDRESS_HOST_SIZE 256
#define ADDRESS_PORT_SIZE 6

/* An address and a port as the user wrote them. */
struct address_name {
	char host[ADDRESS_HOST_SIZE]; /* a host name or an IP address, without brackets */
	char port[ADDRESS_PORT_SIZE];
	bool proxy; /* connections begin with a PROXY header */
};

/* Takes "ADDRESS:PORT" or "[IPV6]:PORT", perhaps with ",proxy" at the end, apart: false
 * if it is neither. */
bool address_split(const char *text, struct address_name *name);

/* Makes a name of an address, with brackets or without, and a port: false if one of
 * them cannot be one. */
bool address_join(const char *host, const char *port, struct address_name *name);

/* The socket addresses that the name stands for; *found is ended with freeaddrinfo().
 * Returns what getaddrinfo() does. */
int address_resolve(const struct address_name *name, struct addrinfo **found)
    __attribute__((warn_unused_result));

/* Reads an IP address, "192.0.2.1", "2001:db8::1" or "[2001:db8::1]", also with a port, which
 * is skipped; an IPv4 address becomes a mapped one. False if it is none. */
bool address_read_ip(const char *text, struct in6_addr *ip);

/* The addresses that have the first `bits` bits with `ip` in common. */
struct address_network {
	struct in6_addr ip; /* in the form of address_read_ip(); the bits after those are 0 */
	unsigned bits;      /* 0 to 128; of an IPv4 network 96 more than one writes */
};

/* Reads an IP address, which is a network of its own, or one with the number of bits, as
 * "10.0.0.0/8" or "2001:db8::/32" (RFC 4632, RFC 4291). False if it is neither, or says bits
 * that are not the network's, as 10.0.0.1/8. */
bool address_read_network(const char *text, struct address_network *network);

/* Is the address in the network? One of IPv4 is in no network of IPv6. */
bool address_in_network(const struct in6_addr *ip, const struct address_network *network);

/* The IP address of a socket address, in the same form: all zero if it has none. */
struct in6_addr address_ip(const struct sockaddr *address);

/* Its port, 0 if it has none. */
in_port_t address_port(const struct sockaddr *address);

/* Writes an IP address in that form, a mapped one as IPv4, to `out` and returns it. */
const char *address_format_ip(const struct in6_addr *ip, char out[INET6_ADDRSTRLEN]);

/* Writes "127.0.0.1:2323" or "[::1]:2323" to `out` and returns it. */
const char *address_format(const struct sockaddr *address, char out[ADDRESS_SIZE]);

#endif
