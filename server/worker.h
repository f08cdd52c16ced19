/* worker.h - a thread with a loop, listeners and connections of its own. */
#ifndef WORKER_H
#define WORKER_H

#include <stdbool.h>
#include <stddef.h>

#include "service.h"

struct shared_index;
struct listen_set;
struct worker;

struct worker_config {
	struct shared_index *shared; /* to begin with; the worker takes references */
	struct admission *admission; /* outlives the worker */
	struct rate *rate;           /* outlives the worker; or NULL */
	size_t cache_bytes;          /* of answers that are kept; 0: none are */
	struct wait_limits limits;
	const struct trusted *trusted; /* outlives the worker */
	struct service_metrics metrics;
	bool verbose;                     /* log each query */
	bool admin;                       /* metrics and health have an address of their own */
	enum charindex_mode mode;         /* in which conversations begin */
	const char *http_base;            /* of the paths over HTTP, not owned; "": none */
	unsigned number, count;           /* which of how many workers */
	const struct listen_set *listens; /* of each address it accepts on every count-th socket,
	                                   * which it owns from now on */
	int finished_fd;                  /* an eventfd to add 1 to when the worker has finished */
};

/* Makes a worker that does not run yet: NULL without memory or descriptors, with errno;
 * the sockets may be closed then. */
struct worker *worker_new(const struct worker_config *config);

/* Starts the worker's thread; it serves until told to close. False with errno. */
bool worker_start(struct worker *worker) __attribute__((warn_unused_result));

/* The functions below are for any thread. */

/* Tells the worker to give new answers by `snapshot`, which it takes over. */
void worker_publish(struct worker *worker, struct snapshot *snapshot);

/* Tells the worker to stop accepting, end idle connections, and finish when the others
 * have been answered. */
void worker_close(struct worker *worker);

/* Tells the worker to end all connections now. */
void worker_cancel(struct worker *worker);

/* Asks the worker for a sign of life; worker_alive() says whether it has come. */
void worker_ping(struct worker *worker);
bool worker_alive(struct worker *worker);

/* Adds the worker's counters to `sum`. */
void worker_count(const struct worker *worker, struct counters *sum);

/* Waits for the thread of a worker that has finished, if it was started, and frees it.
 * NULL is allowed. For the thread that made the worker. */
void worker_free(struct worker *worker);

#endif
