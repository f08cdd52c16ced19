/* worker.h - a thread with a loop, listeners and connections of its own. */
#ifndef WORKER_H
#define WORKER_H

#include <stdbool.h>

#include "charindex.h"

struct worker;

struct worker_config {
	const struct charindex *ci; /* outlives the worker */
	bool verbose;               /* log each query */
	unsigned number, count;     /* which of how many workers */
	const int *sockets;         /* to accept on; the worker owns them */
	unsigned socket_count;
	int finished_fd; /* an eventfd to add 1 to when the worker has finished */
};

/* Makes a worker that does not run yet: NULL without memory or descriptors, with errno;
 * the sockets may be closed then. */
struct worker *worker_new(const struct worker_config *config);

/* Starts the worker's thread; it serves until told to close. False with errno. */
bool worker_start(struct worker *worker) __attribute__((warn_unused_result));

/* Tells the worker to stop accepting, end idle connections, and finish when the others
 * have been answered. From any thread. */
void worker_close(struct worker *worker);

/* Tells the worker to end all connections now. From any thread. */
void worker_cancel(struct worker *worker);

/* Waits for the thread of a worker that has finished, if it was started, and frees it.
 * NULL is allowed. */
void worker_free(struct worker *worker);

#endif
