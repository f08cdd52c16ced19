/* gzip.c - compression by zlib. */
#include "gzip.h"

#include <stdlib.h>
#include <zlib.h>

/* Good enough for text that is made to be read, at some 80 MB a second. */
#define LEVEL 3

/* A window of 8 KiB, and a gzip header (zlib.h): rows are like those before them, so that a larger one
 * makes nothing smaller, and 256 KiB for each client instead of 96. */
#define WINDOW_BITS (13 + 16)
#define MEMORY_LEVEL 7

/* Room is made in steps of this size. */
#define STEP 8192

struct gzip {
	z_stream stream;
};

struct gzip *
gzip_new(void)
{
	struct gzip *gzip = calloc(1, sizeof(*gzip));

	if (gzip != NULL &&
	    deflateInit2(&gzip->stream, LEVEL, Z_DEFLATED, WINDOW_BITS, MEMORY_LEVEL,
	        Z_DEFAULT_STRATEGY) == Z_OK)
		return gzip;
	free(gzip);
	return NULL;
}

void
gzip_free(struct gzip *gzip)
{
	if (gzip == NULL)
		return;
	deflateEnd(&gzip->stream);
	free(gzip);
}

void
gzip_reset(struct gzip *gzip)
{
	deflateReset(&gzip->stream);
}

void
gzip_add(struct gzip *gzip, const char *bytes, size_t length, struct text *out, bool last)
{
	z_stream *stream = &gzip->stream;
	static unsigned char nothing;

	stream->next_in = length > 0 ? (unsigned char *)bytes : &nothing;
	stream->avail_in = (unsigned)length;
	do {
		char *room = text_room(out, STEP);

		if (room == NULL)
			return;
		stream->next_out = (unsigned char *)room;
		stream->avail_out = STEP;
		deflate(stream, last ? Z_FINISH : Z_NO_FLUSH);
		text_fill(out, STEP - stream->avail_out);
	} while (stream->avail_out == 0);
}
