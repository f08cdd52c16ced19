/* request.h - reads the head of an HTTP request, its request line and headers, in place, as they
 * come in. Strict by RFC 9112, sections 2 to 7 and 11.2: what is unusual is refused, so that
 * nobody on the way to us can have understood it otherwise. Knows nothing of sockets. */
#ifndef REQUEST_H
#define REQUEST_H

#include <stddef.h>

#include "request_head.h"

/* Reads on in the head, of which `length` bytes are at `head` by now: those of the last call,
 * though they may have moved, and perhaps more. Looks at no byte twice, but for those of a line
 * when it has come to its end, and at none after the head or after the first that is wrong.
 * Once READY or BAD it stays so; the next request begins at `head` + size, with a struct that
 * is all zero. */
enum request_status request_read(struct request *request, const char *head, size_t length);

/* Finds the values of all lines of a header of a READY request, in their order. Returns how many
 * there are. */
unsigned request_find_lines(const struct request *request, const char *head, enum request_list list,
    struct request_span values[REQUEST_MAX_HEADERS]);

#endif
