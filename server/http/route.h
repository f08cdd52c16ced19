/* route.h - which path leads where. */
#ifndef ROUTE_H
#define ROUTE_H

struct exchange;

/* Looks at the request: answers it, or finds that a search is wanted first. */
void route_request(struct exchange *exchange);

/* Answers it after the search. */
void route_answer(struct exchange *exchange);

#endif
