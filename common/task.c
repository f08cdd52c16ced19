/* task.c - hides the life of a task. */
#include "task.h"

void
task_group_init(struct task_group *group, void (*emptied)(void *arg), void *arg)
{
	LIST_INIT(&group->tasks);
	group->count = 0;
	group->emptied = emptied;
	group->arg = arg;
}

void
task_group_each(struct task_group *group, void (*visit)(struct task *task))
{
	struct task *task, *next;

	for (task = LIST_FIRST(&group->tasks); task != NULL; task = next) {
		next = LIST_NEXT(task, link);
		visit(task);
	}
}

void
task_group_cancel(struct task_group *group)
{
	task_group_each(group, task_cancel);
}

static void
end(struct task *task)
{
	struct task_group *group = task->group;

	LIST_REMOVE(task, link);
	group->count--;
	task->kind->cleanup(task);
	if (group->count == 0 && group->emptied != NULL)
		group->emptied(group->arg);
}

void
task_spawn(struct task *task, const struct task_kind *kind, struct task_group *group)
{
	task->kind = kind;
	task->group = group;
	LIST_INSERT_HEAD(&group->tasks, task, link);
	group->count++;
	task_resume(task);
}

void
task_resume(struct task *task)
{
	if (task->kind->run(task) == CORO_DONE)
		end(task);
}

void
task_cancel(struct task *task)
{
	end(task);
}
