/* start.c - hides how the time from exec to the first answer is taken: the child notes
 * when it calls exec, and the parent tries to connect until somebody listens. */
#include <err.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crowd.h"
#include "load.h"

/* Until then it must listen. */
#define START_NS 20000000000u

static pid_t running; /* the server, or 0 */

static void
make_quiet(void)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0 ||
	    dup2(null, STDERR_FILENO) < 0)
		_exit(127);
}

/* Starts the server; *began, which the child shares, becomes the time of its exec. */
static void
start(const struct load_options *options, uint64_t *began)
{
	cpu_set_t cores;

	running = fork();
	if (running < 0)
		err(1, "fork");
	if (running > 0)
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	CPU_ZERO(&cores);
	if (options->core >= 0) {
		CPU_SET((size_t)options->core, &cores);
		if (sched_setaffinity(0, sizeof(cores), &cores) != 0)
			_exit(127);
	}
	make_quiet();
	*began = now_ns();
	execvp(options->command[0], options->command);
	_exit(127);
}

/* Whatever ends this program ends the server too. */
static void
stop(void)
{
	if (running <= 0)
		return;
	kill(running, SIGKILL);
	waitpid(running, NULL, 0);
	running = 0;
}

/* Gets one answer. A server that has just been started knows no keys: its reply is then
 * that there is nothing. */
static void
ask_once(const struct load_options *options, int epoll, const struct script *script)
{
	static struct crowd crowd;

	crowd_init(&crowd, epoll, script, 1, 1);
	crowd.compares = true;
	crowd.expects_miss = script->miss.length > 0;
	crowd.may_ask = 1;
	crowd_open(&crowd, options->port, 1, now_ns() + START_NS);
	crowd_await_all(&crowd);
	crowd_ask(&crowd, 0, 1);
	crowd_await_all(&crowd);
	crowd_close(&crowd);
}

static uint64_t
start_once(const struct load_options *options, int epoll, const struct script *script,
    uint64_t *began)
{
	uint64_t answered;

	start(options, began);
	ask_once(options, epoll, script);
	answered = now_ns();
	stop();
	return answered - *began;
}

static int
compare(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

	return (left > right) - (left < right);
}

void
load_start(const struct load_options *options, const struct workload *workload)
{
	uint64_t *began =
	    mmap(NULL, sizeof(*began), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	uint64_t *times = calloc(options->starts, sizeof(*times));
	struct script script;
	int epoll = epoll_create1(EPOLL_CLOEXEC);

	if (began == MAP_FAILED || times == NULL || epoll < 0)
		err(1, "cannot begin");
	script_make(&script, options->protocol, workload, 1);
	atexit(stop);
	for (uint32_t i = 0; i < options->starts; i++)
		times[i] = start_once(options, epoll, &script, began);
	qsort(times, options->starts, sizeof(*times), compare);
	printf("starts=%" PRIu32 " least_us=%.0f median_us=%.0f most_us=%.0f\n", options->starts,
	    (double)times[0] / 1e3, (double)times[options->starts / 2] / 1e3,
	    (double)times[options->starts - 1] / 1e3);
}
