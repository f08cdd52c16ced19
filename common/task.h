/* task.h - coroutines that the loop runs: spawned into a group, resumed by events,
 * cancelled where they wait, and waited for. */
#ifndef TASK_H
#define TASK_H

#include "coro.h"
#include "queue.h"

struct task;

struct task_kind {
	/* Goes on with the coroutine. */
	enum coro_status (*run)(struct task *task);
	/* Releases what the task holds, and may free it. Called exactly once: when the
	 * coroutine has run to its end, or when it is cancelled. */
	void (*cleanup)(struct task *task);
};

/* Embedded in its owner. */
struct task {
	const struct task_kind *kind;
	struct task_group *group;
	LIST_ENTRY(task) link;
};

/* Tasks of one loop. */
struct task_group {
	LIST_HEAD(, task) tasks;
	unsigned count;
	void (*emptied)(void *arg); /* called when the last task has ended; may be NULL */
	void *arg;
};

void task_group_init(struct task_group *group, void (*emptied)(void *arg), void *arg);

/* Cancels every task of the group. */
void task_group_cancel(struct task_group *group);

/* Calls `visit` for every task of the group; it may end the task it is given. */
void task_group_each(struct task_group *group, void (*visit)(struct task *task));

/* Puts the task into the group and runs it to its first await. It may be gone after. */
void task_spawn(struct task *task, const struct task_kind *kind, struct task_group *group);

/* Runs the task from its await to the next, or to its end. It may be gone after. */
void task_resume(struct task *task);

/* Ends the task at its await. Not to be called from within its own run(). */
void task_cancel(struct task *task);

#endif
