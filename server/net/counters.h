/* counters.h - what the server has done, counted by each worker for itself and shown in
 * the Prometheus text form. */
#ifndef COUNTERS_H
#define COUNTERS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "close_reason.h"

enum counter {
	COUNTER_REFUSED_CLIENTS,
	COUNTER_REFUSED_ADDRESS,
	COUNTER_REFUSED_MEMORY,
	COUNTER_QUERIES,
	COUNTER_ROWS,
	COUNTER_RATIONED,
	COUNTER_CACHE_HITS,
	COUNTER_CACHE_MISSES,
	COUNTER_ERRORS_TOO_LONG,
	COUNTER_ERRORS_UTF8,
	COUNTER_ERRORS_QUERY,
	COUNTER_ERRORS_ACCEPT,
	COUNTER_HTTP_2XX,
	COUNTER_HTTP_3XX,
	COUNTER_HTTP_4XX,
	COUNTER_HTTP_5XX,
	COUNTER_HTTP_NOT_MODIFIED,
	COUNTER_COUNT,
};

/* More faces than there are. */
#define COUNTERS_FACES 5

/* Bytes. */
struct traffic {
	_Atomic uint64_t received;
	_Atomic uint64_t sent;
};

/* Answer times are counted in buckets, each with an upper bound, the last without. */
#define COUNTERS_BUCKETS 20

/* What is counted for each face by itself. */
struct face_counters {
	_Atomic uint64_t accepted; /* connections */
	_Atomic uint64_t closed;   /* of those */
	struct traffic traffic;
	_Atomic uint64_t answers[COUNTERS_BUCKETS];
	_Atomic uint64_t answer_nanoseconds;
};

/* Written by one thread, read by any: plain additions, no locks. */
struct counters {
	_Atomic uint64_t values[COUNTER_COUNT];
	struct face_counters faces[COUNTERS_FACES];
	_Atomic uint64_t closed[CLOSE_REASON_COUNT];
	_Atomic uint64_t cache_bytes; /* now */
};

/* Adds to a counter of the calling thread's own. */
static inline void
counter_add(_Atomic uint64_t *counter, uint64_t n)
{
	atomic_store_explicit(counter, atomic_load_explicit(counter, memory_order_relaxed) + n,
	    memory_order_relaxed);
}

/* Counts `answers` answers that took `nanoseconds` each. */
void counters_add_answers(struct face_counters *counters, uint64_t answers, uint64_t nanoseconds);

/* Adds `other`, of any thread, to `sum`, which is the caller's own. */
void counters_sum(struct counters *sum, const struct counters *other);

/* Connections open now. */
uint64_t counters_open(const struct counters *sum);

/* What the server as a whole has besides the sums. */
struct counters_server {
	uint64_t generation;
	uint64_t reloads_done, reloads_failed;
	bool last_reload_failed;
	double started, loaded; /* seconds since 1970: the daemon, and the index that it serves */
	uint64_t max_clients, workers;
	const char *faces[COUNTERS_FACES]; /* their names; NULL: no more */
	uint64_t log_lines_dropped;
};

/* The counters in the Prometheus text exposition format, version 0.0.4: a string that
 * the caller frees, with its length; NULL without memory. */
char *counters_format(const struct counters *sum, const struct counters_server *server,
    size_t *length);

#endif
