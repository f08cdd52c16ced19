/* count.h - how many queries a list has, counted on a thread while they are asked: only a file can be
 * read twice. */
#ifndef COUNT_H
#define COUNT_H

#include <stdbool.h>
#include <stdint.h>

struct count;
struct event_base;

/* Begins to count the queries of a file that is open, whose position stays as it is, from byte `first`
 * on. NULL if they cannot be counted. */
struct count *count_new(struct event_base *base, int fd, int64_t first);

/* How many there are: 0 until they have been counted. NULL is allowed. */
uint64_t count_result(const struct count *count);

/* Stops counting. NULL is allowed. */
void count_free(struct count *count);

#endif
