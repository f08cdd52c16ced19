/* measure.c - hides the course of a measurement: compare every answer once, let the
 * server run warm, count, and let what is in flight come to its end. */
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "crowd.h"
#include "load.h"
#include "process.h"

/* How much longer than wanted the first answer may take. */
#define PATIENCE_NS 20000000000u

struct sample {
	uint64_t time, server_cpu, own_cpu; /* ns */
};

static struct sample
take_sample(const struct load_options *options)
{
	struct timespec own;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &own);
	return (struct sample){
		.time = now_ns(),
		.server_cpu = options->pid != 0 ? process_cpu(options->pid) : 0,
		.own_cpu = (uint64_t)own.tv_sec * 1000000000u + (uint64_t)own.tv_nsec,
	};
}

/* One connection gets every answer of the script. */
static void
compare_all(struct crowd *crowd)
{
	crowd->compares = true;
	crowd->may_ask = crowd->script->count;
	crowd_ask(crowd, 0, 1);
	crowd_await_all(crowd);
	crowd->compares = false;
}

static void
gather(struct crowd *crowd, int epoll, const struct script *script, uint32_t count, uint32_t depth,
    uint16_t port)
{
	crowd_init(crowd, epoll, script, count, depth);
	crowd_open(crowd, port, count, 0);
	crowd_await_all(crowd);
	compare_all(crowd);
	crowd->may_ask = UINT64_MAX;
}

/* For some time, and until there is an answer at all, or for so many. */
static void
run(struct crowd *crowd, double seconds, uint64_t answers)
{
	uint64_t end = now_ns() + (uint64_t)(seconds * 1e9);
	uint64_t last = end + PATIENCE_NS;

	crowd_reset(crowd);
	while (crowd->answers < answers && now_ns() < (crowd->answers > 0 ? end : last))
		crowd_turn(crowd->epoll);
	if (crowd->answers == 0)
		errx(1, "there was no answer in %.0f s", seconds + PATIENCE_NS / 1e9);
}

static void
stop(struct crowd *crowd)
{
	crowd->may_ask = 0;
	crowd_await_all(crowd);
	crowd_close(crowd);
}

static void
report(const struct crowd *crowd, const struct sample *begin, const struct sample *end)
{
	double time = (double)(end->time - begin->time);
	double server_cpu = (double)(end->server_cpu - begin->server_cpu);

	printf("answers=%" PRIu64 " seconds=%.3f rate=%.1f bytes=%" PRIu64, crowd->answers, time / 1e9,
	    (double)crowd->answers / time * 1e9, crowd->bytes);
	printf(" p50_us=%.1f", (double)histogram_percentile(&crowd->latency, 0.5) / 1e3);
	printf(" p99_us=%.1f", (double)histogram_percentile(&crowd->latency, 0.99) / 1e3);
	printf(" load_busy=%.2f", (double)(end->own_cpu - begin->own_cpu) / time);
	if (end->server_cpu != 0)
		printf(" cpu_ns=%.1f busy=%.2f", server_cpu / (double)crowd->answers, server_cpu / time);
	putchar('\n');
}

void
load_measure(const struct load_options *options, const struct workload *workload)
{
	static struct crowd crowd, streams;
	struct script script, stream_script;
	struct workload stream_workload;
	struct sample begin, end;
	int epoll = epoll_create1(EPOLL_CLOEXEC);

	if (epoll < 0)
		err(1, "epoll_create1");
	script_make(&script, options->protocol, workload, options->in_flight);
	gather(&crowd, epoll, &script, options->connections, options->in_flight, options->port);
	if (options->beside != NULL) {
		workload_read(&stream_workload, options->beside);
		script_make(&stream_script, options->protocol, &stream_workload, 1);
		gather(&streams, epoll, &stream_script, options->streams, 1, options->port);
		crowd_ask(&streams, 0, streams.count);
	}
	crowd_ask(&crowd, 0, crowd.count);
	run(&crowd, options->seconds / 8, options->queries);
	begin = take_sample(options);
	run(&crowd, options->seconds, options->queries);
	end = take_sample(options);
	report(&crowd, &begin, &end);
	stop(&crowd);
	if (options->beside != NULL)
		stop(&streams);
	close(epoll);
}
