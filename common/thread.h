/* thread.h - starting threads, with room for all that they may be asked to do. */
#ifndef THREAD_H
#define THREAD_H

#include <pthread.h>

/* As pthread_create(), with a stack of one size on every system: some give as little as 128 KB, which
 * a few of our frames, with a line of the log and a status in them, fill. Returns 0 or an errno
 * value. */
int thread_start(pthread_t *thread, void *(*run)(void *arg), void *arg)
    __attribute__((warn_unused_result));

#endif
