/* ration.h - --max-rate-per-address, for the faces: who asks more often than its address may. */
#ifndef RATION_H
#define RATION_H

#include <netinet/in.h>
#include <stdbool.h>

struct connection;
struct service;

/* May the client ask something now? If so, that is one of the queries of its second; else it is
 * counted as over the rate. */
bool ration_take(struct service *service, const struct in6_addr *client);

/* The same for the client of a connection that waits until it may: to be awaited. */
bool ration_granted(struct connection *connection);

#endif
