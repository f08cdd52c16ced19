/* progress.h - how far it is, on the last line of a terminal: a task that draws ten times a second
 * and is cancelled at its await, which wipes the line whatever ends the work. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct event_base;
struct progress;
struct task_group;

/* What is to be shown. */
struct progress_state {
	const char *waits_for; /* "connecting to localhost:2323", or NULL */
	double share;          /* of the list that is done, 0 to 1; below 0: not known */
	uint64_t done, no_match, errors;
	double seconds; /* so far */
	uint64_t total; /* of which so many are done; 0: not known */
};

#define PROGRESS_SIZE 512

/* Writes the line to `out`, for a terminal of `width` columns, without what wipes the one before.
 * `turn` counts the drawings: the spinner turns. */
void progress_line(const struct progress_state *state, unsigned turn, unsigned width,
    char out[PROGRESS_SIZE]);

/* Draws what `look` says, on standard error, after half a second; nothing while it says false. NULL
 * without memory. */
struct progress *progress_new(struct event_base *base, struct task_group *group,
    bool (*look)(void *arg, struct progress_state *state), void *arg);

/* Wipes the line, for something else to be printed: it is drawn again by and by. */
void progress_hide(struct progress *progress);

/* Cancels the task. NULL is allowed. */
void progress_free(struct progress *progress);

#endif
