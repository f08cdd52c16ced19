/* printing.h - what becomes of completed queries. */
#ifndef PRINTING_H
#define PRINTING_H

struct batch;

/* Begins the task, which is the batch's `printing`. */
void printing_begin(struct batch *batch);

/* Goes on with it: the function of the batch's call `print`. Ends the batch if what has been printed
 * cannot be written. */
void printing_go_on(void *batch);

#endif
