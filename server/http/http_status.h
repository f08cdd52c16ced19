/* http_status.h - how the daemon is: for balancers, orchestrators and Prometheus. */
#ifndef HTTP_STATUS_H
#define HTTP_STATUS_H

struct http_exchange;

void http_status_health(struct http_exchange *exchange);
void http_status_ready(struct http_exchange *exchange);
void http_status_metrics(struct http_exchange *exchange);
void http_status_version(struct http_exchange *exchange);

#endif
