/* route.h - which path leads where. */
#ifndef ROUTE_H
#define ROUTE_H

#include <stdbool.h>

struct exchange;

/* Looks at the request: answers what is settled by that, and finds whether a search is wanted for
 * the rest. */
void route_request(struct exchange *exchange);

/* Is it costly to answer it now? */
bool route_is_costly(const struct exchange *exchange);

/* Answers it, if it has not been, with what the search has found. */
void route_answer(struct exchange *exchange);

#endif
