/* host.c - reads what a request says of whom it was meant for. */
#include "host.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "ascii.h"

static bool
is_port(const char *text, size_t length)
{
	unsigned port = 0;

	for (size_t i = 0; i < length && port <= 65535; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		port = port * 10 + (unsigned)(text[i] - '0');
	}
	return port <= 65535;
}

static bool
is_ipv6(const char *text, size_t length)
{
	char address[INET6_ADDRSTRLEN];
	struct in6_addr ip;

	if (length >= sizeof(address) || memchr(text, '\0', length) != NULL)
		return false;
	memcpy(address, text, length);
	address[length] = '\0';
	return inet_pton(AF_INET6, address, &ip) == 1;
}

/* unreserved and sub-delims of RFC 3986 */
static bool
is_name_byte(char c)
{
	return ascii_is_letter(c) || ascii_is_digit(c) ||
	    (c != '\0' && strchr("-._~!$&'()*+,;=", c) != NULL);
}

/* Bytes of the name at the beginning (reg-name, which IPv4 addresses are too). */
static size_t
name_length(const char *text, size_t length)
{
	size_t at = 0;

	while (at < length) {
		if (is_name_byte(text[at]))
			at++;
		else if (text[at] == '%' && length - at >= 3 && ascii_hex(text[at + 1]) >= 0 &&
		    ascii_hex(text[at + 2]) >= 0)
			at += 3;
		else
			break;
	}
	return at;
}

/* Bytes of the address in brackets at the beginning; 0 if it is not one. */
static size_t
literal_length(const char *text, size_t length)
{
	const char *bracket = memchr(text, ']', length);

	if (bracket == NULL || !is_ipv6(text + 1, (size_t)(bracket - text) - 1))
		return 0;
	return (size_t)(bracket - text) + 1;
}

bool
host_is_valid(const char *text, size_t length)
{
	size_t end;

	if (length == 0)
		return false;
	end = text[0] == '[' ? literal_length(text, length) : name_length(text, length);
	if (end == 0 || end == length)
		return end > 0;
	return text[end] == ':' && is_port(text + end + 1, length - end - 1);
}
