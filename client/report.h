/* report.h - what is said of a batch, on standard error. */
#ifndef REPORT_H
#define REPORT_H

#include <stdbool.h>

struct batch;
struct progress_state;

/* What progress shows (progress.h): false if nothing may be drawn just now. */
bool report_progress(void *batch, struct progress_state *state);

/* Says how it has ended, and returns the exit status. */
int report_end(const struct batch *batch);

#endif
