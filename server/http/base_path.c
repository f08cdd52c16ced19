/* base_path.c - reads and writes paths as they are seen from the other side of the proxy. */
#include "base_path.h"

#include <string.h>

#include "connection.h"
#include "embedded.h"
#include "exchange.h"

#define HOLE "{{base}}"

#define UNRESERVED "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

bool
base_path_is_valid(const char *text)
{
	do {
		size_t length;

		if (*text++ != '/')
			return false;
		length = strspn(text, UNRESERVED);
		if (length == strspn(text, ".")) /* empty ones, too */
			return false;
		text += length;
	} while (*text != '\0');
	return true;
}

const char *
base_path(const struct exchange *exchange)
{
	const struct connection *connection = exchange->connection;

	return connection->face->face->admin ? "" : connection->service->http_base;
}

void
base_path_link(struct text *out, const struct exchange *exchange, const char *path)
{
	text_puts(out, base_path(exchange));
	text_puts(out, path);
}

void
base_path_fill(struct text *out, const struct exchange *exchange, const struct http_asset *asset)
{
	const char *at = (const char *)asset->bytes, *end = at + asset->length, *hole;

	while ((hole = memmem(at, (size_t)(end - at), HOLE, strlen(HOLE))) != NULL) {
		text_add(out, at, (size_t)(hole - at));
		text_puts(out, base_path(exchange));
		at = hole + strlen(HOLE);
	}
	text_add(out, at, (size_t)(end - at));
}

const char *
base_path_behind(const struct exchange *exchange, const char *path)
{
	const char *base = base_path(exchange), *behind = path + strlen(base);

	if (strncmp(path, base, strlen(base)) != 0 || (*behind != '/' && *behind != '\0'))
		return NULL;
	return behind;
}
