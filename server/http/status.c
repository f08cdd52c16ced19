/* status.c - how the daemon is: for balancers, orchestrators and Prometheus. */
#include "status.h"

#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "connection.h"
#include "exchange.h"
#include "response.h"
#include "snapshot.h"

static const struct reply plain = { .type = "text/plain; charset=utf-8" };

void
status_health(struct exchange *exchange)
{
	text_puts(&exchange->body, "ok\n");
	response_whole(exchange, 200, &plain);
}

void
status_ready(struct exchange *exchange)
{
	bool draining = exchange->connection->service->draining;

	text_puts(&exchange->body, draining ? "draining\n" : "ok\n");
	response_whole(exchange, draining ? 503 : 200, &plain);
}

void
status_metrics(struct exchange *exchange)
{
	static const struct reply reply = { .type = "text/plain; version=0.0.4; charset=utf-8" };
	const struct service_metrics *source = &exchange->connection->service->metrics;
	size_t length = 0;
	char *metrics = source->format(source->arg, &length);

	if (metrics != NULL)
		text_add(&exchange->body, metrics, length);
	else
		exchange->body.failed = true;
	free(metrics);
	response_whole(exchange, 200, &reply);
}

void
status_version(struct exchange *exchange)
{
	static const struct reply reply = { .type = "application/json", .open = true };
	struct charindex_info info = charindex_info(exchange->snapshot->ci);
	struct text *out = &exchange->body;

	text_puts(out, "{\"name\":\"charfinder\",\"version\":\"" PACKAGE_VERSION "\",\"unicode\":");
	text_json(out, info.unicode_version, strlen(info.unicode_version));
	text_format(out, ",\"characters\":%u,\"words\":%u,\"generation\":%u}\n",
	    (unsigned)info.row_count, (unsigned)info.term_count,
	    shared_index_number(exchange->snapshot->shared));
	response_whole(exchange, 200, &reply);
}
