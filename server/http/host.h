/* host.h - the host and port that a request was sent to (RFC 9110, section 7.2; RFC 3986,
 * section 3.2). */
#ifndef HOST_H
#define HOST_H

#include <stdbool.h>
#include <stddef.h>

/* Is it a host and perhaps a port? The host is not empty: a name, an IPv4 address, or an IPv6
 * address in brackets. The port, which may be empty, is at most 65535. */
bool host_is_valid(const char *text, size_t length);

#endif
