/* workers.h - all workers of the server, which are told the same. */
#ifndef WORKERS_H
#define WORKERS_H

#include <stdbool.h>

struct counters;
struct worker;

struct workers {
	struct worker **worker; /* owned, each of them too */
	unsigned count;
};

/* Starts all of them: false with errno if one cannot be started. */
bool workers_start(const struct workers *workers) __attribute__((warn_unused_result));

/* What worker.h says of one. */
void workers_close(const struct workers *workers);
void workers_cancel(const struct workers *workers);
void workers_ping(const struct workers *workers);

/* Has each given the sign of life that it was asked for? */
bool workers_alive(const struct workers *workers);

/* What they have counted, together. */
void workers_count(const struct workers *workers, struct counters *sum);

/* Waits for those that have been started, which have finished, and frees all. */
void workers_release(struct workers *workers);

#endif
