/* request_head.h - what the head of a request says, and how far it has been read. */
#ifndef REQUEST_HEAD_H
#define REQUEST_HEAD_H

#include <stdbool.h>
#include <stdint.h>

#include "field.h"
#include "refusal.h"

/* Bytes of a head, with the empty line that may come before it and the one that ends it. */
#define REQUEST_MAX_SIZE (16 * 1024)

#define REQUEST_MAX_HEADERS 100

enum request_status {
	REQUEST_PARTIAL, /* so far it is the beginning of a head */
	REQUEST_READY,
	REQUEST_BAD, /* it is none that we answer: request.refusal says why */
};

enum request_method {
	REQUEST_UNKNOWN, /* HTTP does not know it, or it has not come in yet */
	REQUEST_GET,
	REQUEST_HEAD,
	REQUEST_OPTIONS,
	REQUEST_OTHER, /* HTTP knows it */
};

/* Some bytes of the head. */
struct request_span {
	uint16_t at; /* from the beginning of the head */
	uint16_t length;
};

/* The headers that may come in several lines, whose values make one list. */
enum request_list {
	REQUEST_IF_NONE_MATCH,
	REQUEST_FORWARDED_FOR, /* X-Forwarded-For */
	REQUEST_ACCEPT_LANGUAGE,
};

#define REQUEST_LISTS 3

struct request_lines {
	struct request_span last; /* its value, without the white space around it */
	uint8_t count;
};

/* All zero before the first byte. Spans are set as soon as what they are of has come in, also if
 * something after it is refused; those of length 0 have not, or are of nothing. */
struct request {
	uint8_t status;  /* enum request_status */
	uint8_t method;  /* enum request_method */
	uint8_t minor;   /* of the version: 1 or 0 */
	uint8_t refusal; /* enum refusal */
	uint16_t size;   /* bytes that have been read; the head's, once it is READY */
	bool persistent; /* once READY: the connection goes on after it (RFC 9112, section 9.3) */
	struct field_encodings encodings;
	struct request_span method_name;
	struct request_span
	    path; /* as it came; begins with a slash, if the method is one that is answered */
	struct request_span query;                 /* as it came, without the question mark */
	struct request_span host;                  /* and port */
	struct request_lines lists[REQUEST_LISTS]; /* by enum request_list */
	/* of those that read it */
	uint8_t state;
	uint8_t headers;               /* how many have begun */
	uint16_t begin;                /* of what is being read */
	uint16_t colon;                /* of the line that is being read */
	uint16_t first_header;         /* where the first one begins */
	struct request_span authority; /* of a target that has one */
	bool says_close;               /* in Connection */
	bool says_keep_alive;
	bool says_https; /* in X-Forwarded-Proto: not request.c's own */
	bool wants_page; /* in Accept, too */
};

#endif
