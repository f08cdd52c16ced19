/* gzip.h - compression of an answer that is made in pieces. */
#ifndef GZIP_H
#define GZIP_H

#include <stdbool.h>

#include "text.h"

struct gzip;

/* Bytes of memory that one takes. */
#define GZIP_MEMORY (96 * 1024)

/* NULL without memory. */
struct gzip *gzip_new(void);

/* NULL is allowed. */
void gzip_free(struct gzip *gzip);

/* Begins another answer with the memory of the one before. */
void gzip_reset(struct gzip *gzip);

/* Compresses `length` bytes, which may be all or nothing of a body, to the end of `out`; `last` if
 * nothing will follow. */
void gzip_add(struct gzip *gzip, const char *bytes, size_t length, struct text *out, bool last);

#endif
