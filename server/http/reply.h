/* reply.h - what kind of an answer it is. */
#ifndef REPLY_H
#define REPLY_H

#include <stdbool.h>

enum cache {
	CACHE_NEVER,
	CACHE_ASK,     /* for a minute; after that, ask whether it is the same still */
	CACHE_FOREVER, /* its URL has a hash of the content in it */
};

/* What kind of an answer. */
struct reply {
	const char *type; /* Content-Type */
	enum cache cache; /* if its status is 200 */
	bool page;        /* it is for a browser to show: with a Content-Security-Policy */
	bool open;        /* scripts of other origins may read it (CORS) */
	bool absolute;    /* it has whole addresses in it, and so depends on the header Host */
};

#endif
