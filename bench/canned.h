/* canned.h - what the servers of canned answers have in common. They do not search: a
 * connection's first query says where in the workload it begins, and from then on it gets
 * the true answers in turn, one for each LF that it sends. */
#ifndef CANNED_H
#define CANNED_H

#include <stdbool.h>

#include "workload.h"

#define CANNED_PROMPT "?> "

/* Where a connection is. All zero is the beginning. */
struct canned_place {
	const struct workload *workload; /* NULL: nothing has been asked */
	uint32_t next;                   /* answer to be given next */
};

/* Reads the workload files that the command line names. */
void canned_read(int argc, char **argv);

/* Listens on 127.0.0.1 and a free port, and says so as charfinderd does: returns the
 * non-blocking socket. */
int canned_listen(void);

/* Accepts a connection as a non-blocking socket and sends it the prompt: -1 if there is
 * none, or the client is gone already. */
int canned_accept(int listening);

/* How many queries end in `length` bytes at `bytes`. */
uint32_t canned_count(const char *bytes, size_t length);

/* Finds the place of a connection that begins with these bytes, which must hold the first
 * query whole, as they do when a client sends it at once. False if no workload has it. */
bool canned_find(struct canned_place *place, const char *bytes, size_t length);

/* The number of the answer after number `n`. */
static inline uint32_t
canned_after(const struct canned_place *place, uint32_t n)
{
	return n + 1 == place->workload->count ? 0 : n + 1;
}

#endif
