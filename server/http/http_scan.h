/* http_scan.h - looks over the bytes of requests before evhttp does, for what it lets pass
 * and others on the way may understand otherwise (RFC 9112, section 11: request smuggling):
 * bare LF and CR, NUL, folded lines, white space or nothing before the colon of a header.
 *
 * All input of a connection is header sections, for requests with a body are refused. */
#ifndef HTTP_SCAN_H
#define HTTP_SCAN_H

#include <stddef.h>
#include <stdint.h>

/* All zero is the beginning of a connection. */
struct http_scan {
	uint8_t state;
	uint32_t complete; /* header sections that have come to their end */
	uint32_t length;   /* bytes of the one that is coming in */
	uint32_t longest;  /* bytes of the longest one so far */
	uint32_t bad;      /* number of the first bad one, from 1; 0: none so far */
};

/* Looks at the next bytes of the input. */
void http_scan_bytes(struct http_scan *scan, const char *bytes, size_t length);

#endif
