/* address.c - hides how addresses are written. */
#include "address.h"

#include <ctype.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROXY_SUFFIX ",proxy"

static bool
is_port(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	return digits > 0 && digits <= 5 && text[digits] == '\0' && atol(text) <= 65535;
}

bool
address_join(const char *host, const char *port, struct address_name *name)
{
	size_t length = strlen(host);

	if (length > 2 && host[0] == '[' && host[length - 1] == ']') {
		host++;
		length -= 2;
	}
	if (length == 0 || strcspn(host, "[]") < length || !is_port(port))
		return false;
	name->proxy = false;
	name->host = strndup(host, length);
	name->port = strdup(port);
	if (name->host != NULL && name->port != NULL)
		return true;
	address_name_release(name);
	return false;
}

bool
address_split(const char *text, struct address_name *name)
{
	const char *colon = strrchr(text, ':'), *comma = strrchr(text, ',');
	char *host, *port;
	bool split;

	/* without brackets, a second colon would make it a guess where the port begins */
	if (colon == NULL || (text[0] != '[' && strchr(text, ':') != colon))
		return false;
	if (comma != NULL && (comma < colon || strcmp(comma, PROXY_SUFFIX) != 0))
		return false;
	host = strndup(text, (size_t)(colon - text));
	port = strndup(colon + 1, comma != NULL ? (size_t)(comma - colon) - 1 : strlen(colon + 1));
	split = host != NULL && port != NULL && address_join(host, port, name);
	if (split)
		name->proxy = comma != NULL;
	free(host);
	free(port);
	return split;
}

void
address_name_release(struct address_name *name)
{
	free((char *)name->host);
	free((char *)name->port);
	*name = (struct address_name){ 0 };
}

int
address_resolve(const struct address_name *name, struct addrinfo **found)
{
	static const struct addrinfo hints = {
		.ai_family = AF_UNSPEC,
		.ai_socktype = SOCK_STREAM,
		.ai_flags = AI_PASSIVE | AI_NUMERICSERV,
	};

	return getaddrinfo(name->host, name->port, &hints, found);
}

const char *
address_format(const struct sockaddr *address, char out[ADDRESS_SIZE])
{
	char host[64], port[6];
	socklen_t length = address->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6) :
	                                                    sizeof(struct sockaddr_in);

	if (getnameinfo(address, length, host, sizeof(host), port, sizeof(port),
		NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		return strcpy(out, "unknown");
	snprintf(out, ADDRESS_SIZE, address->sa_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
	return out;
}
