/* origin.h - where we are, as the client sees it: for formats that need whole addresses. */
#ifndef ORIGIN_H
#define ORIGIN_H

struct exchange;
struct text;

/* Adds "http://host:port", of the header Host; with https if a trusted proxy says so
 * (X-Forwarded-Proto). */
void origin_put(struct text *out, const struct exchange *exchange);

#endif
