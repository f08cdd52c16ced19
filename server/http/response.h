/* response.h - the answer to a request as it is sent: its head, and a body that is whole or comes
 * in pieces, compressed for whoever wants that. */
#ifndef RESPONSE_H
#define RESPONSE_H

#include <stdbool.h>
#include <stddef.h>

struct connection;
struct exchange;
struct reply;

#define PROBLEM_TYPE "application/problem+json"

/* What those hear over HTTP who are turned away before they have asked. */
#define RESPONSE_TOO_MANY_CLIENTS \
	"HTTP/1.1 503 Service Unavailable\r\nContent-Type: " PROBLEM_TYPE "\r\n" \
	"Content-Length: 122\r\nCache-Control: no-store\r\nRetry-After: 5\r\nConnection: close\r\n\r\n" \
	"{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503," \
	"\"detail\":\"There are too many clients; try again later.\"}\n"

/* The answer is what is in exchange->body. */
void response_whole(struct exchange *exchange, int status, const struct reply *reply);

/* The answer, with status 200, is what is in exchange->body, and then what `more` adds to it. If
 * that is much it goes in chunks, as the socket takes them. `more` says with stream_charge() what it
 * has cost. */
void response_in_pieces(struct exchange *exchange, const struct reply *reply,
    bool (*more)(struct exchange *exchange));

/* Gives the answer an ETag: it depends on nothing but the index, this program, and the URL. True
 * if the client has it; then that is the answer. */
bool response_not_modified(struct exchange *exchange, const struct reply *reply);

/* Writes the next piece of the answer: false with the last one. */
bool response_write(struct exchange *exchange);

/* Writes an answer to a request for which there is no memory at all. The connection is closed
 * after it. */
void response_out_of_memory(struct connection *connection);

#endif
