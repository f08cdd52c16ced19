/* call_soon.c - a queue of functions to be called. */
#include "call_soon.h"

#include <stddef.h>

void
call_queue_init(struct call_queue *queue)
{
	TAILQ_INIT(&queue->calls);
}

void
call_queue_run(struct call_queue *queue)
{
	struct call *call;

	while ((call = TAILQ_FIRST(&queue->calls)) != NULL) {
		call_cancel(call);
		call->function(call->arg);
	}
}

void
call_init(struct call *call, struct call_queue *queue, void (*function)(void *arg), void *arg)
{
	*call = (struct call){ .function = function, .arg = arg, .queue = queue };
}

void
call_soon(struct call *call)
{
	if (call->queued)
		return;
	call->queued = true;
	TAILQ_INSERT_TAIL(&call->queue->calls, call, link);
}

void
call_cancel(struct call *call)
{
	if (!call->queued)
		return;
	call->queued = false;
	TAILQ_REMOVE(&call->queue->calls, call, link);
}
