/* shared.h - what the HTTP connections of one worker share. */
#ifndef HTTP_SHARED_H
#define HTTP_SHARED_H

#include <stdint.h>
#include <time.h>

#include "text.h"

struct gzip;
struct snapshot;
struct service;

/* Room for "Sun, 06 Nov 1994 08:49:37 GMT" and a NUL, and for any year. */
#define HTTP_DATE_SIZE 64

struct http_shared {
	struct service *service; /* not owned */
	struct text spare;       /* memory for the next body */
	struct text compressed;  /* a piece of a body, while it is being sent */
	struct gzip *spare_gzip; /* a compressor that is not in use, or NULL */
	unsigned gzips;          /* those in use */
	unsigned fingerprinted;  /* number of the generation that `fingerprint` is of */
	uint64_t fingerprint;
	unsigned languages_of; /* number of the generation that `languages` are of */
	struct text languages; /* language_choices.c */
	time_t dated;          /* what `date` is of */
	char date[HTTP_DATE_SIZE];
};

/* NULL without memory. */
struct http_shared *http_shared_new(struct service *service);
void http_shared_free(struct http_shared *shared);

/* A text for a body, which the caller owns; and back, when it is done with. */
struct text http_shared_take_text(struct http_shared *shared);
void http_shared_return_text(struct http_shared *shared, struct text *text);

/* A compressor; NULL without memory, or if there are enough of them: some 270 KB each. */
struct gzip *http_shared_take_gzip(struct http_shared *shared);
void http_shared_return_gzip(struct http_shared *shared, struct gzip *gzip);

/* Of all that an answer depends on besides its request: this program, the index and the synonyms of
 * `snapshot`, and the base path and the mode of whoever does not choose one. */
uint64_t http_shared_fingerprint(struct http_shared *shared, const struct snapshot *snapshot);

/* Now, as the header Date has it (RFC 9110, section 5.6.7): valid until the next call. */
const char *http_shared_date(struct http_shared *shared);

#endif
