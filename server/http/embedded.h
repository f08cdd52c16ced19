/* embedded.h - the files in server/http/web/, which are part of the program. */
#ifndef EMBEDDED_H
#define EMBEDDED_H

#include <stddef.h>

struct http_asset {
	const char *name; /* "style.css" */
	const char *type; /* Content-Type; NULL: a template, not for clients */
	const unsigned char *bytes;
	size_t length;
};

/* All of them, the last without a name; and a hash of their contents. Made by
 * server/http/web/embed. */
extern const struct http_asset http_assets[];
extern const char http_assets_hash[];

/* The one that is named so, or NULL. */
const struct http_asset *http_assets_find(const char *name);

#endif
