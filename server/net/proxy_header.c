/* proxy_header.c - hides how a PROXY header is written. */
#include "proxy_header.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ---- version 1: a line of text ------------------------------------------------- */

#define V1_BEGIN "PROXY "
#define V1_MAX 107 /* the longest line, with CRLF */

/* A port in decimal without leading zeros: false if it is not one. */
static bool
read_port(const char *text, in_port_t *port)
{
	size_t digits = strspn(text, "0123456789");
	unsigned long value = strtoul(text, NULL, 10);

	if (digits == 0 || digits > 5 || text[digits] != '\0' || value > 65535 ||
	    (digits > 1 && text[0] == '0'))
		return false;
	*port = htons((uint16_t)value);
	return true;
}

static bool
read_v1_ipv4(const char *host, const char *port, struct proxy_source *source)
{
	struct sockaddr_in *address = (struct sockaddr_in *)&source->address;

	address->sin_family = AF_INET;
	return inet_pton(AF_INET, host, &address->sin_addr) == 1 && read_port(port, &address->sin_port);
}

static bool
read_v1_ipv6(const char *host, const char *port, struct proxy_source *source)
{
	struct sockaddr_in6 *address = (struct sockaddr_in6 *)&source->address;

	address->sin6_family = AF_INET6;
	return inet_pton(AF_INET6, host, &address->sin6_addr) == 1 &&
	    read_port(port, &address->sin6_port);
}

/* "TCP4 source destination source-port destination-port", or UNKNOWN and anything. */
static bool
read_v1_fields(char *text, struct proxy_source *source)
{
	enum { FAMILY, SOURCE, DESTINATION, SOURCE_PORT, DESTINATION_PORT, FIELDS };
	struct proxy_source destination;
	char *field[FIELDS];

	for (int i = 0; i < FIELDS; i++)
		field[i] = strsep(&text, " ");
	if (strcmp(field[FAMILY], "UNKNOWN") == 0)
		return true;
	if (field[DESTINATION_PORT] == NULL || text != NULL)
		return false;
	source->known = true;
	if (strcmp(field[FAMILY], "TCP4") == 0)
		return read_v1_ipv4(field[SOURCE], field[SOURCE_PORT], source) &&
		    read_v1_ipv4(field[DESTINATION], field[DESTINATION_PORT], &destination);
	if (strcmp(field[FAMILY], "TCP6") == 0)
		return read_v1_ipv6(field[SOURCE], field[SOURCE_PORT], source) &&
		    read_v1_ipv6(field[DESTINATION], field[DESTINATION_PORT], &destination);
	return false;
}

static enum proxy_status
read_v1(const char *data, size_t length, struct proxy_source *source, size_t *size)
{
	const char *end = memchr(data, '\n', length < V1_MAX ? length : V1_MAX);
	char text[V1_MAX];
	size_t begin = strlen(V1_BEGIN), text_length;

	if (end == NULL)
		return length < V1_MAX ? PROXY_PARTIAL : PROXY_BAD;
	*size = (size_t)(end - data) + 1;
	text_length = *size - begin - 1;
	if (text_length < 1 || end[-1] != '\r' || memchr(data, '\0', *size) != NULL)
		return PROXY_BAD;
	memcpy(text, data + begin, text_length - 1);
	text[text_length - 1] = '\0';
	return read_v1_fields(text, source) ? PROXY_READY : PROXY_BAD;
}

/* ---- version 2: binary ------------------------------------------------------- */

#define V2_SIGNATURE "\r\n\r\n\0\r\nQUIT\n"

enum {
	V2_SIGNATURE_SIZE = 12,
	V2_FIXED_SIZE = 16, /* signature, version and command, family, length */
	V2_LOCAL = 0x20,
	V2_PROXY = 0x21,
	V2_TCP4 = 0x11,
	V2_TCP4_SIZE = 12, /* addresses and ports */
	V2_TCP6 = 0x21,
	V2_TCP6_SIZE = 36,
	V2_UNIX_STREAM = 0x31,
	V2_UNSPECIFIED = 0x00,
};

static enum proxy_status
read_v2_address(const char *data, uint8_t family, size_t length, struct proxy_source *source)
{
	struct sockaddr_in *ipv4 = (struct sockaddr_in *)&source->address;
	struct sockaddr_in6 *ipv6 = (struct sockaddr_in6 *)&source->address;

	if (family == V2_TCP4 && length >= V2_TCP4_SIZE) {
		ipv4->sin_family = AF_INET;
		memcpy(&ipv4->sin_addr, data, 4);
		memcpy(&ipv4->sin_port, data + 8, 2);
	} else if (family == V2_TCP6 && length >= V2_TCP6_SIZE) {
		ipv6->sin6_family = AF_INET6;
		memcpy(&ipv6->sin6_addr, data, 16);
		memcpy(&ipv6->sin6_port, data + 32, 2);
	} else {
		return family == V2_UNSPECIFIED || family == V2_UNIX_STREAM ? PROXY_READY : PROXY_BAD;
	}
	source->known = true;
	return PROXY_READY;
}

static enum proxy_status
read_v2(const char *data, size_t length, struct proxy_source *source, size_t *size)
{
	const unsigned char *byte = (const unsigned char *)data;
	size_t rest;

	if (length > V2_SIGNATURE_SIZE && byte[12] != V2_LOCAL && byte[12] != V2_PROXY)
		return PROXY_BAD;
	if (length < V2_FIXED_SIZE)
		return PROXY_PARTIAL;
	rest = (size_t)byte[14] << 8 | byte[15];
	*size = V2_FIXED_SIZE + rest;
	if (*size > PROXY_HEADER_MAX)
		return PROXY_BAD;
	if (length < *size)
		return PROXY_PARTIAL;
	if (byte[12] == V2_LOCAL)
		return PROXY_READY;
	return read_v2_address(data + V2_FIXED_SIZE, byte[13], rest, source);
}

/* Is what is there the beginning of `whole`, or has it `whole` at its beginning? */
static bool
begins(const char *data, size_t length, const char *whole, size_t size)
{
	return memcmp(data, whole, length < size ? length : size) == 0;
}

enum proxy_status
proxy_header_read(const char *data, size_t length, struct proxy_source *source, size_t *size)
{
	*source = (struct proxy_source){ 0 };
	if (length == 0)
		return PROXY_PARTIAL;
	if (begins(data, length, V1_BEGIN, strlen(V1_BEGIN)))
		return length < strlen(V1_BEGIN) ? PROXY_PARTIAL : read_v1(data, length, source, size);
	if (begins(data, length, V2_SIGNATURE, V2_SIGNATURE_SIZE))
		return read_v2(data, length, source, size);
	return PROXY_BAD;
}
