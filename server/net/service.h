/* service.h - what all connections of a worker share, whatever they speak. */
#ifndef SERVICE_H
#define SERVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "charindex.h"
#include "counters.h"
#include "deadline.h"
#include "face.h"
#include "task.h"

struct admission;
struct snapshot;
struct rate;
struct stream_pool;
struct trusted;
struct throttle;

/* The counters of the whole server, for whoever asks one connection for them. */
struct service_metrics {
	/* A string in the text form of Prometheus, which the caller frees, and its length: NULL
	 * without memory. May be called by any thread. */
	char *(*format)(void *arg, size_t *length);
	void *arg;
};

/* A face as one worker has it. */
struct service_face {
	const struct face *face;
	void *shared; /* what face->open() has made, or NULL */
	struct face_counters *counters;
};

struct service {
	/* Set before the first connection; constant, but for the snapshot. None of it is owned. */
	struct snapshot *snapshot;     /* of the index that the next answer comes from */
	struct admission *admission;   /* shared with other workers */
	struct rate *rate;             /* shared with other workers; NULL: queries have no limit */
	struct throttle *throttle;     /* for what takes long */
	struct stream_pool *pool;      /* of the connections' streams */
	const struct trusted *trusted; /* proxies that are believed */
	struct service_metrics metrics;
	enum charindex_mode mode; /* of queries that do not choose one */
	bool verbose;             /* answers are logged */
	bool admin;               /* metrics and health have an address of their own */
	uint64_t next_connection; /* number of the next connection ... */
	uint64_t connection_step; /* ... and what to add for the one after */

	/* Kept by connection.c. */
	struct counters counters;
	struct task_group connections;
	struct deadlines deadlines;
	bool draining; /* connections are to end when they have been answered */
};

#endif
