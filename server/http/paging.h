/* paging.h - the pages of an answer for programs: the addresses of those before and after it. */
#ifndef PAGING_H
#define PAGING_H

#include <stdint.h>

struct exchange;
struct text;

/* Adds the address of the page whose first row has the number `from`, with all that this request
 * has asked for. */
void paging_address(struct text *out, const struct exchange *exchange, uint64_t from);

/* Says in the header Link (RFC 8288) which pages there are besides this one of the answer that the
 * exchange has, unless it would become too long for those on the way to the client. */
void paging_link(struct exchange *exchange);

#endif
