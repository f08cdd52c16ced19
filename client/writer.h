/* writer.h - standard output, written without making the loop wait: by a thread, unless it is a
 * file, where writing makes nobody wait, but is put off until there is much to write. What has been
 * put is written in the order in which it was, whole answers at a time. */
#ifndef WRITER_H
#define WRITER_H

#include <stdbool.h>
#include <stddef.h>

#include "call_soon.h"

struct event_base;
struct task_group;
struct writer;

/* `wake` is called when there is room again, or something has gone wrong. NULL without memory or
 * descriptors. */
struct writer *writer_new(struct event_base *base, int fd, struct task_group *group,
    struct call_queue *calls, struct call *wake);

/* May more be put? To be awaited. */
bool writer_has_room(const struct writer *writer);

void writer_put(struct writer *writer, const char *text, size_t length);

/* Bytes that have been put and not written. */
size_t writer_held(const struct writer *writer);

/* No more will be put: nothing is put off. */
void writer_end(struct writer *writer);

/* Has all been written, or will it never be? To be awaited. */
bool writer_is_done(const struct writer *writer);

/* The errno of what went wrong, 0 if nothing did: then nothing is written any more. */
int writer_error(const struct writer *writer);

/* Waits for what is being written. Not before writer_is_done(). */
void writer_free(struct writer *writer);

#endif
