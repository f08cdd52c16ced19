/* workers.c - one after the other. */
#include "workers.h"

#include <stdlib.h>

#include "worker.h"

bool
workers_start(const struct workers *workers)
{
	for (unsigned i = 0; i < workers->count; i++)
		if (!worker_start(workers->worker[i]))
			return false;
	return true;
}

static void
tell_all(const struct workers *workers, void (*tell)(struct worker *worker))
{
	for (unsigned i = 0; i < workers->count; i++)
		tell(workers->worker[i]);
}

void
workers_close(const struct workers *workers)
{
	tell_all(workers, worker_close);
}

void
workers_cancel(const struct workers *workers)
{
	tell_all(workers, worker_cancel);
}

void
workers_ping(const struct workers *workers)
{
	tell_all(workers, worker_ping);
}

bool
workers_alive(const struct workers *workers)
{
	for (unsigned i = 0; i < workers->count; i++)
		if (!worker_alive(workers->worker[i]))
			return false;
	return true;
}

void
workers_count(const struct workers *workers, struct counters *sum)
{
	*sum = (struct counters){ 0 };
	for (unsigned i = 0; i < workers->count; i++)
		worker_count(workers->worker[i], sum);
}

void
workers_release(struct workers *workers)
{
	tell_all(workers, worker_free);
	free(workers->worker);
}
