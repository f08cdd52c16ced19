/* supervisor.h - the coroutine that a batch is. */
#ifndef SUPERVISOR_H
#define SUPERVISOR_H

struct batch;

/* Begins it: the batch has ended when `has_ended`. */
void supervisor_begin(struct batch *batch);

/* Goes on with it: the function of the batch's call `wake`. */
void supervisor_go_on(void *batch);

#endif
