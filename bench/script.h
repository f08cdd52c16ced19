/* script.h - a workload in the words of a protocol: the bytes to send for each query, and
 * the bytes that have to come back. */
#ifndef SCRIPT_H
#define SCRIPT_H

#include "workload.h"

struct script {
	struct piece greeting; /* what the server sends first; may be empty */
	struct piece miss;     /* the reply to any query of a server that knows nothing yet, or empty */
	uint32_t count;
	struct piece *replies;
	/* All requests, one after the other and the first ones once more, so that any `depth`
	 * requests in turn are one piece. */
	char *requests;
	size_t *starts; /* where a request begins: count + depth + 1 */
};

/* Renders `workload` for the protocol with this name; up to `depth` requests will be
 * sent at once. Ends the program if there is no such protocol. What the script holds lives
 * as long as the program. */
void script_make(struct script *script, const char *protocol, const struct workload *workload,
    uint32_t depth);

/* The requests of `n` queries from query `first` on, n at most the depth. */
static inline struct piece
script_requests(const struct script *script, uint32_t first, uint32_t n)
{
	size_t start = script->starts[first];

	return (struct piece){ script->requests + start, script->starts[first + n] - start };
}

#endif
