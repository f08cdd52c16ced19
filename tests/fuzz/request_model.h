/* request_model.h - what a request head is by RFC 9112 and by server/http/HTTP.md: a second reading,
 * of whole heads, by regular expressions, which shares no code with request.c. */
#ifndef REQUEST_MODEL_H
#define REQUEST_MODEL_H

#include <stdbool.h>
#include <stddef.h>

struct request_model {
	const char *method; /* "GET"; a constant */
	int minor;
	char *path, *query, *host;
	bool persistent, gzip;
	unsigned tags, forwarders; /* lines */
};

/* The bytes of the head at the beginning of `data`, with the empty line that ends it: 0 if there is
 * no such line. */
size_t request_model_size(const char *data, size_t length);

/* Reads a head of that size: false if it is to be refused. True: the caller ends *model with
 * request_model_release(). */
bool request_model_read(const char *data, size_t size, struct request_model *model);

void request_model_release(struct request_model *model);

#endif
