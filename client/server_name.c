/* server_name.c - where a host ends and a port begins. */
#include "server_name.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char default_port[] = "2323", unix_scheme[] = "unix:";

static bool
is_port(const char *text)
{
	size_t digits = strspn(text, "0123456789");
	unsigned long port = strtoul(text, NULL, 10);

	return digits > 0 && digits <= 5 && text[digits] == '\0' && port > 0 && port <= 65535;
}

static bool
split(const char *begin, size_t length, const char *port_text, char **host, char **port)
{
	*host = *port = NULL;
	if (length == 0 || !is_port(port_text))
		return false;
	*host = strndup(begin, length);
	*port = strdup(port_text);
	if (*host != NULL && *port != NULL)
		return true;
	free(*host);
	free(*port);
	*host = *port = NULL;
	return false;
}

static bool
split_path(const char *path, char **host, char **port)
{
	*port = NULL;
	*host = *path != '\0' ? strdup(path) : NULL;
	return *host != NULL;
}

bool
server_name_split(const char *name, char **host, char **port)
{
	const char *colon = strchr(name, ':'), *bracket;

	if (strncmp(name, unix_scheme, strlen(unix_scheme)) == 0)
		return split_path(name + strlen(unix_scheme), host, port);
	if (*name == '[') {
		bracket = strchr(name, ']');
		if (bracket == NULL || (bracket[1] != '\0' && bracket[1] != ':'))
			return split("", 0, "", host, port);
		return split(name + 1, (size_t)(bracket - name - 1),
		    bracket[1] == ':' ? bracket + 2 : default_port, host, port);
	}
	/* more than one colon is an IPv6 address alone */
	if (colon == NULL || strchr(colon + 1, ':') != NULL)
		return split(name, strlen(name), default_port, host, port);
	return split(name, (size_t)(colon - name), colon + 1, host, port);
}

void
server_name_join(const char *host, const char *port, char *name, size_t size)
{
	if (port == NULL)
		snprintf(name, size, "%s%s", unix_scheme, host);
	else
		snprintf(name, size, strchr(host, ':') != NULL ? "[%s]:%s" : "%s:%s", host, port);
}
