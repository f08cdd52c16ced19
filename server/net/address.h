/* address.h - where to listen: addresses given by the user, and shown to the user. */
#ifndef ADDRESS_H
#define ADDRESS_H

#include <netdb.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

/* Room for "[ffff:…:255.255.255.255%interface]:65535", and for "unix:" with the longest path. */
#define ADDRESS_SIZE (sizeof("unix:") + sizeof(((struct sockaddr_un *)0)->sun_path))

/* Room for a host name, which has 253 bytes at the most (RFC 1035), and for a port. */
#define ADDRESS_HOST_SIZE 256
#define ADDRESS_PORT_SIZE 6

/* An address and a port as the user wrote them, or the path of a UNIX socket. */
struct address_name {
	char host[ADDRESS_HOST_SIZE]; /* a host name or an IP address, without brackets; or a path */
	char port[ADDRESS_PORT_SIZE]; /* "": `host` is a path */
	mode_t mode;                  /* of the file at the path */
	bool proxy;                   /* connections begin with a PROXY header */
};

/* As systemd's SocketMode=: who may enter the directory may connect. */
#define ADDRESS_DEFAULT_MODE 0666

/* Takes "ADDRESS:PORT", "[IPV6]:PORT" or "unix:PATH" apart, with ",proxy" at the end or without,
 * and of a path, which is absolute, with ",mode=0660" or so: false if it is none of these. */
bool address_split(const char *text, struct address_name *name);

/* Makes a name of an address, with brackets or without, and a port: false if one of
 * them cannot be one. */
bool address_join(const char *host, const char *port, struct address_name *name);

/* The socket addresses that the name stands for, which address_free() ends. Returns what
 * getaddrinfo() does. */
int address_resolve(const struct address_name *name, struct addrinfo **found)
    __attribute__((warn_unused_result));
void address_free(struct addrinfo *found);

/* Reads an IP address, "192.0.2.1", "2001:db8::1" or "[2001:db8::1]", also with a port, which
 * is skipped; an IPv4 address becomes a mapped one. False if it is not one. */
bool address_read_ip(const char *text, struct in6_addr *ip);

/* The addresses that have the first `bits` bits with `ip` in common. */
struct address_network {
	struct in6_addr ip; /* in the form of address_read_ip(); the bits after those are 0 */
	unsigned bits;      /* 0 to 128; of an IPv4 network 96 more than one writes */
};

/* Reads an IP address, which is a network of its own, or one with the number of bits, as
 * "10.0.0.0/8" or "2001:db8::/32" (RFC 4632, RFC 4291); "unix" is those who connect to UNIX
 * sockets. False if it is none of these, or says bits that are not the network's, as 10.0.0.1/8. */
bool address_read_network(const char *text, struct address_network *network);

/* Is the address in the network? One of IPv4, or that of UNIX sockets, is in no network of IPv6. */
bool address_in_network(const struct in6_addr *ip, const struct address_network *network);

/* The IP address of a socket address, in the same form: all zero if it has none, as at the other
 * end of a UNIX socket. */
struct in6_addr address_ip(const struct sockaddr *address);

/* Its port, 0 if it has none. */
in_port_t address_port(const struct sockaddr *address);

/* Writes an IP address in that form, a mapped one as IPv4, "unix" if it is all zero, to `out` and
 * returns it. */
const char *address_format_ip(const struct in6_addr *ip, char out[INET6_ADDRSTRLEN]);

/* Writes "127.0.0.1:2323", "[::1]:2323", "unix:/run/socket", or "unix" without a path, to `out`
 * and returns it. A path ends with a NUL. */
const char *address_format(const struct sockaddr *address, char out[ADDRESS_SIZE]);

#endif
