/* executor.h - blocking work on a thread of its own, awaited by a coroutine on a loop (asyncio:
 * run_in_executor).
 *
 *	if (executor_start(executor, save, file))
 *		CORO_AWAIT(&self->coro, executor_done(executor));
 */
#ifndef EXECUTOR_H
#define EXECUTOR_H

#include <stdbool.h>

struct event_base;
struct executor;

/* `resume` is called with `arg` on `base`'s loop when work is done. The thread begins with the
 * first work and stays for the next. NULL without memory or descriptors. */
struct executor *executor_new(struct event_base *base, void (*resume)(void *arg), void *arg);

/* Runs work(arg) on the thread, one at a time. False with errno if there is no thread. */
bool executor_start(struct executor *executor, void (*work)(void *arg), void *arg)
    __attribute__((warn_unused_result));

/* Is the work done? To be awaited; true until the next start. */
bool executor_done(const struct executor *executor);

/* Waits for work that is being done. NULL is allowed. */
void executor_free(struct executor *executor);

#endif
