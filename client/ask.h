/* ask.h - a connection to the server, as a worker of a batch. */
#ifndef ASK_H
#define ASK_H

struct batch;
struct worker;

/* Opens a connection that asks until it is cancelled, or gives up. NULL without memory. */
struct worker *ask_spawn(struct batch *batch);

#endif
