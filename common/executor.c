/* executor.c - a thread that works when it is told, and how its loop hears that it is done. */
#include "executor.h"

#include <errno.h>
#include <event2/event.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "thread.h"

struct executor {
	void (*resume)(void *arg);
	void *resume_arg;
	bool busy; /* as the loop knows it */
	bool has_thread;
	pthread_t thread;
	int done_fd;
	struct event *done_event;
	/* what the loop and the thread tell each other */
	pthread_mutex_t lock;
	pthread_cond_t told;
	void (*work)(void *arg); /* NULL: nothing to do */
	void *work_arg;
	bool done;
	bool ends;
};

/* Waits for work: false if there will be none. */
static bool
next_work(struct executor *executor, void (**work)(void *arg), void **arg)
{
	pthread_mutex_lock(&executor->lock);
	while (executor->work == NULL && !executor->ends)
		pthread_cond_wait(&executor->told, &executor->lock);
	*work = executor->work;
	*arg = executor->work_arg;
	executor->work = NULL;
	pthread_mutex_unlock(&executor->lock);
	return *work != NULL;
}

static void *
run(void *arg)
{
	struct executor *executor = arg;
	void (*work)(void *arg);
	void *work_arg;

	while (next_work(executor, &work, &work_arg)) {
		work(work_arg);
		pthread_mutex_lock(&executor->lock);
		executor->done = true;
		pthread_mutex_unlock(&executor->lock);
		eventfd_write(executor->done_fd, 1);
	}
	return NULL;
}

static void
on_done(evutil_socket_t fd, short what, void *arg)
{
	struct executor *executor = arg;
	eventfd_t count;

	(void)what;
	eventfd_read(fd, &count);
	/* from here on, what the thread has done is seen here */
	pthread_mutex_lock(&executor->lock);
	executor->busy = !executor->done;
	pthread_mutex_unlock(&executor->lock);
	if (!executor->busy)
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
	pthread_mutex_init(&executor->lock, NULL);
	pthread_cond_init(&executor->told, NULL);
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

/* The loop's thread alone is there for signals. */
static bool
has_thread(struct executor *executor)
{
	sigset_t all, before;

	if (executor->has_thread)
		return true;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	errno = thread_start(&executor->thread, run, executor);
	executor->has_thread = errno == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return executor->has_thread;
}

bool
executor_start(struct executor *executor, void (*work)(void *arg), void *arg)
{
	if (!has_thread(executor))
		return false;
	executor->busy = true;
	pthread_mutex_lock(&executor->lock);
	executor->work = work;
	executor->work_arg = arg;
	executor->done = false;
	pthread_cond_signal(&executor->told);
	pthread_mutex_unlock(&executor->lock);
	return true;
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
	if (executor->has_thread) {
		pthread_mutex_lock(&executor->lock);
		executor->ends = true;
		pthread_cond_signal(&executor->told);
		pthread_mutex_unlock(&executor->lock);
		pthread_join(executor->thread, NULL);
	}
	if (executor->done_event != NULL)
		event_free(executor->done_event);
	if (executor->done_fd >= 0)
		close(executor->done_fd);
	pthread_cond_destroy(&executor->told);
	pthread_mutex_destroy(&executor->lock);
	free(executor);
}
