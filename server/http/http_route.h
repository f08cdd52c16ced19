/* http_route.h - which path leads where. */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

struct http_exchange;

/* Answers the request, or says that there is nothing at its path. */
void http_route(struct http_exchange *exchange);

#endif
