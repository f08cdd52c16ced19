/* executor.c - hides the thread, and how its loop hears from it. */
#include "executor.h"

#include <errno.h>
#include <event2/event.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct executor {
	void (*resume)(void *arg);
	void *resume_arg;
	void (*work)(void *arg);
	void *work_arg;
	bool busy;
	pthread_t thread;
	int done_fd;
	struct event *done_event;
};

static void *
run(void *arg)
{
	struct executor *executor = arg;

	executor->work(executor->work_arg);
	eventfd_write(executor->done_fd, 1);
	return NULL;
}

static void
on_done(evutil_socket_t fd, short what, void *arg)
{
	struct executor *executor = arg;
	eventfd_t count;

	(void)what;
	eventfd_read(fd, &count);
	pthread_join(executor->thread, NULL);
	executor->busy = false;
	executor->resume(executor->resume_arg);
}

struct executor *
executor_new(struct event_base *base, void (*resume)(void *arg), void *arg)
{
	struct executor *executor = calloc(1, sizeof(*executor));

	if (executor == NULL)
		return NULL;
	executor->resume = resume;
	executor->resume_arg = arg;
	executor->done_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (executor->done_fd >= 0)
		executor->done_event =
		    event_new(base, executor->done_fd, EV_READ | EV_PERSIST, on_done, executor);
	if (executor->done_event == NULL || event_add(executor->done_event, NULL) != 0) {
		executor_free(executor);
		return NULL;
	}
	return executor;
}

bool
executor_start(struct executor *executor, void (*work)(void *arg), void *arg)
{
	executor->work = work;
	executor->work_arg = arg;
	errno = pthread_create(&executor->thread, NULL, run, executor);
	executor->busy = errno == 0;
	return executor->busy;
}

bool
executor_done(const struct executor *executor)
{
	return !executor->busy;
}

void
executor_free(struct executor *executor)
{
	if (executor == NULL)
		return;
	if (executor->busy)
		pthread_join(executor->thread, NULL);
	if (executor->done_event != NULL)
		event_free(executor->done_event);
	if (executor->done_fd >= 0)
		close(executor->done_fd);
	free(executor);
}
