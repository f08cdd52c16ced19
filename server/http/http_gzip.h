/* http_gzip.h - compression of an answer that is made in pieces. */
#ifndef HTTP_GZIP_H
#define HTTP_GZIP_H

#include <stdbool.h>

#include "text.h"

struct http_gzip;

/* Some 270 KB; NULL without memory. */
struct http_gzip *http_gzip_new(void);

/* NULL is allowed. */
void http_gzip_free(struct http_gzip *gzip);

/* Compresses all of `in`, which may be all or nothing of it, to the end of `out`; `last` if
 * nothing will follow. */
void http_gzip_add(struct http_gzip *gzip, const struct text *in, struct text *out, bool last);

#endif
