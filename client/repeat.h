/* repeat.h - the same list asked again and again: each answer must be what the first one was. What
 * is kept of the first ones is 8 bytes each. */
#ifndef REPEAT_H
#define REPEAT_H

#include "batch_query.h"

struct repeat;

/* NULL without memory. */
struct repeat *repeat_new(void);
void repeat_free(struct repeat *repeat);

/* The query, number `n` of its pass from 0 on, is completed: the first time it is remembered, then
 * compared. An answer that differs becomes an error of the query. False without memory. */
bool repeat_compare(struct repeat *repeat, struct query *query, uint64_t n)
    __attribute__((warn_unused_result));

#endif
