/* ration.c - taking tokens by the clock, and counting who finds none. */
#include "ration.h"

#include "clock.h"
#include "connection.h"
#include "rate.h"

/* Are queries of this client limited? At the other end of a UNIX socket there may be many. */
static bool
is_limited(const struct service *service, const struct in6_addr *client)
{
	return service->rate != NULL && !IN6_IS_ADDR_UNSPECIFIED(client);
}

static bool
take(struct service *service, const struct in6_addr *client)
{
	return rate_take(service->rate, client, clock_now()) == 0;
}

static void
count(struct service *service)
{
	counter_add(&service->counters.values[COUNTER_RATIONED], 1);
}

bool
ration_take(struct service *service, const struct in6_addr *client)
{
	bool taken = !is_limited(service, client) || take(service, client);

	if (!taken)
		count(service);
	return taken;
}

bool
ration_granted(struct connection *connection)
{
	struct service *service = connection->service;
	bool waited = connection->rationed;

	/* whether it waits is for connection.c, which calls again when a second has passed */
	connection->rationed = is_limited(service, &connection->peer) &&
	    !take(service, &connection->peer);
	if (connection->rationed && !waited)
		count(service);
	return !connection->rationed;
}
