/* http_params.h - the parameters in the query string of a URL, and paths. */
#ifndef HTTP_PARAMS_H
#define HTTP_PARAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HTTP_MAX_PARAMS 16

struct http_param {
	const char *name;
	const char *value; /* NUL-terminated, and may have a NUL in it */
	size_t length;
};

struct http_params {
	unsigned count;
	struct http_param list[HTTP_MAX_PARAMS];
};

/* Decodes `length` bytes with percent escapes (RFC 3986), and, if `plus`, + for a space, to
 * `out`, which has room for as many and a NUL. Returns how many bytes, or -1 if an escape is
 * wrong or the result is not UTF-8. */
long http_decode(const char *text, size_t length, bool plus, char *out);

/* Reads "a=b&c=d" into *params; `room` is where the text of them goes, and has room for the
 * length of `query` and 1. NULL, or what is wrong, as a sentence; then *params may have its
 * beginning. */
const char *http_params_read(const char *query, struct http_params *params, char *room);

/* The one that is named so: NULL if there is none. */
const struct http_param *http_param(const struct http_params *params, const char *name);

/* Reads a number without sign and at most 9 digits: false if it is none. */
bool http_param_number(const struct http_param *param, uint32_t *number);

#endif
