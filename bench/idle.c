/* idle.c - hides how the memory of idle connections is found. */
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <time.h>

#include "crowd.h"
#include "load.h"
#include "process.h"

/* So many connections are opened, or ask, at a time: less than any server's backlog. */
#define BATCH 256

static void
open_all(struct crowd *crowd, uint16_t port)
{
	while (crowd->count < crowd->capacity) {
		crowd_open(crowd, port, BATCH, 0);
		crowd_await_all(crowd);
	}
}

static void
ask_all(struct crowd *crowd)
{
	for (uint32_t first = 0; first < crowd->count; first += BATCH) {
		uint32_t n = crowd->count - first < BATCH ? crowd->count - first : BATCH;

		crowd->may_ask = n;
		crowd_ask(crowd, first, n);
		crowd_await_all(crowd);
	}
}

static void
hold(double seconds)
{
	struct timespec time = {
		.tv_sec = (time_t)seconds,
		.tv_nsec = (long)((seconds - (double)(time_t)seconds) * 1e9),
	};

	nanosleep(&time, NULL);
}

/* Bytes per connection by which `now` is more than `before`. */
static double
each(uint64_t now, uint64_t before, uint32_t connections)
{
	return ((double)now - (double)before) / connections;
}

void
load_idle(const struct load_options *options, const struct workload *workload)
{
	static struct crowd first, crowd;
	uint64_t private_before, resident_before;
	struct script script;
	int epoll = epoll_create1(EPOLL_CLOEXEC);

	if (epoll < 0)
		err(1, "epoll_create1");
	script_make(&script, options->protocol, workload, 1);
	/* what the server needs for its first connection and answer is not for each */
	crowd_init(&first, epoll, &script, 1, 1);
	open_all(&first, options->port);
	ask_all(&first);
	private_before = process_private(options->pid);
	resident_before = process_resident(options->pid);

	crowd_init(&crowd, epoll, &script, options->connections, 1);
	open_all(&crowd, options->port);
	printf("connections=%" PRIu32, crowd.count);
	/* without a greeting nobody knows when the server has accepted all */
	if (script.greeting.length > 0)
		printf(" opened_bytes=%.0f",
		    each(process_private(options->pid), private_before, crowd.count));
	ask_all(&crowd);
	hold(options->seconds);
	printf(" asked_bytes=%.0f", each(process_private(options->pid), private_before, crowd.count));
	printf(" resident_bytes=%.0f\n",
	    each(process_resident(options->pid), resident_before, crowd.count));
	/* they are all still there */
	ask_all(&crowd);
	crowd_close(&crowd);
	crowd_close(&first);
}
