/* save.h - an answer in a file each, written by a thread and put in place by renaming: whoever looks
 * into the directory sees whole answers only. */
#ifndef SAVE_H
#define SAVE_H

#include "batch_query.h"
#include "call_soon.h"

struct event_base;
struct save;
struct task_group;

/* Into `directory`, files that end with `suffix`. `saved` is called with `arg` for each that is
 * there, and with NULL after some of them. NULL with errno. */
struct save *save_new(struct event_base *base, const char *directory, const char *suffix,
    struct task_group *group, struct call_queue *calls,
    void (*saved)(void *arg, struct query *query), void *arg);

/* Saves the answer, if the query has one. */
void save_put(struct save *save, struct query *query);

/* Saves no more than the file that is being written. */
void save_cancel(struct save *save);

/* Has all been saved, or will it never be? To be awaited. */
bool save_is_done(const struct save *save);

/* What went wrong, "DIR/000017.txt: No space left on device", or NULL: then no more is saved. */
const char *save_problem(const struct save *save);

/* Waits for what is being saved, and gives what is left to `left`. NULL is allowed. */
void save_free(struct save *save, struct queries *left);

#endif
