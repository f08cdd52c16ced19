/* status.h - the paths that tell how the daemon is. */
#ifndef STATUS_H
#define STATUS_H

struct exchange;

void status_health(struct exchange *exchange);
void status_ready(struct exchange *exchange);
void status_metrics(struct exchange *exchange);
void status_version(struct exchange *exchange);

#endif
