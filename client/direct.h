/* direct.h - a thread that searches the index, as a worker of a batch. */
#ifndef DIRECT_H
#define DIRECT_H

/* Queries that a thread takes at a time. */
#define DIRECT_AT_A_TIME 128

struct batch;
struct worker;

/* Searches until it is cancelled. NULL without memory or descriptors. */
struct worker *direct_spawn(struct batch *batch);

#endif
