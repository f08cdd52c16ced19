/* base_path.h - the path that all of this server's begin with where a proxy in front gives it a part
 * of a site (--http-base): "/chars", or "" where it has all of it. */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include <stdbool.h>

struct exchange;
struct http_asset;
struct text;

/* Is it one? It begins with a slash and does not end with one; its segments are of unreserved
 * characters (RFC 3986), so that it can stand anywhere as it is, and are none that a client would
 * resolve ("." and ".."). */
bool base_path_is_valid(const char *text);

/* That of the answer: what is about the server alone, at an address of its own, has none. */
const char *base_path(const struct exchange *exchange);

/* Adds the address of `path`, which begins with a slash; a query may follow. */
void base_path_link(struct text *out, const struct exchange *exchange, const char *path);

/* Adds an embedded file, with the base path where it has "{{base}}". */
void base_path_fill(struct text *out, const struct exchange *exchange,
    const struct http_asset *asset);

/* What is behind the base path in `path`: it begins with a slash, or is "" if that is all. NULL: the
 * path is not under it. */
const char *base_path_behind(const struct exchange *exchange, const char *path);

#endif
